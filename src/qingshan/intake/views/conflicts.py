"""Conflicts: two passages that do not go together, settled by a person with a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.intake import actions, policies
from qingshan.intake.errors import IntakeRefusal, StaleConflict
from qingshan.intake.forms.conflicts import SettleForm
from qingshan.intake.models import Conflict
from qingshan.intake.queries.desk import counts_of
from qingshan.intake.states import ConflictState
from qingshan.intake.views.cards import conflict_card
from qingshan.intake.views.desk import filters_sent, progress_of
from qingshan.intake.views.frame import conflict_seen, frame
from qingshan.intake.views.listed import CONFLICT_PREFIX, sift_of
from qingshan.intake.views.words import CONFLICT
from qingshan.intake.vocabulary import Outcome
from qingshan.pages.public import page_or_part, wants_part

__all__ = ["card", "settle"]


@needs("plans.edit", "plans.approve")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one conflict as it stands."""
    conflict = conflict_seen(request, pk)
    if not wants_part(request):
        return redirect(_place(conflict))
    return render(request, "intake/_conflict.html", _context(request, conflict))


@needs("plans.edit")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a conflict is, and why; or take a settlement back, with the reason."""
    conflict = conflict_seen(request, pk)
    form = SettleForm(
        request.POST or None,
        outcomes=_outcomes(conflict),
        initial={"seen": conflict.values_key, "outcome": conflict.outcome or Outcome.CONFIRMED},
        auto_id=f"id_c{pk}_%s",
    )
    if request.method != "POST":
        return _shown(request, conflict, form)
    if not form.is_valid():
        return _shown(request, conflict, form, status=422)
    try:
        settled = _carried_out(request, conflict, form.cleaned_data)
    except StaleConflict as stale:
        return _shown(request, conflict_seen(request, pk), form, status=409, stale=str(stale))
    except IntakeRefusal as refused:
        form.add_error(None, str(refused))
        return _shown(request, conflict, form, status=422)
    if not wants_part(request):
        return redirect(_place(settled))
    counts = counts_of(settled.intake)
    context = _context(request, settled) | {"decided_now": True, "progress": progress_of(counts, CONFLICT),
                                            "sift": sift_of(filters_sent(request), counts)}  # fmt: skip
    return render(request, "intake/_decided.html", context)


def _carried_out(request: HttpRequest, conflict: Conflict, data: Any) -> Conflict:
    given = {"conflict": conflict, "reason": data["reason"], "by": request.user, "at": timezone.now()}
    if data["outcome"] == _REOPEN:
        return actions.reopen_conflict(**given)
    return actions.settle(**given, outcome=data["outcome"], seen=data["seen"])


_REOPEN = "reopen"


def _outcomes(conflict: Conflict) -> list[tuple[str, Any]]:
    if conflict.state == ConflictState.SETTLED:
        return [(_REOPEN, _("重新打开，另作处理"))]
    return list(Outcome.choices)


def _place(conflict: Conflict) -> str:
    key = f"{CONFLICT_PREFIX}{conflict.pk}"
    return f"{reverse('intake:review', args=[conflict.intake_id])}?kind={CONFLICT}&at={key}#f{key}"


def _context(request: HttpRequest, conflict: Conflict, **more: Any) -> dict[str, Any]:
    may_decide = policies.may_decide(request.user, conflict.intake.district_id)
    card = conflict_card(conflict.intake, conflict, may_decide=may_decide)
    return frame(request, conflict.intake, card=card, **more)


def _shown(
    request: HttpRequest, conflict: Conflict, form: SettleForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    back = request.POST.get("back") or request.GET.urlencode()
    context = _context(request, conflict, form=form, back=back, cancel=_place(conflict), **more)
    return page_or_part(request, "intake/settle", context, status=status)
