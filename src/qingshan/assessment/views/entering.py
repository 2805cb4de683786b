"""What evaluators enter: a row's finding, the conclusion, facts beside the lists, recommended targets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.areas.public import department_names, departments_in
from qingshan.assessment import actions, policies, queries
from qingshan.assessment.errors import AssessmentRefusal, UnusableScheme
from qingshan.assessment.forms import ConclusionForm, ConfirmForm, FactForm, FindingForm, RecommendationForm
from qingshan.assessment.models import Evaluation
from qingshan.assessment.reckoning import scheme_in
from qingshan.assessment.rows import read_lists
from qingshan.assessment.scoring.shapes import ListKind
from qingshan.assessment.shown import row_shown
from qingshan.assessment.states import OPEN
from qingshan.assessment.views.frame import frame, opened
from qingshan.assessment.vocabulary import ListName, Opinion
from qingshan.kernel.refs import Ref
from qingshan.pages.public import answer_form, as_of, page_or_part
from qingshan.plans import public as plans
from qingshan.workflow.public import described


@needs("plans.view")
def row(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Show one row with its findings; who is named here enters one."""
    one = opened(request, pk)
    shown = _row(request, one, kind, code)
    findings = one.findings.filter(kind=kind, code=code).select_related("by").order_by("-pk")
    may_find = one.phase in OPEN and policies.may(request.user, "evaluate", one)
    context = frame(
        request, one, row=shown, findings=findings, may_find=may_find, title=shown.row.row.name,
        submit=_("保存核查意见"), draft="finding", list_label=ListName(kind).label,
    )  # fmt: skip
    if request.method != "POST" and not may_find:
        return page_or_part(request, "assessment/row", context)
    policies.require(request.user, "evaluate", one)
    form = FindingForm(request.POST or None, initial={"opinion": Opinion.CONFIRMED})

    def act(data: Any) -> Any:
        return actions.record_finding(
            evaluation=one, kind=ListName(kind), code=code, opinion=Opinion(data["opinion"]),
            reason=data["reason"], checked=data["checked"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="assessment/row", context=context, refusals=(AssessmentRefusal,),
        done=request.path, said=_("核查意见已保存；可在下方上传佐证。"),
    )  # fmt: skip


def _row(request: HttpRequest, one: Evaluation, kind: str, code: str) -> Any:
    """The row with what it scores; to who asks for another there is none (404)."""
    if kind not in ListName.values:
        raise Http404
    try:
        scored = queries.score_of(one)
    except UnusableScheme:
        found = next((each for each in read_lists(one)[ListKind(kind)] if each.row.code == code), None)
        line = None
    else:
        found = scored.row(kind, code)
        line = scored.line(kind, code)
    if found is None:
        raise Http404
    refs = [Ref.read(found.ref)] if found.ref else []
    if not described(request.user, refs, as_of(request)):  # the sheet is everybody's, the record is not
        found = replace(found, url="")
    return row_shown(one, found, line)


@needs("plans.view")
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the conclusion."""
    one = opened(request, pk)
    policies.require(request.user, "enter", one)
    held = {"narrative": one.narrative, "problems": one.problems, "lessons": one.lessons}
    form = ConclusionForm(request.POST or None, initial=held)

    def act(data: Any) -> Any:
        return actions.write_conclusion(evaluation=one, by=request.user, at=timezone.now(), **data)

    return _answered(request, one, form, act, _("填写结论"), _("结论已保存。"), draft="conclusion")


@needs("plans.view")
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a fact that adds or takes points."""
    one = opened(request, pk)
    policies.require(request.user, "enter", one)
    departments = {each.pk: each for each in departments_in(one.plan.district_id, one.on)}
    names = department_names(departments, one.on)
    form = FactForm(request.POST or None, scheme=scheme_in(one), departments=names)

    def act(data: Any) -> Any:
        return actions.add_fact(
            evaluation=one, kind=data["kind"], count=data["count"], evidence=data["evidence"],
            department=departments[int(data["department"])] if data["department"] else None,
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _answered(request, one, form, act, _("登记加减分事项"), _("已登记，评分随之更新。"))


@needs("plans.view")
def withdraw(request: HttpRequest, pk: int, fact_pk: int) -> HttpResponse:
    """Take a fact back."""
    one = opened(request, pk)
    policies.require(request.user, "enter", one)
    held = one.facts.filter(pk=fact_pk, withdrawn_at__isnull=True).select_related("evaluation__plan").first()
    if held is None:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _answered(
        request, one, form,
        lambda _data: actions.withdraw_fact(fact=held, by=request.user, at=timezone.now()),
        _("撤回加减分事项：%s") % held.evidence, _("已撤回，不再计分。"),
    )  # fmt: skip


@needs("plans.view")
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """Recommend another target."""
    one = opened(request, pk)
    policies.require(request.user, "enter", one)
    targets = _targets(one)
    form = RecommendationForm(
        request.POST or None, targets=[(key, label) for key, (label, _unit) in targets.items()]
    )

    def act(data: Any) -> Any:
        code, _sep, year = data["target"].rpartition("/")
        typed = plans.Typed(
            plans.ValueKind.NUMBER,
            plans.Operator(data["operator"]),
            Decimal(data["value"]),
            targets[data["target"]][1],
        )
        return actions.recommend_target(
            evaluation=one, code=code, year=int(year), typed=typed, reason=data["reason"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    said = _("建议已记下；评估公布后可转为目标调整申请。")
    return _answered(request, one, form, act, _("建议调整目标"), said)


def _targets(one: Evaluation) -> dict[str, tuple[str, str]]:
    """Every target of the plan as a choice: ``code/year`` -> label and unit."""
    found = {}
    for told in read_lists(one)[ListKind.INDICATORS]:
        for year, words in plans.target_words_of(plan=one.plan, code=told.row.code).items():
            found[f"{told.row.code}/{year}"] = (f"{told.row.name} {year}：{words}", told.unit)
    return found


@needs("assessment.organise")
def pass_on(request: HttpRequest, pk: int, recommendation_pk: int) -> HttpResponse:
    """Make a recommendation a proposal in the ledger."""
    one = opened(request, pk)
    policies.require(request.user, "organise", one)
    held = one.recommendations.filter(pk=recommendation_pk).select_related("evaluation__plan").first()
    if held is None:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _answered(
        request, one, form,
        lambda _data: actions.pass_on_recommendation(recommendation=held, by=request.user, at=timezone.now()),
        _("转为目标调整申请：%s") % held.code,
        _("已转为目标调整申请；请在指标页核对后提交，由另一人批准。"),
    )  # fmt: skip


def _answered(
    request: HttpRequest, one: Evaluation, form: Any, act: Any, title: str, said: str, draft: str = "form"
) -> HttpResponse:
    return answer_form(
        request,
        form,
        act,
        template="assessment/form",
        context=frame(request, one, title=title, submit=_("保存"), draft=draft),
        done=reverse("assessment:evaluation", args=[one.pk]),
        said=said,
        refusals=(AssessmentRefusal, plans.LedgerRefusal),
    )
