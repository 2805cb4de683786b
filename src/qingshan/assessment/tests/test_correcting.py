"""A row put right after an appeal: what it is called, how that came about, and in which language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from qingshan.assessment import public as assessment
from qingshan.assessment.reckoning import corrected
from qingshan.assessment.tests.conftest import set_up

BY_APPEAL = "按采纳的申诉更正"


@pytest.fixture
def put_right(cast: Any) -> Any:
    """Return the row of an indicator after a correction; nothing is stored."""

    def correct(evaluation: Any, code: str, **correction: str) -> Any:
        scored = assessment.score_of(evaluation)
        department = cast.departments["水务局"].pk
        return corrected(evaluation, scored, "indicators", code, correction, department).row(
            "indicators", code
        )

    return correct


class TestLanguage:
    def test_the_sheet_stays_chinese_whoever_answers(self, evaluation: Any, put_right: Any) -> None:
        with translation.override("en"):
            assert put_right(evaluation, "I4", actual="60").method == BY_APPEAL


class TestHow:
    @pytest.mark.parametrize(
        ("code", "correction", "called"),
        [
            ("I4", {"actual": "60"}, "已达标"),
            ("I4", {"actual": "56"}, "未达标"),  # called as before, by another number
            ("I4", {"verdict": "missed"}, "未达标"),
            ("I4", {"excluded": "上级未下达年度任务"}, "不予评估"),
            ("I6", {"actual": "62.40"}, "已达标"),  # no number to hold it against: the verdict stays
        ],
    )
    def test_what_the_ledger_had_said_of_it_no_longer_stands_beside_it(
        self, evaluation: Any, put_right: Any, code: str, correction: dict[str, str], called: str
    ) -> None:
        row = put_right(evaluation, code, **correction)
        assert (str(row.phase.label), row.method) == (called, BY_APPEAL)


class TestOnItsWay:
    @pytest.mark.parametrize(("actual", "called"), [("60", "进度正常"), ("41", "进度滞后")])
    def test_midway_nothing_is_reached_for_good(
        self, cast: Any, plan: Any, put_right: Any, actual: str, called: str
    ) -> None:
        midway = set_up(cast, plan, purpose=assessment.Purpose.MID_TERM, year=2023)
        before = assessment.score_of(midway).row("indicators", "I4")
        assert str(before.phase.label) == "尚无数值"
        # the target is of 2025; the path from 40 in 2020 to 60 asks for 52 in 2023
        assert str(put_right(midway, "I4", actual=actual).phase.label) == called

    def test_a_target_year_that_is_not_over_is_not_judged_for_good(
        self, cast: Any, plan: Any, put_right: Any
    ) -> None:
        early = set_up(cast, plan, on=date(2025, 6, 30))  # no value is known yet
        assert str(put_right(early, "I4", actual="60").phase.label) == "进度正常"
