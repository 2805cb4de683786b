"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import User, users_in, users_who_can
from qingshan.areas.public import current_departments
from qingshan.dispatch import policies
from qingshan.dispatch.events import (
    FalseReportFound,
    PartPressed,
    PartReported,
    RoundClosed,
    RoundOpened,
    RoundReopened,
    RowSentBack,
)
from qingshan.dispatch.models import FalseReport, Part, Reminder, Round, Row
from qingshan.dispatch.states import REPORTABLE
from qingshan.dispatch.vocabulary import ItemKind, Stage
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.messages.public import notify

__all__ = [
    "people_of",
    "tell_false_report_found",
    "tell_part_pressed",
    "tell_part_reported",
    "tell_round_closed",
    "tell_round_opened",
    "tell_round_reopened",
    "tell_row_sent_back",
]

_NAMESPACE = uuid.UUID("7e5e3b0e-2d27-4a16-9c3f-2b1c7f3c9d51")


def people_of(part: Part, at: datetime) -> list[User]:
    """Return who reports for a department: those who sit in it, or in what has its duties now.

    Where nobody there may report, everybody else who may: the round must not wait for nobody.
    """
    day = beijing_day(at)
    here = users_in({one.pk for one in current_departments(part.department_id, day)})
    found = [user for user in here if policies.may(user, "report", part)]
    if found:
        return found
    capabilities = {policies.REPORTING[kind] for kind in ItemKind}
    everywhere = {
        user.pk: user
        for capability in sorted(capabilities)
        for user in users_who_can(
            capability, district_id=part.round.district_id, department_ids={part.department_id}
        )
    }
    return list(everywhere.values())


def tell_round_opened(event: RoundOpened, *, at: datetime) -> None:
    """Tell each department that a round was opened; it signs for it."""
    found = Round.objects.get(pk=event.round_id)
    for part in found.parts.select_related("round"):
        words = {"due_on": found.due_on, "rows": part.rows.count(), "note": found.note or "—"}
        _tell_part("dispatch.opened", part, people_of(part, at), words, at, f"opened/{event.at.isoformat()}")


def tell_part_reported(event: PartReported, *, at: datetime) -> None:
    """Tell who reviews that a department handed rows in."""
    part = Part.objects.select_related("round", "department").get(pk=event.part_id)
    reviewers = users_who_can(policies.CAPABILITIES["review"][0], district_id=part.round.district_id)
    _tell(
        "dispatch.reported", part.round, [one for one in reviewers if one.pk != event.by_id],
        {"department": part.department, "rows": event.rows, "who": _who(event.by_id)}, at,
        f"reported/{part.pk}/{event.at.isoformat()}", about=part.ref,
        address=reverse("dispatch:review", args=[part.round_id]),
    )  # fmt: skip


def tell_row_sent_back(event: RowSentBack, *, at: datetime) -> None:
    """Tell who handed a row in that it came back, and why."""
    row = Row.objects.select_related("part__round").get(pk=event.row_id)
    words = {"title": row.title, "note": event.note, "who": _who(event.by_id)}
    people = User.objects.filter(pk=event.reported_by_id)
    _tell_part(
        "dispatch.sent_back",
        row.part,
        people,
        words,
        at,
        f"back/{row.pk}/{event.at.isoformat()}",
        about=row.ref,
    )


#: Stage -> template. The last one goes to the leaders as well.
_TEMPLATES: Mapping[str, str] = {
    Stage.BEFORE: "dispatch.near",
    Stage.ON: "dispatch.today",
    Stage.AFTER: "dispatch.late",
    Stage.SUPERIOR: "dispatch.superior",
}


def tell_part_pressed(event: PartPressed, *, at: datetime) -> None:
    """Tell a department that its report is due or late; in the end its leaders too. All sign for it."""
    made = Reminder.objects.select_related("part__round__district", "part__department", "by").get(
        pk=event.reminder_id
    )
    part = made.part
    people = people_of(part, at)
    if made.stage == Stage.SUPERIOR:
        people += users_who_can(policies.CAPABILITIES["reopen"][0], district_id=part.round.district_id)
    words = {
        "department": part.department,
        "due_on": made.due_on,
        "left": part.rows.filter(state__in=REPORTABLE).count(),
        "note": made.note or "—",
    }
    _tell_part(_TEMPLATES[made.stage], part, people, words, at, f"pressed/{made.pk}")


def tell_round_closed(event: RoundClosed, *, at: datetime) -> None:
    """Tell the leaders and every department that a round is closed."""
    found = Round.objects.get(pk=event.round_id)
    leaders = users_who_can(policies.CAPABILITIES["reopen"][0], district_id=found.district_id)
    people = [*leaders, *_everybody(found, at)]
    _tell("dispatch.closed", found, _others(people, event.by_id), {"who": _who(event.by_id)}, at,
          f"closed/{event.closing_id}")  # fmt: skip


def tell_round_reopened(event: RoundReopened, *, at: datetime) -> None:
    """Tell who runs the round and every department that it is open again, and why."""
    found = Round.objects.get(pk=event.round_id)
    runners = users_who_can(policies.CAPABILITIES["run"][0], district_id=found.district_id)
    people = [*runners, *_everybody(found, at)]
    words = {"reason": event.reason, "who": _who(event.by_id), "due_on": found.due_on}
    _tell("dispatch.reopened", found, _others(people, event.by_id), words, at,
          f"reopened/{event.at.isoformat()}")  # fmt: skip


def tell_false_report_found(event: FalseReportFound, *, at: datetime) -> None:
    """Tell the department and who handed the report in that it was found false; they sign for it."""
    finding = FalseReport.objects.select_related("row__part__round", "row__reported_by").get(
        pk=event.finding_id
    )
    row = finding.row
    people = [*people_of(row.part, at), *([row.reported_by] if row.reported_by else [])]
    words = {"title": row.title, "reason": finding.reason}
    _tell_part("dispatch.false_found", row.part, people, words, at, f"false/{finding.pk}", about=row.ref)


def _everybody(found: Round, at: datetime) -> list[User]:
    return [user for part in found.parts.select_related("round") for user in people_of(part, at)]


def _others(people: Iterable[User], by_id: int | None) -> list[User]:
    return [user for user in people if user.pk != by_id]


def _tell_part(
    template: str,
    part: Part,
    people: Iterable[User],
    words: Mapping[str, object],
    at: datetime,
    stamp: str,
    about: Ref | None = None,
) -> None:
    _tell(
        template, part.round, people, words, at, f"{part.pk}/{stamp}", about=about or part.ref,
        address=reverse("dispatch:part", args=[part.round_id, part.pk]),
    )  # fmt: skip


def _tell(
    template: str,
    found: Round,
    people: Iterable[User],
    words: Mapping[str, object],
    at: datetime,
    stamp: str,
    *,
    about: Ref | None = None,
    address: str = "",
) -> None:
    notify(
        template,
        people,
        {"plan": found.plan_name, "period": found.period_name, **{k: str(v) for k, v in words.items()}},
        at=at,
        about=about or found.ref,
        address=address or reverse("dispatch:round", args=[found.pk]),
        batch=uuid.uuid5(_NAMESPACE, f"{found.pk}/{stamp}"),
    )


def _who(user_id: int | None) -> str:
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return str(user) if user else _("系统")
