"""Physical quantities of a project are kept by hand, row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from qingshan.plans.models import ProjectVersion
from qingshan.plans.targets import Quantity
from qingshan.plans.vocabulary import Operator

ADDRESS = reverse("plans:quantities", args=["qingchuan-2021", "P1"])
PIPES = {
    "quantities-0-what": "新建污水管网", "quantities-0-operator": ">=", "quantities-0-value": "30.50",
    "quantities-0-unit": "公里", "quantities-0-deadline": "2025",
}  # fmt: skip
PLANT = {"quantities-1-what": "扩建污水处理厂", "quantities-1-value": "1", "quantities-1-unit": "座"}
ABOUT = {"valid_from": "2026-11-20", "reason": "按初步设计", "seen_version": "1", "quantities-count": "2"}


@pytest.fixture
def chen(client: Any, cast: Any, ledger: Any) -> Any:
    client.force_login(cast.chen)
    return client


def held() -> ProjectVersion:
    return ProjectVersion.objects.current().get(subject__code="P1")


class TestQuantities:
    def test_they_are_entered_and_shown(self, chen: Any) -> None:
        assert chen.post(ADDRESS, ABOUT | PIPES | PLANT).status_code == 302
        assert held().quantities == (
            Quantity("新建污水管网", Operator.AT_LEAST, Decimal("30.50"), "公里", 2025, None),
            Quantity("扩建污水处理厂", None, Decimal(1), "座", None, None),
        )
        page = chen.get(reverse("plans:project", args=["qingchuan-2021", "P1"])).content.decode()
        assert "新建污水管网≥30.50公里（2025年底前）" in page
        assert ADDRESS in page

    def test_one_is_changed_and_one_taken_out(self, chen: Any) -> None:
        chen.post(ADDRESS, ABOUT | PIPES | PLANT)
        rows = chen.get(ADDRESS).context["form"].rows.forms
        assert [str(row["value"].value()) for row in rows] == ["30.50", "1"]
        changed = {**PIPES, "quantities-0-value": "32", **PLANT, "quantities-1-drop": "on"}
        assert chen.post(ADDRESS, ABOUT | {"seen_version": "2"} | changed).status_code == 302
        assert [(one.what, one.value) for one in held().quantities] == [("新建污水管网", Decimal(32))]

    def test_a_row_is_asked_for_without_scripts(self, chen: Any) -> None:
        again = chen.post(ADDRESS, ABOUT | PIPES | PLANT | {"add_row": "quantities"})
        assert (again.status_code, len(again.context["form"].rows.forms)) == (200, 3)
        assert held().number == 1

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"quantities-0-value": ""}, "填了关系就要填数量"),
            ({"quantities-0-unit": ""}, "填了数量就要填单位"),
            ({"quantities-0-value": "很多"}, "填写的是“很多”"),
            ({"quantities-0-what": ""}, "各项工程量"),
            ({"quantities-0-since": "2026"}, "晚于完成年"),
        ],
    )
    def test_a_row_that_cannot_be_is_refused_and_nothing_is_written(
        self, chen: Any, wrong: dict[str, str], words: str
    ) -> None:
        answer = chen.post(ADDRESS, ABOUT | PIPES | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert held().quantities == ()

    def test_of_two_who_change_them_the_second_sees_both(self, chen: Any) -> None:
        chen.post(ADDRESS, ABOUT | PIPES)
        late = chen.post(ADDRESS, ABOUT | PLANT)
        assert late.status_code == 409
        assert "新建污水管网≥30.50公里" in late.content.decode()
        assert "扩建污水处理厂" in late.content.decode()

    def test_whoever_answers_for_the_project_does_not_change_them(
        self, client: Any, cast: Any, ledger: Any
    ) -> None:
        for person, answer in ((cast.wu, 403), (cast.lin, 403), (cast.zhou, 404)):
            client.force_login(person)
            assert client.post(ADDRESS, ABOUT | PIPES).status_code == answer
