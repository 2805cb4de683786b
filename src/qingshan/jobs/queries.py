"""Reading jobs, schedules, deliveries and workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from qingshan.jobs.models import Delivery, Job, OutboxEvent, Schedule, WorkerSeen
from qingshan.jobs.states import LIVE, DeliveryState, JobState
from qingshan.jobs.worker import LEASE
from qingshan.kernel.refs import Ref


def jobs_of(user: Any) -> QuerySet[Job]:
    """Return the jobs a person started, newest first."""
    return Job.objects.filter(by=user).order_by("-queued_at", "-pk")


def all_jobs() -> QuerySet[Job]:
    """Return every job, newest first."""
    return Job.objects.select_related("by").order_by("-queued_at", "-pk")


def live_jobs_about(ref: Ref) -> QuerySet[Job]:
    """Return the jobs still to end that concern a record, oldest first."""
    return Job.objects.filter(about=str(ref), state__in=LIVE).order_by("queued_at")


def schedules() -> QuerySet[Schedule]:
    """Return all schedules, next due first."""
    return Schedule.objects.select_related("last_job").order_by("-enabled", "next_at")


def abandoned_deliveries() -> QuerySet[Delivery]:
    """Return the deliveries that were given up, newest first."""
    given_up = Delivery.objects.filter(state=DeliveryState.GIVEN_UP)
    return given_up.select_related("event").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Health:
    """What an administrator needs to see at a glance."""

    workers: tuple[WorkerSeen, ...]
    queued: int
    running: int
    failed: int
    waiting_events: int
    abandoned: int

    @property
    def alive(self) -> bool:
        """Whether any worker gave a sign of life within the lease."""
        return bool(self.workers)


def health(*, at: datetime) -> Health:
    """Return how background work stands."""
    jobs = Job.objects
    return Health(
        workers=tuple(WorkerSeen.objects.filter(seen_at__gte=at - LEASE).order_by("name")),
        queued=jobs.filter(state=JobState.QUEUED).count(),
        running=jobs.filter(state=JobState.RUNNING).count(),
        failed=jobs.filter(state=JobState.FAILED).count(),
        waiting_events=OutboxEvent.objects.filter(spread_at__isnull=True).count()
        + Delivery.objects.filter(state=DeliveryState.PENDING).count(),
        abandoned=Delivery.objects.filter(state=DeliveryState.GIVEN_UP).count(),
    )
