"""A bureau can begin a plan with nothing but the pages: every record is entered, and changed, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from qingshan.plans.models import (
    CommitmentVersion,
    IndicatorVersion,
    MeasureVersion,
    Plan,
    ProjectVersion,
    TargetVersion,
)
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import Operator, ValueKind

PLAN = "qingchuan-2021"
DAY = "2026-11-20"


@pytest.fixture
def chen(cast: Any, ledger: Any, client: Any) -> Any:
    client.force_login(cast.chen)
    return client


def sent(client: Any, page: str, /, *args: str, **data: Any) -> Any:
    return client.post(reverse(f"plans:{page}", args=[PLAN, *args]), {"valid_from": DAY, **data})


class TestANewPlan:
    def test_a_fictional_bureau_begins_one_of_its_own(self, chen: Any, cast: Any) -> None:
        data = {
            "code": "qingchuan-2026", "district": cast.county.pk, "name": "青川县“十五五”规划",
            "short_name": "十五五", "kind": "五年规划", "level": "county", "period_from": 2026,
            "period_to": 2030, "valid_from": DAY,
        }  # fmt: skip
        assert chen.post(reverse("plans:new"), data).status_code == 302
        plan = Plan.objects.get(code="qingchuan-2026")
        assert plan.simulated is cast.county.simulated


class TestAnIndicator:
    facts = {
        "code": "A9", "order": 9, "counts_as": 9, "name": "地表水达标率", "unit": "%", "attribute": "binding",
        "direction": "higher_better", "baseline_year": 2020, "baseline_raw": "96.5",
    }  # fmt: skip

    def test_it_is_entered_with_its_baseline_and_a_target(self, chen: Any) -> None:
        assert sent(chen, "add_indicator", **self.facts).status_code == 302
        held = IndicatorVersion.objects.get(subject__code="A9")
        assert held.baseline == Typed(ValueKind.NUMBER, Operator.EQUAL, Decimal("96.5"), implied=True)
        assert held.subject.table is not None
        target = {"year": 2025, "kind": "number", "operator": ">=", "value": "98", "unit": "%"}
        assert sent(chen, "add_target", "A9", **target).status_code == 302
        assert TargetVersion.objects.get(subject__indicator__code="A9").typed.value == 98
        assert "98" in chen.get(reverse("plans:indicator", args=[PLAN, "A9"])).content.decode()

    def test_a_code_that_is_taken_is_named_and_what_was_typed_stays(self, chen: Any) -> None:
        response = sent(chen, "add_indicator", **{**self.facts, "code": "A1"})
        assert response.status_code == 422
        assert "编号“A1”" in response.content.decode()
        assert "地表水达标率" in response.content.decode()

    def test_changing_it_takes_a_reason_and_keeps_what_was_not_touched(self, chen: Any, ledger: Any) -> None:
        page = chen.get(reverse("plans:revise_indicator", args=[PLAN, "A1"]))
        form = page.context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        without = sent(chen, "revise_indicator", "A1", **{**typed, "valid_from": DAY, "name": "优良率"})
        assert without.status_code == 422
        given = {**typed, "valid_from": DAY, "name": "优良率", "reason": "名称按新口径"}
        assert sent(chen, "revise_indicator", "A1", **given).status_code == 302
        first, second = IndicatorVersion.objects.filter(subject=ledger.air).order_by("number")
        assert (second.name, second.baseline, second.reason) == ("优良率", first.baseline, "名称按新口径")
        again = chen.get(reverse("plans:revise_indicator", args=[PLAN, "A1"])).context["form"]
        assert not again["reason"].value()  # the former reason is not offered for the next change

    def test_a_second_change_on_the_same_version_shows_both(self, chen: Any) -> None:
        form = chen.get(reverse("plans:revise_indicator", args=[PLAN, "A1"])).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields} | {"valid_from": DAY}
        sent(chen, "revise_indicator", "A1", **{**typed, "name": "甲", "reason": "一"})
        late = sent(chen, "revise_indicator", "A1", **{**typed, "name": "乙", "reason": "二"})
        assert late.status_code == 409
        assert "甲" in late.content.decode()
        assert "乙" in late.content.decode()

    def test_nobody_else_may(self, cast: Any, ledger: Any, client: Any) -> None:
        client.force_login(cast.wu)
        assert client.get(reverse("plans:add_indicator", args=[PLAN])).status_code == 403
        client.force_login(cast.zhou)
        assert client.get(reverse("plans:revise_indicator", args=[PLAN, "A1"])).status_code in (403, 404)


class TestAMeasure:
    facts = {"code": "M1-9", "order": 9, "kind": "measure", "title": "整治入河排口", "role": "tasks"}

    def test_it_is_entered_below_its_chapter(self, chen: Any, ledger: Any) -> None:
        assert sent(chen, "add_measure", **self.facts, parent="M1").status_code == 302
        held = MeasureVersion.objects.get(subject__code="M1-9")
        assert (held.subject_id, held.parent, held.depth) == (held.subject.pk, ledger.chapter, 1)

    def test_a_chapter_that_is_not_there_is_named(self, chen: Any) -> None:
        response = sent(chen, "add_measure", **self.facts, parent="M7")
        assert response.status_code == 422
        assert "填写的是“M7”" in response.content.decode()

    def test_it_is_never_put_below_itself(self, chen: Any) -> None:
        data = {
            "order": 1, "kind": "chapter", "title": "水环境", "role": "tasks", "parent": "M1-1",
            "reason": "误", "seen_version": 1,
        }  # fmt: skip
        response = sent(chen, "revise_measure", "M1", **data)
        assert response.status_code == 422
        assert "在本节点之下" in response.content.decode()


class TestACommitment:
    def test_it_is_entered_with_its_typed_requirement_and_changed(self, chen: Any, ledger: Any) -> None:
        data = {
            "code": "C9", "order": 9, "commitment_kind": "quantified", "topic": "排口", "metric": "整治排口",
            "kind": "number", "operator": ">=", "value": "12", "unit": "个", "due_on": "2025-12-31",
            "measure": "M1-1",
        }  # fmt: skip
        assert sent(chen, "add_commitment", **data).status_code == 302
        held = CommitmentVersion.objects.get(subject__code="C9")
        assert (held.kind, held.typed.kind, held.typed.value) == ("quantified", ValueKind.NUMBER, 12)
        assert held.measure == ledger.sewage
        changed = {**data, "value": "15", "reason": "按批复调整", "seen_version": 1}
        assert sent(chen, "revise_commitment", "C9", **changed).status_code == 302
        assert CommitmentVersion.objects.current().get(subject__code="C9").typed.value == 15


class TestAProject:
    def test_it_is_entered_in_ten_thousand_yuan(self, chen: Any) -> None:
        data = {
            "code": "P9", "order": 9, "name": "排口整治工程", "start_year": 2023, "end_year": 2025,
            "investment_yuan": "1,250.5",
        }  # fmt: skip
        assert sent(chen, "add_project", **data).status_code == 302
        held = ProjectVersion.objects.get(subject__code="P9")
        assert (held.investment_yuan, held.counts_as) == (12_505_000, "P9")

    def test_its_years_and_money_are_not_changed_here(self, chen: Any) -> None:
        form = chen.get(reverse("plans:revise_project", args=[PLAN, "P1"])).context["form"]
        assert not {"start_year", "end_year", "investment_yuan", "content"} & set(form.fields)
        data = {"order": 1, "name": "污水厂扩建", "reason": "更名", "seen_version": 1, "end_year": 2030}
        assert sent(chen, "revise_project", "P1", **data).status_code == 302
        held = ProjectVersion.objects.current().get(subject__code="P1")
        assert (held.name, held.end_year) == ("污水厂扩建", 2025)
