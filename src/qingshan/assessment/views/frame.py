"""What the pages of one evaluation share: the evaluation, if one may see it, its tabs, and the doors out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.assessment import policies, queries
from qingshan.assessment.models import Evaluation
from qingshan.assessment.queries import NoSuchEvaluation
from qingshan.assessment.reckoning import Scored
from qingshan.assessment.states import EVALUATION_FLOW, OPEN, STORED, EvaluationState
from qingshan.assessment.vocabulary import Purpose
from qingshan.pages.public import Door, Tab
from qingshan.plans import public as plans

__all__ = ["VERBS", "doors", "frame", "opened"]

#: Move of the flow -> verb of the policies.
VERBS: Mapping[str, str] = {
    "preview": "enter",
    "go_on": "enter",
    "freeze": "organise",
    "thaw": "organise",
    "publish": "publish",
    "close": "publish",
    "cancel": "organise",
}
_PRIMARY = ("preview", "freeze", "publish")
_TABS = (
    (_("评分"), "assessment:evaluation", ("evaluation",)),
    (_("每一分的来历"), "assessment:points", ("points",)),
    (_("变化和申诉"), "assessment:trail", ("trail", "appeal", "make_appeal")),
)


def opened(request: HttpRequest, pk: int) -> Evaluation:
    """Return an evaluation that the person may see; to others it is not there (404)."""
    try:
        return queries.evaluation_for(user=request.user, pk=pk)
    except NoSuchEvaluation:
        raise Http404 from None


def frame(request: HttpRequest, evaluation: Evaluation, **more: Any) -> dict[str, Any]:
    """Return the context that ``assessment/frame.html`` stands on."""
    head = plans.head_of(plan=evaluation.plan, on=evaluation.on)
    here = getattr(request.resolver_match, "url_name", "")
    return {
        "evaluation": evaluation,
        "plan_name": head["name"],
        "plan_short": head["short_name"],
        "purpose": Purpose(evaluation.purpose).label,
        "simulated": evaluation.plan.simulated,
        "tabs": [
            Tab(label, reverse(name, args=[evaluation.pk]), here in names) for label, name, names in _TABS
        ],
        "cancel": reverse("assessment:evaluation", args=[evaluation.pk]),
        **more,
    }


def doors(request: HttpRequest, evaluation: Evaluation, scored: Scored | None) -> list[Door]:
    """Return what the person may do to the evaluation now, in the order of the work."""
    may = {verb: policies.may(request.user, verb, evaluation) for verb in ("enter", "organise", "publish")}
    here, phase = [evaluation.pk], evaluation.phase
    found = [
        Door(EVALUATION_FLOW.label(move), reverse("assessment:step", args=[*here, move]), move in _PRIMARY)
        for move in EVALUATION_FLOW.moves_from(phase)
        if may[VERBS[move]]
    ]
    if phase in OPEN and may["enter"]:
        found.append(Door(_("填写结论"), reverse("assessment:conclusion", args=here)))
        found.append(Door(_("登记加减分"), reverse("assessment:fact", args=here)))
        found.append(Door(_("建议调整目标"), reverse("assessment:recommend", args=here)))
    if phase in OPEN and may["organise"]:
        found.append(Door(_("评估人员"), reverse("assessment:evaluators", args=here)))
        if scored is not None and scored.scheme.zones:
            found.append(Door(_("功能区"), reverse("assessment:zones", args=here)))
    if phase in STORED and may["organise"] and queries.report_drafted(evaluation) is None:
        found.append(Door(_("起草评估报告"), reverse("assessment:report", args=here)))
    if phase is EvaluationState.PUBLISHED and _may_appeal(request, evaluation, scored):
        found.append(Door(_("提出申诉"), reverse("assessment:make_appeal", args=here), primary=True))
    if scored is not None:
        found.append(Door(_("导出 Excel"), reverse("assessment:workbook", args=here), download=True))
    return found


def _may_appeal(request: HttpRequest, evaluation: Evaluation, scored: Scored | None) -> bool:
    return scored is not None and bool(queries.own_departments(request.user, evaluation, scored))
