"""The steps of a paper: one page for each, drawn from one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import needs
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import answer_form
from qingshan.papers import actions, policies
from qingshan.papers.errors import PaperRefusal
from qingshan.papers.forms import IssueForm, NoteForm, ReasonForm
from qingshan.papers.views.frame import allowed, frame, label_of, opened, verb_of

REFUSALS = (PaperRefusal, IllegalMove)


@dataclass(frozen=True, slots=True)
class Step:
    """A step's page: its form, the action it calls, and what is said when it is done."""

    form: type[forms.Form]
    act: Callable[..., Any]
    said: str | Promise


STEPS: dict[str, Step] = {
    "submit": Step(NoteForm, actions.submit_paper, _("已送核稿，核稿人已收到通知。")),
    "check": Step(NoteForm, actions.check_paper, _("核稿通过。")),
    "issue": Step(IssueForm, actions.issue_paper, _("公文已印发并编号，主送和抄送单位已收到通知。")),
    "send_back": Step(ReasonForm, actions.send_back_paper, _("已退回起草。")),
    "archive": Step(NoteForm, actions.archive_paper, _("公文已归档。")),
    "withdraw": Step(ReasonForm, actions.withdraw_paper, _("公文已撤销。")),
}


@needs("documents.view")
def step(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Take a step, after it is confirmed on its page."""
    if move not in STEPS:
        raise Http404
    paper = opened(request, pk)
    policies.require(request.user, verb_of(paper, move), paper)
    if request.method != "POST" and not allowed(paper, move):
        raise Http404
    made = STEPS[move]
    title = label_of(move)
    return answer_form(
        request,
        made.form(request.POST if request.method == "POST" else None),
        lambda data: made.act(paper=paper, by=request.user, at=timezone.now(), **data),
        template="papers/form",
        context=frame(paper, title=title, submit=title),
        done=reverse("papers:paper", args=[pk]),
        said=str(made.said),
        refusals=REFUSALS,
    )
