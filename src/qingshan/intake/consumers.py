"""News of the ledger that may open or close a conflict of a review. Wired in ``portal/wiring.py``.

Looking again does nothing new when nothing has changed, so that an event delivered twice does no harm.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from qingshan.intake.checking import recheck_relatives
from qingshan.intake.events import FindingsEntered
from qingshan.plans.public import TargetAssigned, TargetRevised, plan_of_indicator

__all__ = ["check_after_assignment", "check_after_entering", "check_after_revision"]


@transaction.atomic
def check_after_entering(event: FindingsEntered, *, at: datetime) -> None:
    """Compare the reviews of related plans again when a plan has got new records."""
    recheck_relatives(plan_id=event.plan_id, at=at)


@transaction.atomic
def check_after_revision(event: TargetRevised, *, at: datetime) -> None:
    """Compare the reviews of related plans again when a target has become another one."""
    _recheck(event.indicator_id, at)


@transaction.atomic
def check_after_assignment(event: TargetAssigned, *, at: datetime) -> None:
    """Compare the reviews of related plans again when a target has been assigned."""
    _recheck(event.indicator_id, at)


def _recheck(indicator_id: int, at: datetime) -> None:
    plan_id = plan_of_indicator(indicator_id)
    if plan_id is not None:
        recheck_relatives(plan_id=plan_id, at=at)
