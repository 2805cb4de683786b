"""Reminding and pressing departments, day by day or by hand, and telling their leader (催报)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.dispatch import policies
from qingshan.dispatch.actions.moving import require_open, running_deadlines
from qingshan.dispatch.errors import MissingReason
from qingshan.dispatch.events import PartPressed
from qingshan.dispatch.models import Part, Reminder, Round
from qingshan.dispatch.rules import Rules, rules
from qingshan.dispatch.states import RoundState
from qingshan.dispatch.vocabulary import Stage
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.workflow.public import WorkingCalendar, working_calendar

__all__ = ["press_due", "press_part", "stages_on"]


@transaction.atomic
def press_part(*, part: Part, note: str, by: Any, at: datetime) -> Reminder:
    """Press a department by hand (催报), as often as somebody sees fit.

    Raises
    ------
    MissingReason, RoundNotOpen, Forbidden
    """
    policies.require(by, "press", part)
    require_open(part.round)
    if not note.strip():
        raise MissingReason
    today = beijing_day(at)
    stage = Stage.AFTER if today > part.round.due_on else Stage.BEFORE
    return _press(part, stage, part.round.due_on, today, at=at, by=by, note=note.strip())


def press_due(*, on: date, at: datetime) -> int:
    """Press every department whose day it is (每日催报); return how many notices went their way.

    Each stage of a deadline is told once, however often this runs; an extended deadline is news again.
    """
    held, calendar = rules(), working_calendar()
    told = 0
    for found in Round.objects.filter(state=RoundState.OPEN):
        deadlines = running_deadlines(found)
        for part in found.parts.filter(pk__in=deadlines).select_related("round"):
            due_on = deadlines[part.pk].due_on
            said = set(part.reminders.filter(by__isnull=True, due_on=due_on).values_list("stage", flat=True))
            for stage in stages_on(on, due_on, held, calendar):
                if stage in said:
                    continue
                with transaction.atomic():
                    _press(part, stage, due_on, on, at=at)
                told += 1
    return told


def stages_on(on: date, due_on: date, held: Rules, calendar: WorkingCalendar) -> Iterator[Stage]:
    """Yield the stages a deadline has reached on a day. Before and on the day only while it is that day."""
    if on < due_on:
        if on >= calendar.estimate_working_days(due_on, -held.before).on:
            yield Stage.BEFORE
    elif on == due_on:
        yield Stage.ON
    else:
        for stage, days in ((Stage.AFTER, held.after), (Stage.SUPERIOR, held.superior)):
            if on >= calendar.estimate_working_days(due_on, days).on:
                yield stage


def _press(
    part: Part, stage: Stage, due_on: date, on: date, *, at: datetime, by: Any = None, note: str = ""
) -> Reminder:
    made = Reminder.objects.create(part=part, stage=stage, due_on=due_on, on=on, note=note, by=by, at=at)
    if by is not None:
        audit.record("dispatch.press", part.ref, by=by, at=at, detail={"note": note})
    announce(PartPressed(made.pk, at), at=at)
    return made
