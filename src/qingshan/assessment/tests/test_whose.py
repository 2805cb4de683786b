"""Whose a row or a fact is: by number, after mergers, splits and renamings, as of the evaluation's day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.areas import public as areas
from qingshan.assessment import facts
from qingshan.assessment import public as assessment
from qingshan.assessment.scoring.kept import conduct_from, plain_conduct
from qingshan.assessment.tests.conftest import AT, BEGIN, published, set_up
from qingshan.dispatch import public as dispatch
from qingshan.kernel.refs import Ref

CHANGED = date(2026, 3, 1)


@pytest.fixture
def silent(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The forest bureau was silent in a round of the year, as the rounds tell it at the end of that year."""
    shown = (dispatch.Evidence(Ref("dispatch", "round", "1"), "2025年10月：未报"),)

    def told(**_asked: Any) -> list[dispatch.Conduct]:
        forest = cast.departments["林业局"]
        return [dispatch.Conduct(dispatch.ConductKind.SILENT, forest.pk, "林业局", shown)]

    monkeypatch.setattr(facts, "conduct_of", told)


def counted(evaluation: Any, kind: str = "silent") -> dict[str, int]:
    """How many departments' and the plan's sheets hold a kind of fact, by name; the plan's under ''."""
    scored = assessment.score_of(evaluation)
    sheets = {"": scored.whole} | {one.name: one.sheet for one in scored.departments}
    found = {
        name: sum(case.count for one in sheet.conduct if one.rule.kind == kind for case in one.cases)
        for name, sheet in sheets.items()
    }
    return {name: count for name, count in found.items() if count}


@pytest.mark.usefixtures("silent")
class TestAfterTheYear:
    def test_a_fact_follows_its_department_into_the_one_it_was_merged_into(
        self, cast: Any, plan: Any
    ) -> None:
        forest, farming = cast.departments["林业局"], cast.departments["农业农村局"]
        areas.merge_departments(departments=[forest], into=farming, on=CHANGED, by=None, at=AT)
        assert counted(set_up(cast, plan)) == {"": 1, "农业农村局": 1}

    def test_a_fact_follows_its_department_under_another_name(self, cast: Any, plan: Any) -> None:
        areas.rename_department(
            department=cast.departments["林业局"],
            name="林业和草原局",
            on=CHANGED,
            by=None,
            at=AT,
            reason="改革",
        )
        assert counted(set_up(cast, plan)) == {"": 1, "林业和草原局": 1}

    def test_of_a_split_department_each_heir_answers_and_the_plan_counts_once(
        self, cast: Any, plan: Any
    ) -> None:
        heirs = [cast.departments[name] for name in ("农业农村局", "水务局")]
        areas.split_department(department=cast.departments["林业局"], into=heirs, on=CHANGED, by=None, at=AT)
        evaluation = set_up(cast, plan)
        assert counted(evaluation) == {"": 1, "农业农村局": 1, "水务局": 1}
        (case,) = next(
            one.cases for one in assessment.score_of(evaluation).whole.conduct if one.rule.kind == "silent"
        )
        assert case.department == "农业农村局、水务局"
        assert conduct_from(plain_conduct(case)) == case

    def test_a_fact_that_is_nobodys_any_more_stays_under_its_own_name_and_counts_for_the_plan(
        self, cast: Any, plan: Any
    ) -> None:
        areas.dissolve_department(department=cast.departments["林业局"], on=CHANGED, by=None, at=AT)
        evaluation = set_up(cast, plan)
        assert counted(evaluation) == {"": 1}
        cases = [case for one in assessment.score_of(evaluation).whole.conduct for case in one.cases]
        assert ("silent", "林业局") in [(case.kind, case.department) for case in cases]

    def test_on_a_day_before_the_merger_it_is_still_its_own(self, cast: Any, plan: Any) -> None:
        forest, farming = cast.departments["林业局"], cast.departments["农业农村局"]
        areas.merge_departments(departments=[forest], into=farming, on=CHANGED, by=None, at=AT)
        assert counted(set_up(cast, plan, on=date(2026, 2, 10))) == {"": 1, "林业局": 1}


class TestAsOfTheDay:
    def test_rounds_are_asked_for_the_evaluated_year_as_known_on_the_evaluations_day(
        self, cast: Any, plan: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[dict[str, Any]] = []

        def told(**given: Any) -> list[dispatch.Conduct]:
            asked.append(given)
            return []

        monkeypatch.setattr(facts, "conduct_of", told)
        day = date(2026, 2, 10)
        assessment.score_of(set_up(cast, plan, on=day))
        assert asked == [{"plan": plan, "year": 2025, "on": day}]


class TestOneNameInTwoCounties:
    def test_the_bureau_of_the_other_county_answers_for_its_own_facts_alone(
        self, cast: Any, plan: Any
    ) -> None:
        other = areas.create_department(
            name="水务局", district=cast.zhou.department.district, valid_from=BEGIN, by=None, at=AT
        )
        evaluation = set_up(cast, plan)
        assessment.add_fact(
            evaluation=evaluation,
            kind="silent",
            count=1,
            evidence="通报",
            department=other,
            by=cast.chen,
            at=AT,
        )
        scored = assessment.score_of(evaluation)
        silent = {
            one.department_id: sum(each.rule.kind == "silent" for each in one.sheet.conduct)
            for one in scored.departments
            if one.name == "水务局"
        }
        assert silent == {other.pk: 1, cast.departments["水务局"].pk: 0}

    def test_an_upheld_appeal_recounts_the_cases_of_who_appealed_alone(self, cast: Any, plan: Any) -> None:
        other = areas.create_department(
            name="水务局", district=cast.zhou.department.district, valid_from=BEGIN, by=None, at=AT
        )
        evaluation = set_up(cast, plan)
        assessment.add_fact(
            evaluation=evaluation, kind="late_report", count=1, evidence="通报", department=other,
            by=cast.chen, at=AT,
        )  # fmt: skip
        published(cast, evaluation)
        made = assessment.make_appeal(
            evaluation=evaluation, department=cast.departments["水务局"], kind="", code="late_report",
            reason="系统故障", by=cast.wu, at=AT,
        )  # fmt: skip
        assessment.answer_appeal(
            appeal=made, upheld=True, answer="属实", correction={"count": "0"}, by=cast.gao, at=AT
        )
        scored = assessment.score_of(evaluation)
        late = {
            one.department_id
            for one in scored.departments
            if any(each.rule.kind == "late_report" for each in one.sheet.conduct)
        }
        assert other.pk in late
        assert cast.departments["水务局"].pk not in late
