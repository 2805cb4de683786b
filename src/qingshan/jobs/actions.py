"""What people and other rooms do to jobs, schedules and events; what the worker does is in ``running``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from qingshan.audit import public as audit
from qingshan.jobs.kinds import kind_of
from qingshan.jobs.models import Delivery, Job, OutboxEvent, Schedule
from qingshan.jobs.states import DELIVERY_FLOW, JOB_FLOW, LIVE, JobState
from qingshan.jobs.when import read_when
from qingshan.jobs.wire import event_name, to_wire
from qingshan.kernel.refs import Ref


class StaleJob(Exception):
    """Somebody, or a worker, moved the job first; it is to be looked at again."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"job {job.pk} is no longer {job.state}")
        self.job = job


_replaying: ContextVar[bool] = ContextVar("replaying", default=False)


class NoTransaction(RuntimeError):
    """An event was announced outside the transaction that makes it true."""


def enqueue(
    kind: str,
    payload: Mapping[str, Any] | None = None,
    *,
    by: Any,
    at: datetime,
    run_after: datetime | None = None,
    unique_key: str = "",
    title: str = "",
    about: Ref | None = None,
) -> Job:
    """Queue a job (提交后台作业), in the transaction of the caller.

    Parameters
    ----------
    kind : str
        A kind some room has announced.
    payload : mapping of JSON values
        What the job needs to know; record keys, never records.
    by : User or None
        Who asked for it; None for the system itself.
    unique_key : str
        While a live job carries the same key, that job is returned and none is queued.
    about : Ref, optional
        The record whose page shows this job.

    Raises
    ------
    UnknownKind
        No room has announced the kind.
    """
    known = kind_of(kind)
    by = None if _replaying.get() else by
    job = Job(
        kind=kind,
        title=title or str(known.title),
        payload=dict(payload or {}),
        about=str(about or ""),
        unique_key=unique_key,
        by=by,
        queued_at=at,
        run_after=run_after or at,
        attempts_allowed=known.attempts,
    )
    with transaction.atomic():
        if (live := _live_with(unique_key)) is not None:
            return live
        try:
            with transaction.atomic():
                job.save()
        except IntegrityError:  # another process queued the same key between our look and our write
            if (live := _live_with(unique_key)) is None:
                raise
            return live
        if by is not None:  # what the system queues by the minute is in the list of jobs, not in the audit
            audit.record("jobs.enqueue", job.ref, by=by, at=at, detail={"kind": kind, "title": job.title})
    return job


def _live_with(unique_key: str) -> Job | None:
    return Job.objects.filter(unique_key=unique_key, state__in=LIVE).first() if unique_key else None


@transaction.atomic
def cancel(*, job: Job, by: Any, at: datetime) -> Job:
    """Cancel a queued job, or ask a running one to stop at its next step (取消作业).

    Raises
    ------
    IllegalMove
        The job is already over.
    StaleJob
        It was claimed or ended in this very moment.
    """
    if job.phase == JobState.RUNNING:
        JOB_FLOW.after(job.state, "stop")
        moved = Job.objects.filter(pk=job.pk, state=job.state).update(cancel_requested=True)
    else:
        after = JOB_FLOW.after(job.state, "cancel")
        moved = Job.objects.filter(pk=job.pk, state=job.state).update(state=after, finished_at=at)
    if moved != 1:
        raise StaleJob(job)
    audit.record("jobs.cancel", job.ref, by=by, at=at, detail={"title": job.title})
    job.refresh_from_db()
    return job


