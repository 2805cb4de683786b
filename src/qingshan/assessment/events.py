"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EvaluatorNamed:
    """Somebody was named to evaluate (指定评估人员)."""

    evaluation_id: int
    user_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class EvaluationPublished:
    """An evaluation was published (评估公布); departments may appeal from now on."""

    evaluation_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class AppealMade:
    """A department appealed a line (提出申诉)."""

    appeal_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AppealAnswered:
    """An appeal was upheld or rejected (答复申诉); ``version`` is the number of the new sheet, or none."""

    appeal_id: int
    version: int | None
    by_id: int | None
    at: datetime
