"""What the ledger's own news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from qingshan.accounts.public import User, users_who_can
from qingshan.kernel.spans import beijing_day
from qingshan.messages.public import notify
from qingshan.plans.addresses import indicator_url
from qingshan.plans.events import (
    AdjustmentSentBack,
    NotEvaluableSentBack,
    ProgressSentBack,
    RebaseliningSentBack,
    TargetAssigned,
    ValueApproved,
    ValueSentBack,
    ValueSubmitted,
)
from qingshan.plans.models import (
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    ProgressReport,
    Project,
    ProjectVersion,
    Value,
)
from qingshan.plans.queries import shares_of

__all__ = [
    "tell_adjustment_sent_back",
    "tell_not_evaluable_sent_back",
    "tell_progress_sent_back",
    "tell_rebaselining_sent_back",
    "tell_target_assigned",
    "tell_value_approved",
    "tell_value_sent_back",
    "tell_value_submitted",
]

_NAMESPACE = uuid.UUID("b7f3a3de-61f5-4f0e-9c55-6f0f4d0f9a61")


def tell_value_submitted(event: ValueSubmitted, *, at: datetime) -> None:
    """Tell those who may approve that a value waits, but not who entered it."""
    indicator = _indicator(event.indicator_id)
    approvers = users_who_can("values.approve", district_id=indicator.plan.district_id)
    value = Value.objects.select_related("entered_by").get(pk=event.value_id)
    notify(
        "plans.value_submitted",
        [user for user in approvers if user.pk != value.entered_by_id],
        {"indicator": _name(indicator, event.at), "year": event.year, "who": _who(value.entered_by)},
        at=at,
        about=value.ref,
        address="/review/",
        batch=_batch("submitted", event.value_id, event.at.isoformat()),
    )


def tell_value_approved(event: ValueApproved, *, at: datetime) -> None:
    """Tell who entered a value that it counts."""
    indicator = _indicator(event.indicator_id)
    value = Value.objects.get(pk=event.value_id)
    notify(
        "plans.value_approved",
        _person(value.entered_by_id),
        {"indicator": _name(indicator, event.at), "year": event.year},
        at=at,
        about=value.ref,
        address=indicator_url(indicator.plan.code, indicator.code),
        batch=_batch("approved", event.value_id),
    )


def tell_value_sent_back(event: ValueSentBack, *, at: datetime) -> None:
    """Tell who entered a value why it came back."""
    indicator = _indicator(event.indicator_id)
    notify(
        "plans.value_sent_back",
        _person(event.entered_by_id),
        {"indicator": _name(indicator, event.at), "year": event.year, "note": event.note},
        at=at,
        about=indicator.ref,
        address=indicator_url(indicator.plan.code, indicator.code),
        batch=_batch("sent back", event.value_id, event.at.isoformat()),
    )


def tell_progress_sent_back(event: ProgressSentBack, *, at: datetime) -> None:
    """Tell who reported progress why the report came back."""
    report = ProgressReport.objects.get(pk=event.report_id)
    notify(
        "plans.progress_sent_back",
        _person(event.entered_by_id),
        {"on": report.on, "note": event.note},
        at=at,
        about=report.ref,
        address=f"/plans/{report.subject.plan.code}/reports/{report.pk}/",
        batch=_batch("report sent back", event.report_id, event.at.isoformat()),
    )


def tell_not_evaluable_sent_back(event: NotEvaluableSentBack, *, at: datetime) -> None:
    """Tell who asked to leave a year out of account why the statement came back."""
    indicator = _indicator(event.indicator_id)
    notify(
        "plans.not_evaluable_sent_back",
        _person(event.entered_by_id),
        {"indicator": _name(indicator, event.at), "year": event.year, "note": event.note},
        at=at,
        about=indicator.ref,
        address=indicator_url(indicator.plan.code, indicator.code),
        batch=_batch("statement sent back", event.statement_id, event.at.isoformat()),
    )


def tell_adjustment_sent_back(event: AdjustmentSentBack, *, at: datetime) -> None:
    """Tell who proposed to change a target why the proposal came back."""
    indicator = _indicator(event.indicator_id)
    notify(
        "plans.adjustment_sent_back",
        _person(event.entered_by_id),
        {"indicator": _name(indicator, event.at), "year": event.year, "note": event.note},
        at=at,
        about=indicator.ref,
        address=indicator_url(indicator.plan.code, indicator.code),
        batch=_batch("adjustment sent back", event.adjustment_id, event.at.isoformat()),
    )


def tell_rebaselining_sent_back(event: RebaseliningSentBack, *, at: datetime) -> None:
    """Tell who proposed to change a project why the proposal came back."""
    project = Project.objects.select_related("plan").get(pk=event.project_id)
    held = ProjectVersion.objects.on(beijing_day(event.at)).filter(subject=project).first()
    notify(
        "plans.rebaselining_sent_back",
        _person(event.entered_by_id),
        {"project": held.name if held else project.code, "note": event.note},
        at=at,
        about=project.ref,
        address=f"/plans/{project.plan.code}/projects/{project.code}/",
        batch=_batch("rebaselining sent back", event.rebaselining_id, event.at.isoformat()),
    )


def tell_target_assigned(event: TargetAssigned, *, at: datetime) -> None:
    """Tell the people of the responsible departments that a target was assigned; they sign for it."""
    indicator = _indicator(event.indicator_id)
    shares = shares_of(IndicatorResponsibility, [indicator.pk], beijing_day(event.at)).get(indicator.pk, [])
    notify(
        "plans.target_assigned",
        User.objects.filter(department_id__in=[share.department_id for share in shares]),
        {
            "indicator": _name(indicator, event.at),
            "year": event.year,
            "authority": event.authority,
            "letter_on": event.letter_on,
        },
        at=at,
        about=indicator.ref,
        address=indicator_url(indicator.plan.code, indicator.code),
        batch=_batch("assigned", event.target_id, event.at.isoformat()),
    )


def _person(user_id: int | None) -> list[User]:
    """The one person meant; nobody where the system itself entered it."""
    return [] if user_id is None else list(User.objects.filter(pk=user_id))


def _indicator(indicator_id: int) -> Indicator:
    return Indicator.objects.select_related("plan").get(pk=indicator_id)


def _name(indicator: Indicator, at: datetime) -> str:
    held = IndicatorVersion.objects.on(beijing_day(at)).filter(subject=indicator).first()
    return str(held.name if held else indicator.code)


def _who(user: User | None) -> str:
    return user.display_name or user.get_username() if user else ""


def _batch(*parts: object) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts))