@transaction.atomic
def requeue(*, job: Job, by: Any, at: datetime) -> Job:
    """Let a failed job try again, with all its attempts (重新排队).

    Raises
    ------
    IllegalMove
        The job has not failed.
    StaleJob
        Somebody queued it again first.
    """
    after = JOB_FLOW.after(job.state, "requeue")
    if _live_with(job.unique_key) is not None:
        raise StaleJob(job)
    moved = Job.objects.filter(pk=job.pk, state=job.state).update(
        state=after,
        attempts=0,
        run_after=at,
        started_at=None,
        finished_at=None,
        cancel_requested=False,
        done=0,
        total=None,
        message="",
        error="",
        error_detail="",
    )
    if moved != 1:
        raise StaleJob(job)
    audit.record("jobs.requeue", job.ref, by=by, at=at, detail={"title": job.title})
    job.refresh_from_db()
    return job


@contextmanager
def replaying() -> Iterator[None]:
    """While this lasts nothing is announced: what is entered happened long ago, and is news to nobody.

    What is queued meanwhile is done later, but for the system: nobody waits to hear that it is done.
    """
    token = _replaying.set(True)
    try:
        yield
    finally:
        _replaying.reset(token)


def announce(event: Any, *, at: datetime | None = None) -> None:
    """Announce a fact (发布事件): written now, in the caller's transaction; delivered by the worker.

    Parameters
    ----------
    event : frozen dataclass
        From the room's ``events.py``. Carries keys and plain values, not records.
    at : datetime, optional
        When it became true; now, if left out.

    Raises
    ------
    NoTransaction
        No transaction is open: the event could survive a change that does not, or the reverse.
    BadEvent
        The event carries something the outbox cannot.
    """
    # A test case's own transaction does not count, or no test would find a forgotten one.
    blocks: list[Any] = transaction.get_connection().atomic_blocks
    if all(block._from_testcase for block in blocks):
        raise NoTransaction(f"{event_name(type(event))} must be announced inside transaction.atomic")
    if _replaying.get():
        return
    OutboxEvent.objects.create(
        name=event_name(type(event)), payload=to_wire(event), announced_at=at or timezone.now()
    )


@transaction.atomic
def retry_delivery(*, delivery: Delivery, by: Any, at: datetime) -> Delivery:
    """Try an abandoned delivery again (重新送达).

    Raises
    ------
    IllegalMove
        The delivery was not given up.
    """
    after = DELIVERY_FLOW.after(delivery.state, "retry")
    Delivery.objects.filter(pk=delivery.pk, state=delivery.state).update(
        state=after, attempts=0, due_at=at, error=""
    )
    audit.record("jobs.retry_delivery", delivery.ref, by=by, at=at, detail={"consumer": delivery.consumer})
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def set_schedule_enabled(*, schedule: Schedule, enabled: bool, by: Any, at: datetime) -> Schedule:
    """Pause a schedule, or let it run again from now on (停用、启用定时计划)."""
    schedule.enabled = enabled
    if enabled:
        schedule.next_at = read_when(schedule.when).after(at)
    schedule.save(update_fields=["enabled", "next_at"])
    word = "jobs.resume_schedule" if enabled else "jobs.pause_schedule"
    audit.record(word, schedule.ref, by=by, at=at, detail={"name": schedule.name})
    return schedule


@transaction.atomic
def change_schedule(*, schedule: Schedule, when: str, by: Any, at: datetime) -> Schedule:
    """Change when a schedule comes due (修改时间规则).

    Raises
    ------
    BadWhen
        The rule of time cannot be read, or names a day no year has.
    """
    next_at = read_when(when).after(at)
    detail = {"name": schedule.name, "before": schedule.when, "after": when}
    schedule.when, schedule.next_at = when, next_at
    schedule.save(update_fields=["when", "next_at"])
    audit.record("jobs.change_schedule", schedule.ref, by=by, at=at, detail=detail)
    return schedule


def run_now(*, schedule: Schedule, by: Any, at: datetime) -> Job:
    """Queue a schedule's job at once, besides its times (立即执行)."""
    return enqueue(
        schedule.kind,
        schedule.payload,
        by=by,
        at=at,
        title=schedule.title,
        unique_key=f"schedule:{schedule.name}",
    )
