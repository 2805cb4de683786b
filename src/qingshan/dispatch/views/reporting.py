"""A department's page: all its rows, saved as it goes, handed in together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.dispatch import actions, policies
from qingshan.dispatch.actions.rows import Facts, allowed_states
from qingshan.dispatch.errors import DispatchRefusal
from qingshan.dispatch.forms import NothingForm, RowForm
from qingshan.dispatch.models import Row
from qingshan.dispatch.periods import straight_line
from qingshan.dispatch.queries import PartView
from qingshan.dispatch.states import REPORTABLE, RoundState
from qingshan.dispatch.views.frame import frame, opened_part, opened_row
from qingshan.dispatch.vocabulary import ItemKind
from qingshan.documents.public import RefusedFile, attach, documents_for
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of, new_token, page_or_part
from qingshan.plans.public import WorkState

__all__ = ["part", "report", "submit"]

_REFUSALS = (DispatchRefusal, IllegalMove, RefusedFile)


@dataclass(frozen=True, slots=True)
class Card:
    """One row on a department's page; ``form`` is there while it may be written."""

    row: Row
    before: WorkState | None
    now: WorkState | None
    expected: int | None
    form: RowForm | None
    evidence: list[str]


@needs("plans.view")
def part(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Show a department's rows, each with its form while it is with the department."""
    found = opened_part(request, pk, part)
    view = PartView.of(found, as_of(request))
    context = frame(
        request, found.round, part=found, view=view, cards=_cards(request, view), once=new_token(),
        may_submit=found.round.phase is RoundState.OPEN and policies.may(request.user, "report", found),
    )  # fmt: skip
    return page_or_part(request, "dispatch/part", context)


def _cards(request: HttpRequest, view: PartView) -> list[Card]:
    open_now = view.part.round.phase is RoundState.OPEN
    states = allowed_states(view.rows, beijing_day(timezone.now()))
    mine = {kind for kind in ItemKind if policies.may_report(request.user, view.part, kind)}
    return [
        Card(
            row, _state(row.before_state), _state(row.work_state),
            straight_line(row.starts_on, row.due_on, row.round.ends_on),
            form_of(row, states[row.pk])
            if open_now and row.phase in REPORTABLE and row.kind in mine
            else None,
            [one.title for one in documents_for(request.user, row.ref)] if row.reported_at else [],
        )
        for row in view.rows
    ]  # fmt: skip


def _state(word: str) -> WorkState | None:
    return WorkState(word) if word else None


def form_of(row: Row, states: tuple[str, ...], *given: Any) -> RowForm:
    """Return the form of a row: what was said, or to begin with what stood before."""
    begun = bool(row.reported_at)
    shown = {
        "work_state": row.work_state if begun else row.before_state,
        "percent": row.percent if begun else row.before_percent,
        "text": row.text, "difficulties": row.difficulties, "key": new_token(),
    }  # fmt: skip
    return RowForm(*given, row=row, states=states, initial=shown)


@needs("plans.view")
def report(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Save one row, with files; what a broken line sends twice is one saying."""
    found = opened_row(request, pk, row)
    policies.require(request.user, "report", found)
    states = allowed_states([found], beijing_day(timezone.now()))[found.pk]
    form = form_of(found, states, request.POST or None, request.FILES or None)
    at_row = f"{reverse('dispatch:part', args=[pk, found.part_id])}#row-{found.pk}"
    context = frame(
        request, found.round, title=found.title, submit=_("存稿"), row=found, tabs=(), cancel=at_row
    )
    return answer_form(
        request, form, lambda data: _save(request, found, dict(data)), template="dispatch/report",
        context=context, done=at_row, said=_("“%s”已存稿。") % found.title, refusals=_REFUSALS,
    )  # fmt: skip


def _save(request: HttpRequest, row: Row, data: dict[str, Any]) -> Row:
    now, files, key = timezone.now(), data.pop("evidence"), data.pop("key")
    saved, new = actions.save_row(row=row, facts=Facts(**data), key=key, by=request.user, at=now)
    for upload in files if new else ():
        attach(upload, to=saved.ref, by=saved.reported_by, at=now)
    return saved


@needs("plans.view")
def submit(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Hand in every row that is written, after it is confirmed."""
    found = opened_part(request, pk, part)
    policies.require(request.user, "report", found)
    view = PartView.of(found, as_of(request))
    here = reverse("dispatch:part", args=[pk, part])
    told = {"saved": view.saved, "left": view.unwritten}
    return answer_form(
        request, NothingForm(request.POST if request.method == "POST" else None),
        lambda data: actions.submit_part(part=found, by=request.user, at=timezone.now()),
        template="dispatch/form", refusals=_REFUSALS, done=here, said=_("已提交审核。"),
        context=frame(
            request, found.round, title=_("提交审核"), submit=_("提交审核"), cancel=here, tabs=(),
            hint=_("将提交已存稿的 %(saved)d 项，另有 %(left)d 项还没有填写。") % told,
        ),
    )  # fmt: skip
