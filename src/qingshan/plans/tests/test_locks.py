"""Days that the upper level has locked: what is dated up to them is refused, what is dated later is not."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qingshan.plans import actions, locks, public
from qingshan.plans.errors import LockedDay
from qingshan.plans.models import NotEvaluable, ProgressReport, TargetVersion, Value
from qingshan.plans.states import ReviewState, WorkState
from qingshan.plans.vocabulary import ResponsibilityRole

LOCKED = date(2025, 12, 31)
AFTER = LOCKED + timedelta(days=1)


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Locks the plan up to the end of 2025, when called."""
    monkeypatch.setattr(locks, "_LOCKS", {})
    return lambda: locks.register_lock("upper level", lambda plan: LOCKED)


def value_of(cast: Any, ledger: Any, at: Any, **facts: Any) -> Value:
    given = {"kind": "audited", "source": "省站审核数据", "number": Decimal("93.1"), **facts}
    return actions.enter_value(indicator=ledger.air, facts=given, by=cast.chen, at=at)


def report_of(cast: Any, ledger: Any, at: Any, on: date) -> ProgressReport:
    return actions.enter_report(
        subject=ledger.forest, on=on, work_state=WorkState.UNDER_WAY, text="已整地", percent=40,
        by=cast.chen, at=at,
    )  # fmt: skip


class TestWhatIsRefused:
    def test_a_value_of_a_locked_day(self, cast: Any, ledger: Any, at: Any, lock: Any) -> None:
        lock()
        with pytest.raises(LockedDay, match=r"截至 2025-12-31 的数据已由上级锁定.*2025-12-31"):
            value_of(cast, ledger, at, year=2025)
        with pytest.raises(LockedDay):  # said to have been known before the lock
            value_of(cast, ledger, at, year=2026, as_of=AFTER, known_on=LOCKED)
        assert not Value.objects.exists()

    def test_a_value_that_waits_is_not_approved_any_more(
        self, cast: Any, ledger: Any, at: Any, lock: Any
    ) -> None:
        value = actions.submit_value(value=value_of(cast, ledger, at, year=2025), by=cast.chen, at=at)
        lock()
        with pytest.raises(LockedDay):
            actions.approve_value(value=value, by=cast.lin, at=at)
        assert Value.objects.get(pk=value.pk).state == ReviewState.SUBMITTED
        actions.send_back_value(value=value, by=cast.lin, at=at, note="已锁定")

    def test_a_draft_is_not_moved_onto_a_locked_day(self, cast: Any, ledger: Any, at: Any, lock: Any) -> None:
        lock()
        value = value_of(cast, ledger, at, year=2026, as_of=AFTER)
        with pytest.raises(LockedDay):
            actions.change_value(value=value, facts={"known_on": LOCKED}, by=cast.chen, at=at)

    def test_a_report_of_a_locked_day(self, cast: Any, ledger: Any, at: Any, lock: Any, book: Any) -> None:
        second = book.user("丁", cast.bureau, cast.county)
        book.grant(second, "planner", cast.county)
        waiting = actions.submit_report(report=report_of(cast, ledger, at, LOCKED), by=cast.chen, at=at)
        lock()
        with pytest.raises(LockedDay):
            report_of(cast, ledger, at, LOCKED)
        with pytest.raises(LockedDay):
            actions.approve_report(report=waiting, by=second, at=at)
        assert ProgressReport.objects.get(pk=waiting.pk).state == ReviewState.SUBMITTED

    def test_a_statement_about_a_locked_year(self, cast: Any, ledger: Any, at: Any, lock: Any) -> None:
        lock()
        with pytest.raises(LockedDay):
            actions.declare_not_evaluable(
                indicator=ledger.water, year=2025, reason="断流", evidence="水文公报", by=cast.wu, at=at
            )
        assert not NotEvaluable.objects.exists()

    def test_a_change_of_a_target_back_to_a_locked_day(
        self, cast: Any, ledger: Any, at: Any, lock: Any
    ) -> None:
        lock()
        given = {"target": ledger.air_target, "seen": 1, "by": cast.lin, "at": at, "reason": "依据批复"}
        with pytest.raises(LockedDay):
            actions.revise_target(changes={"raw": "≥93"}, valid_from=LOCKED, **given)
        actions.revise_target(changes={"raw": "≥93"}, valid_from=AFTER, **given)
        assert TargetVersion.objects.filter(subject=ledger.air_target).count() == 2

    def test_money_and_new_records_of_a_locked_day(
        self, cast: Any, ledger: Any, at: Any, lock: Any, book: Any
    ) -> None:
        lock()
        with pytest.raises(LockedDay):
            actions.set_money(
                project=ledger.plant, year=2025, funds="省级财政", amounts={"paid_yuan": 1},
                valid_from=LOCKED, by=cast.wu, at=at,
            )  # fmt: skip
        with pytest.raises(LockedDay):  # begins in 2021
            book.add_measure(cast, ledger.plan, "M9", 9, "补录的措施")

    def test_a_duty_neither_begins_nor_ends_on_a_locked_day(
        self, cast: Any, ledger: Any, at: Any, lock: Any
    ) -> None:
        lock()
        duty = ledger.sewage.responsibilities.get()
        ending = {"duty": duty, "by": cast.chen, "at": at, "reason": "职能划转"}
        with pytest.raises(LockedDay):
            actions.end_responsibility(on=LOCKED, **ending)
        # ends on the day after: on the locked day it still holds, as was reported
        assert actions.end_responsibility(on=AFTER, **ending).valid_to == AFTER
        given = {"subject": ledger.sewage, "department": cast.bureau, "role": ResponsibilityRole.LEAD}
        with pytest.raises(LockedDay):
            actions.make_responsible(valid_from=LOCKED, by=cast.chen, at=at, **given)
        actions.make_responsible(valid_from=AFTER, by=cast.chen, at=at, **given)

    def test_every_dated_write_that_other_rooms_may_make(
        self, cast: Any, ledger: Any, at: Any, lock: Any, book: Any
    ) -> None:
        writes = dated_writes(cast, ledger, at, book)
        assert set(writes) == {name for name in public.__all__ if is_dated(name)} - set(UNTOUCHED)
        lock()
        open_still = [name for name, write in writes.items() if not refused(write)]
        assert open_still == []


