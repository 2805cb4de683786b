"""What other departments do with a paper: co-sign it, sign for it, write on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.pages.public import answer_form
from qingshan.papers import actions, policies
from qingshan.papers.forms import InstructionForm, NothingForm, OpinionForm
from qingshan.papers.models import Opinion, Paper, PaperParty
from qingshan.papers.states import FROZEN
from qingshan.papers.views.frame import frame, opened
from qingshan.papers.views.steps import REFUSALS


@needs("documents.view")
def opinion(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Give one's department's opinion."""
    paper = opened(request, pk)
    found = Opinion.objects.select_related("department__district", "paper").filter(paper=paper, pk=opinion)
    asked = _one(found)
    policies.require_voice(request.user, asked.department)

    def act(data: Any) -> Any:
        return actions.answer_opinion(opinion=asked, by=request.user, at=timezone.now(), **data)

    return _answered(request, paper, OpinionForm(request.POST or None), act, _("会签"), _("会签意见已提交。"))


@needs("documents.view")
def receive(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Sign for it in one's department's name."""
    paper = opened(request, pk)
    found = PaperParty.objects.select_related("department__district", "paper").filter(paper=paper, pk=party)
    named = _one(found)
    policies.require_voice(request.user, named.department)

    def act(data: Any) -> Any:
        return actions.receive_paper(party=named, by=request.user, at=timezone.now())

    form = NothingForm(request.POST if request.method == "POST" else None)
    return _answered(request, paper, form, act, _("签收"), _("已签收。"))


@needs("papers.issue")
def instruct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on it."""
    paper = opened(request, pk)
    if paper.phase not in FROZEN:
        raise Http404

    def act(data: Any) -> Any:
        return actions.instruct(paper=paper, by=request.user, at=timezone.now(), **data)

    return _answered(request, paper, InstructionForm(request.POST or None), act, _("批示"), _("批示已保存。"))


def _one(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _answered(request: HttpRequest, paper: Paper, form: Any, act: Any, title: str, said: str) -> HttpResponse:
    return answer_form(
        request,
        form,
        act,
        template="papers/form",
        context=frame(paper, title=title, submit=title),
        done=reverse("papers:paper", args=[paper.pk]),
        said=said,
        refusals=REFUSALS,
    )
