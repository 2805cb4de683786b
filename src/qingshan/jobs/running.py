"""What a worker does to jobs: claim, beat, report, end, and take back what a dead process held.

Law of this file: every write to a claimed job is fenced by its worker and its attempt
(`_held`). A process that was thought dead, and whose job was given to another, finds that its
writes meet no row, and stops.
"""

from __future__ import annotations

import traceback
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_noop

from qingshan.jobs.actions import announce
from qingshan.jobs.backoff import delay_after
from qingshan.jobs.events import JobEnded
from qingshan.jobs.kinds import Cancelled
from qingshan.jobs.models import Job
from qingshan.jobs.states import JOB_FLOW, JobState

#: Kept as it is; pages say it in the reader's language (`Job.trouble`).
RECLAIMED = gettext_noop("运行此作业的进程中断，已收回。")


class LostJob(Cancelled):
    """The job now belongs to another process, or to none: stop, and write nothing."""


def claim(*, worker: str, at: datetime) -> Job | None:
    """Take the next due job, or None.

    PostgreSQL steps over rows another worker is just taking; on SQLite the transaction is
    IMMEDIATE, so there is only one taker at a time.
    """
    due = Job.objects.filter(state=JobState.QUEUED, run_after__lte=at)
    if not due.exists():  # an idle worker must not take SQLite's one write lock every second
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).order_by("run_after", "pk").first()
        if job is None:
            return None
        Job.objects.filter(pk=job.pk).update(
            state=JOB_FLOW.after(job.state, "claim"),
            worker=worker,
            attempts=F("attempts") + 1,
            started_at=at,
            heartbeat_at=at,
        )
    job.refresh_from_db()
    return job


def beat(*, worker: str, job_ids: Collection[int], at: datetime) -> int:
    """Say that these jobs are still being worked on; returns how many still belong to the worker."""
    held = Job.objects.filter(pk__in=job_ids, worker=worker, state=JobState.RUNNING)
    return held.update(heartbeat_at=at)


def report(*, job: Job, done: int, total: int | None, message: str) -> None:
    """Write how far a job is.

    Raises
    ------
    Cancelled
        Somebody asked for it to stop.
    LostJob
        It no longer belongs to this worker.
    """
    if _held(job).update(done=done, total=total, message=message[:300]) != 1:
        raise LostJob(f"job {job.pk} was taken from {job.worker}")
    if Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
        raise Cancelled(f"job {job.pk} was cancelled")


def finish(*, job: Job, result: Mapping[str, Any] | None, at: datetime) -> None:
    """End a job that did its work."""
    _end(job, "finish", at=at, result=dict(result or {}))


def stop(*, job: Job, at: datetime) -> None:
    """End a job that was asked to stop and did."""
    _end(job, "stop", at=at)


def fail(*, job: Job, error: BaseException, at: datetime, hopeless: bool = False) -> None:
    """Note an error: the job waits for its next attempt, or has failed when none is left."""
    detail = "".join(traceback.format_exception(error))[-20_000:]
    words = str(error) or type(error).__name__
    _after_error(job, "retry", error=words, detail=detail, at=at, hopeless=hopeless)


def release(*, job: Job, at: datetime) -> None:
    """Give a job back untouched because this process is being stopped; the attempt does not count."""
    _held(job).update(
        state=JOB_FLOW.after(JobState.RUNNING, "reclaim"), attempts=F("attempts") - 1, run_after=at
    )


def reap(*, silent_for: timedelta, at: datetime) -> int:
    """Take back running jobs without a heartbeat for so long; returns how many."""
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=at - silent_for)
    return sum(_take_back(job, at) for job in silent.order_by("pk"))


def _take_back(job: Job, at: datetime) -> bool:
    try:
        _after_error(job, "reclaim", error=RECLAIMED, detail="", at=at)
    except LostJob:  # it ended, or somebody else took it back, since we looked
        return False
    return True


def _after_error(
    job: Job, move: str, *, error: str, detail: str, at: datetime, hopeless: bool = False
) -> None:
    noted = {"error": error[:1000], "error_detail": detail}
    if job.cancel_requested or Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
        _end(job, "stop", at=at, **noted)
    elif hopeless or job.attempts >= job.attempts_allowed:
        _end(job, "fail", at=at, **noted)
    else:
        after = JOB_FLOW.after(JobState.RUNNING, move)
        # The silence of a dead process was pause enough; an error of the job itself waits longer each time.
        pause = delay_after(job.attempts) if move == "retry" else timedelta()
        if _held(job).update(state=after, run_after=at + pause, **noted) != 1:
            raise LostJob(f"job {job.pk} was taken from {job.worker}")


def _end(job: Job, move: str, *, at: datetime, **changes: Any) -> None:
    after = JOB_FLOW.after(JobState.RUNNING, move)
    with transaction.atomic():
        if _held(job).update(state=after, finished_at=at, **changes) != 1:
            raise LostJob(f"job {job.pk} was taken from {job.worker}")
        job.refresh_from_db()
        if job.by_id is not None:
            announce(
                JobEnded(
                    job_id=job.pk,
                    kind=job.kind,
                    title=job.title,
                    by_id=job.by_id,
                    state=job.phase,
                    address=job.result_address,
                    error=job.error,
                    at=at,
                ),
                at=at,
            )


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts)
