"""The job kinds and schedules of this room: keeping its own tables small, and the audit sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.audit import public as audit
from qingshan.jobs.kinds import Progress, job_kind, schedule
from qingshan.jobs.models import Delivery, Job, OutboxEvent, WorkerSeen
from qingshan.jobs.states import LIVE, DeliveryState, JobState

KEEP_JOBS = timedelta(days=180)
KEEP_ROUTINE = timedelta(days=7)  # what schedules did without a fault: thousands of rows a week
KEEP_EVENTS = timedelta(days=90)
KEEP_WORKERS = timedelta(days=1)


@job_kind("jobs.prune", title=_("清理过期的作业与事件记录"))
def prune(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Remove old finished jobs and delivered events; what failed to arrive stays until it is settled."""
    now = timezone.now()
    over = Job.objects.exclude(state__in=LIVE)
    routine = Q(by=None, state=JobState.DONE, finished_at__lt=now - KEEP_ROUTINE)
    jobs = over.filter(routine | Q(finished_at__lt=now - KEEP_JOBS))
    unsettled = Delivery.objects.exclude(state=DeliveryState.DELIVERED).values("event")
    events = OutboxEvent.objects.filter(spread_at__lt=now - KEEP_EVENTS).exclude(pk__in=unsettled)
    counts = {"jobs": jobs.count(), "events": events.count()}
    jobs.delete()
    events.delete()
    WorkerSeen.objects.filter(seen_at__lt=now - KEEP_WORKERS).delete()
    progress.step(1, 1)
    return counts


@job_kind("jobs.seal_audit", title=_("为审计记录补封"))
def seal_audit(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Seal what a process committed but was killed before it could seal."""
    return {"sealed": audit.seal()}


schedule("jobs.prune", title=_("每日清理过期记录"), kind="jobs.prune", when="20 3 * * *")
schedule("jobs.seal_audit", title=_("每十分钟为审计记录补封"), kind="jobs.seal_audit", when="every 10m")
