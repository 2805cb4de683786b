"""Whose records somebody sees: a question of today, whatever day the page is of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from qingshan.plans import actions, policies, queries

TODAY = date(2026, 11, 20)


def _plan(person: Any, on: date) -> Any:
    return queries.plan_for(user=person, code="qingchuan-2021", on=on)


class TestADutyHandedOver:
    """Rights are those of today: the as-of date says how something stood, not who may look."""

    @pytest.fixture
    def handed_over(self, cast: Any, ledger: Any, at: Any) -> Any:
        measure = ledger.sewage
        for duty in measure.responsibilities.filter(department=cast.water):
            actions.end_responsibility(duty=duty, on=date(2026, 3, 1), by=None, at=at, reason="三定方案")
        return measure

    def test_who_gave_it_away_does_not_keep_it_by_looking_back(self, cast: Any, handed_over: Any) -> None:
        for day in (TODAY, date(2026, 2, 28)):
            plan = _plan(cast.lin, day)
            rows = queries.measures_for(user=cast.wu, plan=plan, on=day)
            assert not rows.filter(subject=handed_over).exists()

    def test_its_district_still_sees_how_it_stood(self, cast: Any, handed_over: Any) -> None:
        day = date(2026, 2, 28)
        rows = queries.measures_for(user=cast.lin, plan=_plan(cast.lin, day), on=day)
        (row,) = queries.with_shares(rows.filter(subject=handed_over), day)
        assert [share.name for share in row.shares] == ["青川县水利局"]

    def test_a_duty_that_ends_next_month_is_still_theirs(self, cast: Any, ledger: Any, at: Any) -> None:
        (duty,) = ledger.sewage.responsibilities.all()
        later = timezone.localdate() + timedelta(days=30)
        actions.end_responsibility(duty=duty, on=later, by=None, at=at, reason="三定方案")
        assert policies.may(cast.wu, "report_measure", ledger.sewage)
