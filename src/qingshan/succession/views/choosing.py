"""Choosing what goes into the next plan: all records of a kind at once, or one of them in full."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.pages.public import answer_form
from qingshan.succession import actions, policies
from qingshan.succession.errors import SuccessionRefusal
from qingshan.succession.forms import ChoiceForm, ChoicesForm
from qingshan.succession.states import OpeningState
from qingshan.succession.views.frame import KIND_NAMES, frame, opened
from qingshan.succession.vocabulary import ItemKind

__all__ = ["choose", "one"]


@needs("plans.edit")
def choose(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Decide what becomes of the records of one kind."""
    if kind not in ItemKind.values:
        raise Http404
    found = opened(request, pk)
    policies.require(request.user, "edit", found)
    if request.method != "POST" and found.phase is not OpeningState.CHOOSING:
        raise Http404
    form = ChoicesForm(request.POST or None, choices=found.choices.filter(kind=kind))

    def act(data: Any) -> int:
        return actions.choose(opening=found, decided=form.decided(), by=request.user, at=timezone.now())

    title = str(KIND_NAMES[ItemKind(kind)])
    return answer_form(
        request, form, act, template="succession/choose",
        context=frame(found, title=title, submit=_("保存"), kind=kind), done=_next_kind(pk, kind),
        said=_("“%s”已保存。") % title, refusals=(SuccessionRefusal,),
    )  # fmt: skip


def _next_kind(pk: int, kind: str) -> str:
    """The wizard goes from kind to kind, then to the lessons."""
    kinds = list(KIND_NAMES)
    after = kinds[kinds.index(ItemKind(kind)) + 1 :]
    if after:
        return reverse("succession:choose", args=[pk, after[0].value])
    return reverse("succession:lessons", args=[pk])


@needs("plans.edit")
def one(request: HttpRequest, pk: int, choice: int) -> HttpResponse:
    """Decide on one record: how it is redefined, and its target where one is known."""
    found = opened(request, pk)
    policies.require(request.user, "edit", found)
    record = found.choices.filter(pk=choice).first()
    if record is None or (request.method != "POST" and found.phase is not OpeningState.CHOOSING):
        raise Http404
    form = ChoiceForm(request.POST or None, choice=record)

    def act(data: Any) -> int:
        decided = {record.pk: form.decided()}
        return actions.choose(opening=found, decided=decided, by=request.user, at=timezone.now())

    back = reverse("succession:choose", args=[pk, record.kind])
    return answer_form(
        request, form, act, template="succession/choice",
        context=frame(found, title=record.name, submit=_("保存"), choice=record, cancel=back), done=back,
        said=_("“%s”已保存。") % record.name, refusals=(SuccessionRefusal,),
    )  # fmt: skip
