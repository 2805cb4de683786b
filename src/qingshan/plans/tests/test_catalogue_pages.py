"""The catalogue is kept on its pages: a definition is entered, revised with a reason, and keeps versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from qingshan.audit.public import trail
from qingshan.plans.models import CatalogueIndicatorVersion

NEW = reverse("plans:add_catalogue")
FACTS = {
    "code": "green-cover", "name": "森林覆盖率", "aliases": "森林覆被率\n\n", "direction": "higher_better",
    "unit": "%", "definition": "森林面积占土地面积的比例", "formula_words": "森林面积除以土地总面积",
    "formula_symbols": "C = F / L × 100%", "data_departments": " 林业局 \n自然资源局",
    "standards": "GB/T 26424-2010", "rules": "", "notes": "", "valid_from": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def chen(client: Any, cast: Any) -> Any:
    client.force_login(cast.chen)
    return client


@pytest.fixture
def entered(chen: Any) -> CatalogueIndicatorVersion:
    assert chen.post(NEW, FACTS).status_code == 302
    return CatalogueIndicatorVersion.objects.get(subject__code="green-cover")


@pytest.fixture
def address(entered: CatalogueIndicatorVersion) -> str:
    return reverse("plans:revise_catalogue", args=["green-cover"])


def as_shown(client: Any, address: str) -> dict[str, Any]:
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


class TestEntering:
    def test_every_part_of_a_definition_is_kept(self, chen: Any, entered: Any) -> None:
        assert (entered.aliases, entered.data_departments) == ("森林覆被率", "林业局\n自然资源局")
        assert (entered.formula_symbols, entered.standards) == ("C = F / L × 100%", "GB/T 26424-2010")
        page = chen.get(reverse("plans:catalogue_entry", args=["green-cover"])).content.decode()
        assert "森林面积除以土地总面积" in page
        assert [entry.action for entry in trail(entered.subject.ref)] == ["plans.add_catalogue_indicator"]

    def test_a_plan_can_use_it_at_once(self, chen: Any, ledger: Any, entered: Any) -> None:
        page = chen.get(reverse("plans:add_indicator", args=["qingchuan-2021"])).content.decode()
        assert "森林覆盖率" in page

    @pytest.mark.parametrize(
        ("changed", "words"),
        [({"code": "a/b"}, "不能作编号"), ({"definition": ""}, "必填"), ({"direction": "up"}, "up")],
    )
    def test_what_cannot_be_is_said_at_its_field(self, chen: Any, changed: Any, words: str) -> None:
        answer = chen.post(NEW, FACTS | changed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "森林面积除以土地总面积" in answer.content.decode()  # nothing typed is lost

    def test_a_code_is_used_once(self, chen: Any, entered: Any) -> None:
        answer = chen.post(NEW, FACTS)
        assert (answer.status_code, "编号“green-cover”" in answer.content.decode()) == (422, True)


class TestRevising:
    def test_it_takes_a_reason_and_earlier_days_keep_the_earlier_definition(
        self, chen: Any, address: str
    ) -> None:
        sent = as_shown(chen, address) | {"formula_words": "含灌木林", "valid_from": "2026-11-10"}
        assert chen.post(address, sent | {"reason": ""}).status_code == 422
        assert chen.post(address, sent | {"reason": "按新标准"}).status_code == 302
        on = CatalogueIndicatorVersion.objects.on
        assert on(date(2026, 11, 9)).get().formula_words == "森林面积除以土地总面积"
        assert on(date(2026, 11, 10)).get().formula_words == "含灌木林"
        entry = reverse("plans:catalogue_entry", args=["green-cover"])
        assert "按新标准" in chen.get(entry).content.decode()

    def test_of_two_who_revise_it_the_second_sees_both(self, chen: Any, address: str) -> None:
        sent = as_shown(chen, address) | {"reason": "一"}
        chen.post(address, sent | {"unit": "百分比"})
        late = chen.post(address, sent | {"unit": "％", "reason": "二"})
        assert late.status_code == 409
        assert "百分比" in late.content.decode()


class TestWhoMay:
    def test_planners_and_nobody_else(self, client: Any, cast: Any, address: str) -> None:
        for person in (cast.lin, cast.wu):
            client.force_login(person)
            assert client.get(NEW).status_code == client.post(address, FACTS).status_code == 403
            assert NEW not in client.get(reverse("plans:catalogue")).content.decode()
