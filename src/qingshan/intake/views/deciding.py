"""Accept, leave out, take up again, accept all above, undo: one press each, with or without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from qingshan.accounts.public import needs
from qingshan.intake import actions
from qingshan.intake.errors import BadFacts, IntakeRefusal, StaleFinding
from qingshan.intake.models import Finding, Intake
from qingshan.intake.queries.desk import counts_of
from qingshan.intake.states import FindingState
from qingshan.intake.views.desk import card_of, filters_sent, list_around, progress_of, results_of
from qingshan.intake.views.frame import finding_seen, frame, opened
from qingshan.intake.views.listed import sift_of
from qingshan.intake.views.stale import two_versions
from qingshan.pages.public import page_or_part, wants_part

__all__ = ["accept_above", "answer_card", "back_to", "decide", "refuse", "undo"]

_MOVES: dict[str, Callable[..., Finding]] = {
    "accept": actions.accept,
    "reject": actions.reject,
    "reopen": actions.reopen,
}


@require_POST
@needs("plans.edit")
def decide(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Carry out one of the three decisions, on the version that the reviewer saw."""
    finding = finding_seen(request, pk)
    if move not in _MOVES:
        raise Http404
    try:
        decided = _MOVES[move](
            finding=finding, expected_version=seen_version(request), by=request.user, at=timezone.now()
        )
    except IntakeRefusal as refused:
        return refuse(request, finding, refused, again=move)
    return answer_card(request, decided)


@require_POST
@needs("plans.edit")
def accept_above(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept all that is still open from the top of the list, as the reviewer sees it, down to a card."""
    finding = finding_seen(request, pk)
    try:
        above = list_around(request, finding).above.get(finding.pk, ())
        accepted = actions.accept_above(finding=finding, among=above, by=request.user, at=timezone.now())
    except IntakeRefusal as refused:
        return refuse(request, finding, refused)
    told = _("已接受 %d 条；按“撤销”可以一次取回。") % len(accepted)
    following = next_open(request, finding)
    return answer_list(request, finding.intake, told, at=str(following) if following else "")


@require_POST
@needs("plans.edit")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo this person's newest step."""
    intake = opened(request, pk)
    try:
        step = actions.undo(intake=intake, by=request.user, at=timezone.now())
    except IntakeRefusal as refused:
        return answer_list(request, intake, str(refused), level=messages.WARNING)
    touched = step.touched.select_related("finding").order_by("finding__order").first()
    undone = _("已撤销：%s。") % (step.undoes.get_move_display() if step.undoes else "")
    finding = touched.finding if touched else None
    return answer_list(request, intake, undone, at=str(finding.pk) if finding else "", finding=finding)


def seen_version(request: HttpRequest) -> int:
    """Return the version of the finding that was on the reviewer's screen; 0 where none was sent."""
    sent = request.POST.get("seen_version") or request.GET.get("seen", "")
    return int(sent) if sent.isdecimal() else 0


def answer_card(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Answer with the card as it stands and the progress; without scripts, with the next open card."""
    if not wants_part(request):
        return redirect(back_to(request, finding))
    context = frame(request, finding.intake, card=card_of(request, finding), decided_now=True)
    counts = counts_of(finding.intake)
    context |= {"progress": progress_of(counts, finding.kind), "sift": sift_of(filters_sent(request), counts)}
    return render(request, "intake/_decided.html", context)


def answer_list(
    request: HttpRequest,
    intake: Intake,
    told: str,
    *,
    at: str = "",
    finding: Finding | None = None,
    level: int = messages.SUCCESS,
) -> HttpResponse:
    """Answer a step that touched several cards with the list that the reviewer was looking at."""
    filters = filters_sent(request)
    if finding is not None:
        filters["kind"] = finding.kind
    if not wants_part(request):
        messages.add_message(request, level, told)
        page = reverse("intake:review", args=[intake.pk])
        filters["at"] = at
        return redirect(f"{page}?{filters.urlencode()}#{f'f{at}' if at else 'results'}")
    context = frame(
        request, intake, **results_of(request, intake, _with_place(filters, at)), told=told, swapped=True
    )
    answer = render(request, "intake/_results.html", context)
    return reswap(retarget(answer, "#results"), "outerHTML")  # also where a card alone had asked


def _with_place(filters: QueryDict, at: str) -> Mapping[str, Any]:
    return {**filters.dict(), "at": at}


def back_to(request: HttpRequest, finding: Finding) -> str:
    """Return the address of the next card that waits below a finding, in the list that was shown."""
    filters, following = filters_sent(request), next_open(request, finding) or finding.pk
    filters["kind"], filters["at"] = finding.kind, str(following)
    return f"{reverse('intake:review', args=[finding.intake_id])}?{filters.urlencode()}#f{following}"


def next_open(request: HttpRequest, finding: Finding) -> int | None:
    """Return the finding below one that waits for a decision, in the list that was shown; None at its end."""
    shown = list(list_around(request, finding).shown)
    place = next((index for index, one in enumerate(shown) if one.pk == finding.pk), -1)
    return next((one.pk for one in shown[place + 1 :] if one.state == FindingState.OPEN), None)


def refuse(
    request: HttpRequest, finding: Finding, refused: IntakeRefusal, *, again: str = ""
) -> HttpResponse:
    """Say on the card why something was not done: 409 with both versions, or 422 with what is missing."""
    finding = finding_seen(request, finding.pk)
    context = frame(request, finding.intake, card=card_of(request, finding), again=again)
    if isinstance(refused, StaleFinding):
        context |= {"stale": two_versions(refused)}
    else:
        context |= {"refusal": str(refused), "needs_edit": isinstance(refused, BadFacts)}
    return page_or_part(
        request, "intake/card", context, status=409 if isinstance(refused, StaleFinding) else 422
    )
