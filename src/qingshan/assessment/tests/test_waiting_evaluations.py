"""What evaluations want of whom; other districts' work is not read."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.assessment import public as assessment
from qingshan.assessment.tests.conftest import AT, TODAY, published


def waits(user: Any) -> list[str]:
    return [one.label for one in assessment.waiting(user, TODAY)]


def queries(user: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        waits(user)
    return len(asked)


def appeal(cast: Any, evaluation: Any, code: str) -> None:
    assessment.make_appeal(
        evaluation=evaluation, department=cast.departments["水务局"], kind="indicators", code=code,
        reason="漏计", by=cast.wu, at=AT,
    )  # fmt: skip


class TestWaiting:
    def test_each_step_waits_for_who_takes_it(self, cast: Any, evaluation: Any) -> None:
        assert [bool(waits(getattr(cast, one))) for one in ("xie", "luo", "lin", "chen", "zhou")] == [
            True, False, False, False, False,
        ]  # fmt: skip
        published(cast, evaluation)
        appeal(cast, evaluation, "I4")
        assert waits(cast.chen) == ["复核申诉：青川“十四五”规划 2025 终期评估"]
        assert waits(cast.wu) == waits(cast.zhou) == waits(cast.xie) == []

    def test_appeals_of_another_district_cost_nothing(self, cast: Any, evaluation: Any) -> None:
        before = queries(cast.zhou)
        published(cast, evaluation)
        appeal(cast, evaluation, "I4")
        assert queries(cast.zhou) == before
