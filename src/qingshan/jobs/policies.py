"""Who may see and move a job: the person who started it, and whoever manages background work."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from qingshan.accounts.public import Forbidden, can
from qingshan.jobs.models import Job
from qingshan.jobs.queries import all_jobs, jobs_of

MANAGE = "jobs.manage"


def visible_jobs(user: Any) -> QuerySet[Job]:
    """Return the jobs a person may see, newest first."""
    return all_jobs() if can(user, MANAGE) else jobs_of(user)


def require_move(user: Any, job: Job) -> None:
    """Refuse unless the person may cancel or requeue the job.

    Raises
    ------
    Forbidden
    """
    if job.by_id != user.pk and not can(user, MANAGE):
        raise Forbidden(MANAGE, str(job.title))
