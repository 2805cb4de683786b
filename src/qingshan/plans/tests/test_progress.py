"""What counts in a plan on a day, for readers who hold no rights."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qingshan.plans import actions
from qingshan.plans.queries.errors import NoSuchPlan
from qingshan.plans.queries.progress import progress_of
from qingshan.plans.states import Status, WorkState

TODAY = date(2026, 11, 20)
#: The day the report and the value below speak of.
JUNE = date(2025, 6, 30)


def entered(cast: Any, ledger: Any, at: Any) -> Any:
    facts = {"year": 2025, "kind": "audited", "number": Decimal("93"), "source": "省站", "as_of": JUNE}
    return actions.enter_value(indicator=ledger.air, facts={**facts, "known_on": JUNE}, by=cast.chen, at=at)


class TestWhatCounts:
    def test_it_holds_every_part_with_its_departments(self, cast: Any, ledger: Any) -> None:
        found = progress_of(plan=ledger.plan, on=TODAY)
        assert [row.code for row in found.indicators] == ["A1", "A2"]
        assert [(row.code, row.group) for row in found.measures] == [("M1-1", "水环境"), ("M1-2", "水环境")]
        assert [(row.code, row.years) for row in found.projects] == [("P1", "2022—2025")]
        assert [(row.code, row.asked) for row in found.commitments] == [("C1", "≥30公里")]
        assert [share.name for share in found.commitments[0].shares] == ["青川县水利局"]

    def test_a_value_counts_from_its_approval_and_not_before(self, cast: Any, ledger: Any, at: Any) -> None:
        value = entered(cast, ledger, at)
        actions.submit_value(value=value, by=cast.chen, at=at)
        assert progress_of(plan=ledger.plan, on=TODAY).indicators[0].status is Status.NO_VALUE
        actions.approve_value(value=value, by=cast.lin, at=at)
        assert progress_of(plan=ledger.plan, on=TODAY).indicators[0].latest.value == Decimal("93")
        earlier = progress_of(plan=ledger.plan, on=date(2025, 6, 29)).indicators[0]
        assert earlier.latest.missing == "尚无已审核的数值"

    def test_a_report_counts_from_its_approval_and_not_before(self, cast: Any, ledger: Any, at: Any) -> None:
        made = actions.enter_report(
            subject=ledger.plant, on=JUNE, work_state=WorkState.UNDER_WAY, percent=40, text="已动工",
            by=cast.wu, at=at,
        )  # fmt: skip
        actions.submit_report(report=made, by=cast.wu, at=at)
        assert progress_of(plan=ledger.plan, on=TODAY).projects[0].state is WorkState.UNREPORTED
        actions.approve_report(report=made, by=cast.chen, at=at)
        row = progress_of(plan=ledger.plan, on=TODAY).projects[0]
        assert (row.state, row.progress.value, row.progress.as_of) == (WorkState.UNDER_WAY, 40, JUNE)

    def test_a_plan_is_approved_from_its_own_approval_on(self, cast: Any, ledger: Any) -> None:
        assert not progress_of(plan=ledger.plan, on=TODAY).approved

    def test_before_its_first_day_there_is_no_plan(self, cast: Any, ledger: Any) -> None:
        with pytest.raises(NoSuchPlan):
            progress_of(plan=ledger.plan, on=date(2020, 12, 31))
