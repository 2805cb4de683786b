"""A row put right after an appeal: what it is called, how that came about, and in which language."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from qingshan.assessment import public as assessment
from qingshan.assessment.reckoning import corrected

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
