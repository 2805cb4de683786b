"""Queue what is due by the clock."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from qingshan.jobs.actions import enqueue
from qingshan.jobs.kinds import KINDS, SCHEDULES
from qingshan.jobs.models import Schedule
from qingshan.jobs.when import read_when

log = logging.getLogger(__name__)


def sync_schedules(*, at: datetime) -> None:
    """Bring the announced schedules into the database; what an administrator changed stays."""
    for declared in SCHEDULES.values():
        Schedule.objects.get_or_create(
            name=declared.name,
            defaults={
                "title": str(declared.title),
                "kind": declared.kind,
                "payload": dict(declared.payload),
                "when": declared.when,
                "next_at": read_when(declared.when).after(at),
            },
        )


def queue_due(*, at: datetime) -> int:
    """Queue one job for each due schedule; returns how many.

    However many times were missed while no worker ran, one job makes up for them. A job of the
    same schedule still under way is not overtaken by a second.
    """
    due = Schedule.objects.filter(enabled=True, next_at__lte=at, kind__in=KINDS)
    return sum(_queue(schedule, at) for schedule in due)


def _queue(schedule: Schedule, at: datetime) -> bool:
    next_at = read_when(schedule.when).after(at)
    with transaction.atomic():
        # Whoever moves the time on queues the job: two workers never both do.
        moved = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(
            next_at=next_at, last_at=at
        )
        if moved != 1:
            return False
        job = enqueue(
            schedule.kind,
            schedule.payload,
            by=None,
            at=at,
            title=schedule.title,
            unique_key=f"schedule:{schedule.name}",
        )
        Schedule.objects.filter(pk=schedule.pk).update(last_job=job)
    return True
