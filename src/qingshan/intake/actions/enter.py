"""Accepted findings into the ledger, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.intake.errors import NothingToEnter
from qingshan.intake.models import Intake

__all__ = ["Entered", "enter"]


@dataclass(frozen=True, slots=True)
class Entered:
    """What entering did: findings entered now, versions they made in the ledger, findings left open."""

    intake: Intake
    count: int
    entered: int
    revised: int
    unchanged: int
    kept: int
    left: int


@transaction.atomic
def enter(*, intake: Intake, by: Any, at: datetime) -> Entered:
    """Enter the accepted findings."""
    raise NothingToEnter
