"""The review screen: the text and what was found in it, side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qingshan.accounts.public import needs
from qingshan.intake.queries.desk import where_left_off
from qingshan.intake.states import IntakeState
from qingshan.intake.views.desk import card_of, results_of, source_of
from qingshan.intake.views.frame import finding_seen, frame, opened
from qingshan.pages.public import page_or_part, wants_part

__all__ = ["card", "resume", "review"]

LOOKERS = ("plans.edit", "plans.approve")


@needs(*LOOKERS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document beside its findings; the right half alone when only that is asked for."""
    intake = opened(request, pk)
    if intake.state == IntakeState.READING:
        return page_or_part(request, "intake/reading", frame(request, intake))
    context = frame(request, intake, **results_of(request, intake, request.GET))
    if wants_part(request):
        return render(request, "intake/_results.html", context)
    return render(request, "intake/review.html", context | source_of(request, intake))


@needs(*LOOKERS)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where this person left off."""
    intake = opened(request, pk)
    at = where_left_off(intake, request.user)
    page = reverse("intake:review", args=[pk])
    return redirect(f"{page}?kind={at.kind}&at={at.pk}#f{at.pk}" if at else page)


@needs(*LOOKERS)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one card as it stands: what a form is left for, and what a stale one is compared with."""
    finding = finding_seen(request, pk)
    if not wants_part(request):
        page = reverse("intake:review", args=[finding.intake_id])
        return redirect(f"{page}?kind={finding.kind}&at={pk}#f{pk}")
    return render(
        request, "intake/_card.html", frame(request, finding.intake, card=card_of(request, finding))
    )
