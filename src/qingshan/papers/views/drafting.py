"""Drafting a paper by hand, changing its text, its parties and its figures."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.areas.public import Department, District, departments_in
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form
from qingshan.papers import actions, policies, queries
from qingshan.papers.errors import PaperRefusal
from qingshan.papers.forms import EditForm, NewPaperForm, PartiesForm
from qingshan.papers.markup import written
from qingshan.papers.models import Paper
from qingshan.papers.states import PaperState
from qingshan.papers.views.frame import frame, home_of, opened
from qingshan.papers.views.picking import Desk, as_typed
from qingshan.papers.vocabulary import PaperKind, PartyRole

#: The choice that stands for the district's government, which is no department.
GOVERNMENT = "government"


def organs_of(request: HttpRequest, verb: str) -> dict[str, tuple[str, Department | None]]:
    """Return the organs of the person's district they may act for: their own department first."""
    home, today = home_of(request), beijing_day(timezone.now())
    found: dict[str, tuple[str, Department | None]] = {}
    own = getattr(request.user, "department_id", None)
    every = sorted(departments_in(home, today), key=lambda one: one.pk != own)
    for one in every:
        if one.district_id == home.pk and _may(request, verb, home, one):
            found[str(one.pk)] = (one.name, one)
    if _may(request, verb, home, None):
        found[GOVERNMENT] = (_("%s人民政府") % home, None)
    return found


def _may(request: HttpRequest, verb: str, home: District, department: Department | None) -> bool:
    try:
        policies.require_at(request.user, verb, home.pk, department, str(home))
    except policies.Forbidden:
        return False
    return True


@needs("documents.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Draft a paper by hand."""
    home, organs = home_of(request), organs_of(request, "edit")
    made_of = partial(NewPaperForm, organs={key: name for key, (name, _one) in organs.items()})
    form = as_typed(request, made_of)

    def act(data: Any) -> Paper:
        return actions.draft_paper(
            kind=PaperKind(data["kind"]), district=home, department=organs[data["organ"]][1],
            title=data["title"], body=data["body"], remark=data["remark"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    context = {
        "title": _("起草公文"),
        "subtitle": str(home),
        "simulated": home.simulated,
        "cancel": reverse("papers:desk"),
        **Desk.of_new(home).beside(request, form),
    }
    return answer_form(
        request, form, act, template="papers/form", context=context, refusals=(PaperRefusal,),
        done=lambda made: reverse("papers:parties", args=[made.pk]) if made else reverse("papers:desk"),
        said=_("公文稿已保存。请选择主送、抄送和会签单位。"),
    )  # fmt: skip


@needs("documents.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next text."""
    paper = _own_draft(request, pk)
    held = queries.newest_text(paper)
    shown = {"title": held.title, "body": written(held.blocks), "remark": held.remark, "seen": held.number}
    form = as_typed(request, EditForm, shown)

    def act(data: Any) -> Any:
        return actions.save_text(paper=paper, by=request.user, at=timezone.now(), **data)

    beside = Desk.of_paper(paper).beside(request, form, held.printed_figures)
    context = frame(paper, title=_("修改正文"), **beside)
    return answer_form(
        request, form, act, template="papers/form", context=context, refusals=(PaperRefusal,),
        done=reverse("papers:paper", args=[pk]), said=_("已存为新稿，原稿留在各稿记录中。"),
    )  # fmt: skip


@needs("documents.edit")
def parties(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom it goes to and who co-signs it."""
    paper = _own_draft(request, pk)
    roles = {
        "recipients": PartyRole.RECIPIENT,
        "copies_to": PartyRole.COPY,
        "cosigners": PartyRole.COSIGNER,
    }
    held: dict[str, Any] = {
        name: [str(one) for one in paper.parties.filter(role=role).values_list("department_id", flat=True)]
        for name, role in roles.items()
    }
    form = PartiesForm(
        request.POST or None, district_id=paper.district_id, on=beijing_day(timezone.now()),
        initial={**held, "receipt_due_on": paper.receipt_due_on},
    )  # fmt: skip

    def act(data: Any) -> None:
        actions.set_parties(
            paper=paper, receipt_due_on=data["receipt_due_on"], by=request.user, at=timezone.now(),
            **form.parties(data),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="papers/form", refusals=(PaperRefusal,),
        context=frame(paper, title=_("主送抄送会签")),
        done=reverse("papers:paper", args=[pk]), said=_("主送、抄送和会签单位已保存。"),
    )  # fmt: skip


@require_POST
@needs("documents.edit")
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ledger's figures of today into the next text."""
    paper = opened(request, pk)
    policies.require(request.user, "edit", paper)
    try:
        actions.update_figures(paper=paper, by=request.user, at=timezone.now())
    except PaperRefusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("数值已按台账更新，存为新稿。"))
    return redirect("papers:paper", pk)


def _own_draft(request: HttpRequest, pk: int) -> Paper:
    paper = opened(request, pk)
    policies.require(request.user, "edit", paper)
    if request.method != "POST" and paper.phase is not PaperState.DRAFTING:
        raise Http404
    return paper
