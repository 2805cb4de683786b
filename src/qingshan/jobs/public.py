"""Background work.

Callers may announce kinds of jobs and schedules (in their ``background.py``), queue and cancel jobs,
announce events inside their transaction, and connect consumers (in ``portal/wiring.py``). They may
not touch the tables: a job is moved by the worker alone.
"""

from qingshan.jobs.actions import NoTransaction, StaleJob, announce, cancel, enqueue, replaying
from qingshan.jobs.events import JobEnded
from qingshan.jobs.kinds import Cancelled, GiveUp, Progress, UnknownKind, job_kind, schedule
from qingshan.jobs.models import Job
from qingshan.jobs.queries import Health, health, jobs_of, live_jobs_about
from qingshan.jobs.states import JobState
from qingshan.jobs.subscriptions import Subscription, subscribe
from qingshan.jobs.when import BadWhen
from qingshan.jobs.wire import BadEvent
from qingshan.jobs.worker import Worker

__all__ = [
    "BadEvent",
    "BadWhen",
    "Cancelled",
    "GiveUp",
    "Health",
    "Job",
    "JobEnded",
    "JobState",
    "NoTransaction",
    "Progress",
    "StaleJob",
    "Subscription",
    "UnknownKind",
    "Worker",
    "announce",
    "cancel",
    "enqueue",
    "health",
    "job_kind",
    "jobs_of",
    "live_jobs_about",
    "replaying",
    "schedule",
    "subscribe",
]