#: Dated writes that leave what was reported as of a locked day as it is, and why.
UNTOUCHED = {
    "add_catalogue_indicator": "of no plan",
    "revise_catalogue_indicator": "of no plan",
    "create_plan": "of a plan that nobody has reported yet",
    "add_making_entry": "the making file is not reported",
    "move_milestone": "its version holds from today, whenever the step was reached",
    "propose_adjustment": "a proposal does not count; its approval is asked",
    "change_adjustment": "a proposal does not count; its approval is asked",
    "propose_rebaselining": "a proposal does not count; its approval is asked",
}


def is_dated(name: str) -> bool:
    """Whether a name is an action that is told a day."""
    action = getattr(actions, name, None)
    return inspect.isfunction(action) and not {"valid_from", "on", "letter_on"}.isdisjoint(
        inspect.signature(action).parameters
    )


def refused(write: Callable[[], Any]) -> bool:
    try:
        write()
    except LockedDay:
        return True
    return False


def dated_writes(cast: Any, ledger: Any, at: Any, book: Any) -> dict[str, Callable[[], Any]]:
    """Each dated action by its name, ready to be tried on the locked day."""
    made: dict[str, Any] = {"valid_from": LOCKED, "by": cast.chen, "at": at}
    new: dict[str, Any] = {"plan": ledger.plan, "code": "N9", "facts": {}, **made}
    again: dict[str, Any] = {"seen": 1, "reason": "依据批复", **made}
    ending = {"by": cast.chen, "at": at, "reason": "职能划转"}
    letter = {"authority": "云岭市", "letter_number": "1", "letter": "documents.document/7"}
    return {
        "add_commitment": lambda: actions.add_commitment(**new),
        "add_indicator": lambda: actions.add_indicator(**new),
        "add_listed_indicator": lambda: actions.add_listed_indicator(**new),
        "add_measure": lambda: actions.add_measure(**new),
        "add_project": lambda: actions.add_project(**new),
        "add_provision": lambda: actions.add_provision(**new),
        "add_target": lambda: actions.add_target(
            indicator=ledger.air, year=2024, facts={"typed": book.number("90")}, **made
        ),
        "assign_target": lambda: actions.assign_target(
            target=ledger.water_target, typed=book.number("95"), letter_on=LOCKED, seen=1, by=cast.chen,
            at=at, **letter,
        ),
        "end_responsibility": lambda: actions.end_responsibility(
            duty=ledger.sewage.responsibilities.get(), on=LOCKED, **ending
        ),
        "enter_report": lambda: report_of(cast, ledger, at, LOCKED),
        "make_responsible": lambda: actions.make_responsible(
            subject=ledger.sewage, department=cast.bureau, role=ResponsibilityRole.LEAD, **made
        ),
        "move_plan": lambda: actions.move_plan(plan=ledger.plan, move="consult", **again),
        "revise_indicator": lambda: actions.revise_indicator(
            indicator=ledger.air, changes={"name": "优良天数"}, **again
        ),
        "set_money": lambda: actions.set_money(
            project=ledger.plant, year=2025, funds="省级财政", amounts={"paid_yuan": 1}, **made
        ),
    }  # fmt: skip


class TestWhatIsOpen:
    def test_later_days_and_other_plans(self, cast: Any, ledger: Any, at: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(locks, "_LOCKS", {})
        locks.register_lock("upper level", lambda plan: LOCKED if plan.pk != ledger.plan.pk else None)
        value_of(cast, ledger, at, year=2025)
        locks.register_lock("upper level", lambda plan: LOCKED)
        value_of(cast, ledger, at, year=2026, as_of=AFTER)
        report_of(cast, ledger, at, AFTER)
        assert Value.objects.count() == 2

    def test_of_several_locks_the_latest_day_counts(self, ledger: Any, lock: Any) -> None:
        assert locks.locked_until(ledger.plan) is None
        lock()
        locks.register_lock("another", lambda plan: date(2024, 12, 31))
        assert locks.locked_until(ledger.plan) == LOCKED
