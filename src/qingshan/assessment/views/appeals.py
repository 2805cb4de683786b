"""Appeals: making one for one's department, and answering it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, needs
from qingshan.areas.public import Department
from qingshan.assessment import actions, policies, queries
from qingshan.assessment.errors import AssessmentRefusal
from qingshan.assessment.forms import AnswerForm, AppealForm
from qingshan.assessment.models import Appeal, Evaluation
from qingshan.assessment.reckoning import DepartmentScore
from qingshan.assessment.shown import sheet_shown
from qingshan.assessment.states import STORED, AppealState, EvaluationState
from qingshan.assessment.views.frame import frame, opened
from qingshan.assessment.vocabulary import ListName
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import answer_form, page_or_part

REFUSALS = (AssessmentRefusal, IllegalMove)


@needs("assessment.appeal")
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a line, in the name of one's department."""
    one = opened(request, pk)
    if one.phase not in STORED:
        raise Http404
    own = list(queries.own_departments(request.user, one, queries.score_of(one)))
    if not own:
        raise Forbidden(policies.CAPABILITIES["appeal"], str(one))
    form = AppealForm(
        request.POST or None,
        departments=[(str(each.department_id), each.name) for each in own],
        lines=[choice for each in own for choice in _lines(each)],
        initial={"line": request.GET.get("line", "")},
    )

    def act(data: Any) -> Appeal:
        kind, _sep, code = data["line"].partition("/")
        department = Department.objects.get(pk=int(data["department"]))
        return actions.make_appeal(
            evaluation=one, department=department, kind=kind, code=code, reason=data["reason"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="assessment/form", refusals=REFUSALS,
        context=frame(request, one, title=_("提出申诉"), submit=_("提出申诉"), draft="appeal"),
        done=lambda made: _page(one, made), said=_("申诉已提出；可在本页上传佐证。"),
    )  # fmt: skip


def _page(one: Evaluation, made: Appeal | None) -> str:
    return (
        reverse("assessment:appeal", args=[one.pk, made.pk])
        if made
        else reverse("assessment:trail", args=[one.pk])
    )


def _lines(own: DepartmentScore) -> list[tuple[str, str]]:
    """Every line of a department's sheet as a choice: ``list/code``, or ``/kind`` for a fact."""
    rows = [
        (f"{sheet.kind.value}/{line.row.code}", f"{ListName(sheet.kind.value).label}：{line.row.name}")
        for sheet in own.sheet.lists
        for line in sheet.lines
    ]
    return rows + [(f"/{each.rule.kind}", _("加减分：%s") % each.rule.name) for each in own.sheet.conduct]


@needs("plans.view")
def appeal(request: HttpRequest, pk: int, appeal_pk: int) -> HttpResponse:
    """Show an appeal; who organises answers it."""
    one = opened(request, pk)
    seen = queries.appeals_for(user=request.user, evaluation=one)
    held = next((each for each in seen if each.pk == appeal_pk), None)
    if held is None:
        raise Http404
    held.evaluation = one
    open_now = held.phase is AppealState.MADE and one.phase is EvaluationState.PUBLISHED
    may_answer = open_now and policies.may(request.user, "organise", one)
    context = frame(
        request, one, appeal=held, row=_row(one, held), may_answer=may_answer, submit=_("答复"),
        versions=held.versions.all(), title=_("申诉：%s") % held.department,
    )  # fmt: skip
    if request.method != "POST" and not may_answer:
        return page_or_part(request, "assessment/appeal", context)
    policies.require(request.user, "organise", one)
    form = AnswerForm(request.POST or None, kind=held.kind)

    def act(data: Any) -> Appeal:
        return actions.answer_appeal(
            appeal=held, upheld=data["upheld"], answer=data["answer"], correction=form.correction(data),
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="assessment/appeal", context=context, refusals=REFUSALS,
        done=reverse("assessment:trail", args=[pk]), said=_("申诉已答复，申诉人已收到通知。"),
    )  # fmt: skip


def _row(one: Evaluation, held: Appeal) -> Any:
    """The line objected to, as it is scored now; None for a fact beside the lists."""
    shown = sheet_shown(one, queries.score_of(one))
    return next(
        (
            row
            for each in shown.lists
            if each.kind == held.kind
            for row in each.rows
            if row.row.row.code == held.code
        ),
        None,
    )
