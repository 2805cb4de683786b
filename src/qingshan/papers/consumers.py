"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from qingshan.accounts.public import User, users_in, users_who_can
from qingshan.areas.public import Department, current_departments
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.messages.public import notify
from qingshan.papers import policies
from qingshan.papers.actions.issuing import RECEIPT
from qingshan.papers.events import PaperIssued, PaperMoved, PaperReceived
from qingshan.papers.models import Paper, PaperParty
from qingshan.papers.queries import writers_of
from qingshan.papers.states import PAPER_FLOW, OpinionState
from qingshan.papers.vocabulary import PartyRole
from qingshan.workflow.public import DeadlineNear, DeadlinePassed

__all__ = [
    "tell_paper_issued",
    "tell_paper_moved",
    "tell_paper_received",
    "tell_receipt_late",
    "tell_receipt_near",
]

_NAMESPACE = uuid.UUID("5b0a8f52-7a53-4b1c-9a52-0f2f2d8f6f3c")


def _who_may(verb: str) -> Callable[[Paper, datetime], Iterable[User]]:
    def found(paper: Paper, at: datetime) -> Iterable[User]:
        departments = (paper.department_id,) if paper.department_id else ()
        able = users_who_can(
            policies.CAPABILITIES[verb], district_id=paper.district_id, department_ids=departments
        )
        return [user for user in able if user.pk not in writers_of(paper)]

    return found


def _writers(paper: Paper, at: datetime) -> Iterable[User]:
    return User.objects.filter(pk__in=[pk for pk in writers_of(paper) if pk])


def _asked(paper: Paper, at: datetime) -> Iterable[User]:
    asked = paper.opinions.filter(state=OpinionState.ASKED).select_related("department__district")
    return _voices((one.department for one in asked), at)


def _voices(departments: Iterable[Department], at: datetime) -> list[User]:
    """Who may speak for departments, or for those that follow them by now."""
    found: dict[int, User] = {}
    for department in departments:
        here = [one.pk for one in current_departments(department, beijing_day(at))]
        found |= {user.pk: user for user in users_in(here) if policies.speaks_for(user, department)}
    return list(found.values())


#: Move -> whom it concerns; issuing has its own news.
_CONCERNED: Mapping[str, Callable[[Paper, datetime], Iterable[User]]] = {
    "submit": _who_may("check"),
    "pass_to_cosign": _asked,
    "pass_to_issue": _who_may("issue"),
    "cosigned": _who_may("issue"),
    "send_back": _writers,
    "withdraw": _who_may("check"),
}


def tell_paper_moved(event: PaperMoved, *, at: datetime) -> None:
    """Tell those for whom a paper waits now, or who wrote it, but not who moved it."""
    concerned = _CONCERNED.get(event.move)
    if concerned is None:
        return
    paper = _paper(event.paper_id)
    words = {
        "step": str(PAPER_FLOW.label(event.move)),
        "note": event.note or "—",
        "who": _who(event.by_id),
    }
    stamp = f"moved/{event.move}/{event.at.isoformat()}"
    _tell("papers.moved", paper, concerned(paper, at), words, at, stamp, but=event.by_id)


def tell_paper_issued(event: PaperIssued, *, at: datetime) -> None:
    """Tell the recipients that a paper came for them, and its writers that it went out."""
    paper = _paper(event.paper_id)
    due = paper.receipt_due_on.isoformat() if paper.receipt_due_on else "—"
    words = {"number": event.number, "organ": paper.issue.organ, "due_on": due}
    _tell("papers.came", paper, _voices(_unsigned(paper), at), words, at, "came", but=event.by_id)
    told = {"number": event.number, "who": _who(event.by_id)}
    _tell("papers.issued", paper, _writers(paper, at), told, at, "issued", but=event.by_id)


def tell_paper_received(event: PaperReceived, *, at: datetime) -> None:
    """Tell the writers when the last main recipient has signed."""
    paper = _paper(event.paper_id)
    if paper.parties.filter(role=PartyRole.RECIPIENT, receipt__isnull=True).exists():
        return
    _tell("papers.all_received", paper, _writers(paper, at), {"number": paper.number}, at, "all_received")


def tell_receipt_near(event: DeadlineNear, *, at: datetime) -> None:
    """Remind the recipients that have not signed yet."""
    paper = _awaited(event.about, event.name)
    if paper is not None:
        words = {"number": paper.number, "due_on": event.due_on.isoformat()}
        people = _voices(_unsigned(paper), at)
        _tell("papers.unsigned", paper, people, words, at, f"near/{event.due_on}")


def tell_receipt_late(event: DeadlinePassed, *, at: datetime) -> None:
    """Tell the recipients that have not signed, and, with their names, the writers and who issues."""
    paper = _awaited(event.about, event.name)
    if paper is None:
        return
    unsigned = _unsigned(paper)
    due = {"number": paper.number, "due_on": event.due_on.isoformat()}
    _tell("papers.unsigned", paper, _voices(unsigned, at), due, at, f"late/{event.due_on}")
    names = {**due, "departments": "、".join(one.name for one in unsigned)}
    people = [*_writers(paper, at), *_who_may("issue")(paper, at)]
    _tell("papers.unsigned_late", paper, people, names, at, f"late/{event.due_on}/sender")


def _awaited(about: Ref, name: str) -> Paper | None:
    if about.family != "papers.paper" or name != RECEIPT:
        return None
    return Paper.objects.select_related("issue", "district").filter(pk=about.key).first()


def _unsigned(paper: Paper) -> list[Department]:
    roles = (PartyRole.RECIPIENT, PartyRole.COPY)
    rows = PaperParty.objects.filter(paper=paper, role__in=roles, receipt__isnull=True)
    return [one.department for one in rows.select_related("department__district")]


def _paper(pk: int) -> Paper:
    return Paper.objects.select_related("issue", "district", "department").get(pk=pk)


def _tell(
    template: str,
    paper: Paper,
    people: Iterable[User],
    words: Mapping[str, str],
    at: datetime,
    stamp: str,
    *,
    but: int | None = None,
) -> None:
    notify(
        template,
        [user for user in people if user.pk != but],
        {"paper": paper.title, "kind": paper.get_kind_display(), **words},
        at=at,
        about=paper.ref,
        address=reverse("papers:paper", args=[paper.pk]),
        batch=uuid.uuid5(_NAMESPACE, f"{paper.pk}/{template}/{stamp}"),
    )


def _who(user_id: int | None) -> str:
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return str(user) if user else "—"
