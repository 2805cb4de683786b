"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingshan.jobs.states import JobState


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A job a person started is over: done, failed or cancelled (作业结束)."""

    job_id: int
    kind: str
    title: str
    by_id: int
    state: JobState
    address: str
    error: str
    at: datetime
