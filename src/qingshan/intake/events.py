"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FindingsEntered:
    """Accepted findings of a review went into the ledger (识读结果已写入台账).

    ``revised`` counts records that were there and say something else now.
    """

    intake_id: int
    plan_id: int
    count: int
    revised: int
    by_id: int | None
    at: datetime
