"""Lessons of the old plan: written down, or taken from its published evaluations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.pages.public import answer_form
from qingshan.succession import actions, policies
from qingshan.succession.errors import SuccessionRefusal
from qingshan.succession.forms import LessonForm
from qingshan.succession.states import OpeningState
from qingshan.succession.views.frame import frame, opened

__all__ = ["drop", "lessons", "take"]


@needs("plans.edit")
def lessons(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the lessons of an opening, and add one."""
    found = opened(request, pk)
    policies.require(request.user, "edit", found)
    if request.method != "POST" and found.phase is not OpeningState.CHOOSING:
        raise Http404
    form = LessonForm(request.POST or None)

    def act(data: Any) -> Any:
        return actions.add_lesson(opening=found, text=data["text"], by=request.user, at=timezone.now())

    here = reverse("succession:lessons", args=[pk])
    context = frame(found, title=_("经验教训"), submit=_("添加"), lessons=found.lessons.all())
    return answer_form(
        request, form, act, template="succession/lessons", context=context, done=here,
        said=_("已添加。"), refusals=(SuccessionRefusal,),
    )  # fmt: skip


@require_POST
@needs("plans.edit")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the lessons of the old plan's published evaluations."""
    found = opened(request, pk)
    policies.require(request.user, "edit", found)
    try:
        taken = actions.take_lessons(opening=found, by=request.user, at=timezone.now())
        words = _("已从评估报告取来 %d 条。") % taken if taken else _("已发布的评估报告中没有新的经验教训。")
        messages.success(request, words)
    except SuccessionRefusal as refused:
        messages.error(request, str(refused))
        return redirect("succession:opening", pk)
    return redirect("succession:lessons", pk)


@require_POST
@needs("plans.edit")
def drop(request: HttpRequest, pk: int, lesson: int) -> HttpResponse:
    """Take a lesson out of the draft."""
    found = opened(request, pk)
    policies.require(request.user, "edit", found)
    record = found.lessons.filter(pk=lesson).first()
    if record is None:
        raise Http404
    try:
        actions.drop_lesson(lesson=record, by=request.user, at=timezone.now())
        messages.success(request, _("已删去。"))
    except SuccessionRefusal as refused:
        messages.error(request, str(refused))
    return redirect("succession:opening", pk)
