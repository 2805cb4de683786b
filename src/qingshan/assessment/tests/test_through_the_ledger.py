"""The sheets computed by hand again, through the ledger: the same rows entered as a plan, and evaluated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.assessment import public as assessment
from qingshan.assessment.models import Evaluation
from qingshan.assessment.queries import newest_version
from qingshan.assessment.reckoning import digest_of, plain_scored
from qingshan.assessment.tests.conftest import AT, BY_HAND, TODAY, enter_value, frozen, set_up
from qingshan.kernel.rounding import exact, round_places
from qingshan.plans.models import Indicator, Project

SHEETS = BY_HAND["sheets"]


def sheet_of(scored: Any, expected: dict[str, Any]) -> Any:
    if name := expected.get("department"):
        return next(one.sheet for one in scored.departments if one.name == name)
    return scored.whole


def as_written(sheet: Any) -> dict[str, Any]:
    """A sheet in the shape of sheets.yaml."""
    lists = {}
    for one in sheet.lists:
        rows = {
            line.row.code: {"left_out": line.left_out}
            if line.left_out
            else {"weight": line.weight, "share": line.share, "points": str(round_places(line.points, 2))}
            for line in one.lines
        }
        lists[str(one.kind)] = {"points": str(round_places(one.points, 2)), "rows": rows}
    return {
        "lists": lists,
        "conduct": {one.rule.kind: str(round_places(one.points, 2)) for one in sheet.conduct},
        "total": str(sheet.total),
        "grade": sheet.grade,
        "because": [str(one) for one in sheet.because],
    }


def by_hand(expected: dict[str, Any]) -> dict[str, Any]:
    def number(row: dict[str, Any]) -> dict[str, Any]:
        return {name: exact(value) if name in ("weight", "share") else value for name, value in row.items()}

    lists = {
        kind: {"points": one["points"], "rows": {code: number(row) for code, row in one["rows"].items()}}
        for kind, one in expected["lists"].items()
    }
    return {**{name: expected[name] for name in ("conduct", "total", "grade", "because")}, "lists": lists}


class TestTwoSchemesOnOnePlan:
    @pytest.mark.parametrize("scheme", ["progress-2026", "strict-2026"])
    def test_the_ledger_yields_the_sheets_of_the_hand(self, cast: Any, plan: Any, scheme: str) -> None:
        evaluation = set_up(cast, plan, scheme)
        scored = assessment.score_of(evaluation)
        wanted = [one for one in SHEETS if one["scheme"] == scheme]
        assert wanted
        for expected in wanted:
            assert as_written(sheet_of(scored, expected)) == by_hand(expected)

    def test_every_department_that_answers_for_something_is_scored_and_ranked(
        self, cast: Any, evaluation: Any
    ) -> None:
        scored = assessment.score_of(evaluation)
        assert {one.name for one in scored.departments} == {*cast.departments}
        totals = [one.sheet.total for one in scored.departments]
        assert totals == sorted(totals, reverse=True)

    def test_each_row_names_its_record_of_the_ledger(self, evaluation: Any) -> None:
        rows = assessment.score_of(evaluation).rows
        air = Indicator.objects.get(code="I1")
        first = rows["indicators"][0]
        assert (first.ref, first.url) == (str(air.ref), "/plans/qingchuan-2021/indicators/I1/")
        assert (first.baseline, first.target, first.actual, first.unit) == ("30", "≤25%", "24", "%")
        assert first.source == "审核数据：省站审核数据"
        assert [row.row.key for row in rows["projects"]] == [True, True, True, False]


class TestAsOfADay:
    def test_what_became_known_later_is_not_read(self, cast: Any, plan: Any) -> None:
        late = set_up(cast, plan, on=date(2026, 11, 19))
        row = assessment.score_of(late).row("indicators", "I1")
        assert (row.actual, row.row.verdict) == ("", "no_data")

    def test_a_frozen_sheet_stays_when_the_ledger_changes(self, cast: Any, evaluation: Any) -> None:
        frozen(cast, evaluation)
        before = newest_version(evaluation)
        water = Indicator.objects.get(code="I3")
        enter_value(cast, water, "12", corrects=water.values.get())
        Project.objects.get(code="P4").versions.update(percent=1)
        after = newest_version(Evaluation.objects.get(pk=evaluation.pk))
        assert (after.number, after.total, after.sha256) == (1, "71.15", before.sha256)
        assert digest_of(plain_scored(assessment.score_of(evaluation))) == before.sha256

    def test_a_preview_follows_the_ledger(self, cast: Any, evaluation: Any) -> None:
        assessment.preview_evaluation(evaluation=evaluation, by=cast.xie, at=AT)
        water = Indicator.objects.get(code="I3")
        enter_value(cast, water, "12", corrects=water.values.get())
        assert str(assessment.score_of(evaluation).whole.total) == "57.03"  # 71.1470... less 14.1176...
        assert not evaluation.versions.exists()

    def test_a_row_whose_year_has_no_value_earns_nothing(self, cast: Any, plan: Any) -> None:
        mid = set_up(cast, plan, purpose=assessment.Purpose.MID_TERM, year=2023, on=TODAY)
        row = assessment.score_of(mid).row("indicators", "I1")
        assert (row.row.verdict, row.method) == ("no_data", "尚无已审核的数值或结论。")
        assert row.target == "当年应达 27.0（2025年目标 ≤25%）"  # 30 to 25 in five years, three of them gone

    def test_before_its_target_year_an_indicator_is_held_against_the_path(self, cast: Any, plan: Any) -> None:
        air = Indicator.objects.get(code="I1")
        enter_value(cast, air, "28", year=2023)
        mid = set_up(cast, plan, purpose=assessment.Purpose.MID_TERM, year=2023, on=TODAY)
        scored = assessment.score_of(mid)
        row = scored.row("indicators", "I1")
        line = scored.whole.lists[0].lines[0]
        assert (row.phase.label, row.row.verdict, str(row.row.target)) == ("进度滞后", "missed", "27.0")
        assert line.why == "自基准值起的进度 (28 − 30) ÷ (27.0 − 30) = 66.7%"
