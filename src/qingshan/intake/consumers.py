"""What news means for reviews, and what people are told of them. Wired in ``portal/wiring.py``.

Looking again does nothing new when nothing has changed, and a notice makes its batch from the event, so that
an event delivered twice does no harm.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import User, users_who_can
from qingshan.intake.checking import recheck_relatives
from qingshan.intake.events import FindingsEntered
from qingshan.intake.models import Intake
from qingshan.messages.public import notify
from qingshan.plans.public import TargetAssigned, TargetRevised, plan_of_indicator

__all__ = [
    "check_after_assignment",
    "check_after_entering",
    "check_after_revision",
    "tell_findings_entered",
]

_NAMESPACE = uuid.UUID("5d1f0c5b-7e0e-4a57-9a0b-3f5c1d6f8a42")


def tell_findings_entered(event: FindingsEntered, *, at: datetime) -> None:
    """Tell those who approve the plans of the district what a document brought, but not who entered it.

    A corrected edition may change targets without an approval of its own: so they know of it at once.
    """
    intake = Intake.objects.defer("text", "outline").get(pk=event.intake_id)
    who = None if event.by_id is None else User.objects.filter(pk=event.by_id).first()
    approvers = users_who_can("plans.approve", district_id=intake.district_id)
    notify(
        "intake.entered",
        [person for person in approvers if person.pk != event.by_id],
        {
            "plan": intake.title,
            "count": event.count,
            "revised": event.revised,
            "who": who.display_name if who else _("系统"),
        },
        at=at,
        about=intake.ref,
        address=reverse("intake:review", args=[intake.pk]),
        batch=uuid.uuid5(_NAMESPACE, f"{event.intake_id} {event.at.isoformat()}"),
    )


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
