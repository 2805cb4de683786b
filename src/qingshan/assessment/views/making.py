"""Setting an evaluation up, naming who evaluates, and the function zones."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs, users_who_can
from qingshan.assessment import actions, policies, queries
from qingshan.assessment.errors import AssessmentRefusal, UnusableScheme
from qingshan.assessment.forms import ConfirmForm, EvaluatorForm, NewEvaluationForm, ZonesForm
from qingshan.assessment.models import Evaluation
from qingshan.assessment.reckoning import scheme_in
from qingshan.assessment.schemes import schemes_for
from qingshan.assessment.views.frame import frame, opened
from qingshan.assessment.vocabulary import EvaluatorKind, Purpose
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form


@needs("assessment.organise")
def new(request: HttpRequest) -> HttpResponse:
    """Set an evaluation up."""
    today = beijing_day(timezone.now())
    found = {one.subject.code: one for one in queries.plans_to_evaluate(user=request.user, on=today)}
    districts = {one.subject.district_id for one in found.values()}
    schemes = {kept.code: kept for district in districts for kept in schemes_for(district)}
    people = {user.pk: user for district in districts for user in _evaluators(district)}
    form = NewEvaluationForm(
        request.POST or None,
        plans=[(code, one.name) for code, one in found.items()],
        schemes=[(code, f"{kept.scheme.name}（{code}）") for code, kept in schemes.items()],
        zones=dict.fromkeys(zone for kept in schemes.values() for zone in kept.scheme.zones),
        people=[(str(pk), _told(user)) for pk, user in people.items()],
        initial={
            "on": today, "year": today.year - 1, "purpose": Purpose.YEARLY,
            "plan": request.GET.get("plan", ""), "evaluator_kind": EvaluatorKind.OWN,
            "evaluators": [str(request.user.pk)],
        },
    )  # fmt: skip

    def act(data: Any) -> Evaluation:
        return actions.create_evaluation(
            plan=found[data["plan"]].subject, purpose=Purpose(data["purpose"]), year=data["year"],
            on=data["on"], scheme=data["scheme"], zone=data["zone"],
            evaluator_kind=EvaluatorKind(data["evaluator_kind"]), evaluator_name=data["evaluator_name"],
            evaluators=[people[int(pk)] for pk in data["evaluators"]],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    context = {
        "title": _("组织评估"),
        "submit": _("组织评估"),
        "cancel": reverse("assessment:list"),
        "draft": "evaluation",
    }
    return answer_form(
        request, form, act, template="assessment/form", context=context, refusals=(AssessmentRefusal,),
        done=_page, said=_("评估已建立，评估人员已收到通知。"),
    )  # fmt: skip


def _page(made: Evaluation | None) -> str:
    return reverse("assessment:evaluation", args=[made.pk]) if made else reverse("assessment:list")


def _evaluators(district_id: int) -> Any:
    return users_who_can(policies.CAPABILITIES["evaluate"], district_id=district_id)


def _told(user: Any) -> str:
    return f"{user}（{user.department}）" if user.department_id else str(user)


@needs("assessment.organise")
def evaluators(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody to evaluate besides."""
    one = opened(request, pk)
    policies.require(request.user, "organise", one)
    named = list(one.evaluators.filter(until_at__isnull=True).select_related("user__department"))
    taken = {row.user_id for row in named}
    people = {user.pk: user for user in _evaluators(one.plan.district_id) if user.pk not in taken}
    form = EvaluatorForm(request.POST or None, people=[(str(pk), _told(user)) for pk, user in people.items()])

    def act(data: Any) -> None:
        actions.name_evaluator(
            evaluation=one, user=people[int(data["user"])], by=request.user, at=timezone.now()
        )

    return answer_form(
        request, form, act, template="assessment/evaluators", refusals=(AssessmentRefusal,),
        context=frame(request, one, title=_("评估人员"), submit=_("指定"), named=named, people=people),
        done=reverse("assessment:evaluators", args=[pk]), said=_("已指定，本人会收到通知。"),
    )  # fmt: skip


@needs("assessment.organise")
def release(request: HttpRequest, pk: int, evaluator_pk: int) -> HttpResponse:
    """Take somebody off an evaluation."""
    one = opened(request, pk)
    policies.require(request.user, "organise", one)
    row = (
        one.evaluators.filter(pk=evaluator_pk, until_at__isnull=True)
        .select_related("user", "evaluation__plan")
        .first()
    )
    if row is None:
        raise Http404
    return answer_form(
        request, ConfirmForm(request.POST if request.method == "POST" else None),
        lambda _data: actions.release_evaluator(evaluator=row, by=request.user, at=timezone.now()),
        template="assessment/form", refusals=(AssessmentRefusal,),
        context=frame(request, one, title=_("解除评估人员：%s") % row.user, submit=_("解除")),
        done=reverse("assessment:evaluators", args=[pk]), said=_("已解除；此前的核查意见保留。"),
    )  # fmt: skip


@needs("assessment.organise")
def zones(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in which function zone the district and its departments lie."""
    one = opened(request, pk)
    policies.require(request.user, "organise", one)
    try:
        departments = {each.department_id: each.name for each in queries.score_of(one).departments}
    except UnusableScheme:
        departments = {}
    held = {"zone": one.zone, **{f"d{key}": zone for key, zone in one.zones.items()}}
    form = ZonesForm(request.POST or None, zones=scheme_in(one).zones, departments=departments, initial=held)

    def act(data: Any) -> None:
        actions.set_zones(
            evaluation=one, zone=data["zone"], zones=form.chosen(data), by=request.user, at=timezone.now()
        )

    return answer_form(
        request, form, act, template="assessment/form", refusals=(AssessmentRefusal,),
        context=frame(request, one, title=_("功能区"), submit=_("保存")),
        done=reverse("assessment:evaluation", args=[pk]), said=_("功能区已保存，评分按其权重重算。"),
    )  # fmt: skip
