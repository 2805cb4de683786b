"""A project's milestones: reached, dropped, opened again, or put to another day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import as_of, offer
from qingshan.plans import actions, policies, queries
from qingshan.plans.forms.work import MilestoneMoveForm, MilestoneReviseForm
from qingshan.plans.models import MilestoneVersion, PlanVersion
from qingshan.plans.queries.projects import MilestoneRow
from qingshan.plans.states import MILESTONE_FLOW
from qingshan.plans.views.answering import answered
from qingshan.plans.views.frame import opened


@needs("projects.report")
def move(request: HttpRequest, code: str, work_code: str, milestone_id: int) -> HttpResponse:
    """Say that a milestone was reached, is dropped, or is open again."""
    plan, row = _opened(request, code, work_code, milestone_id)
    held = row.version
    form = MilestoneMoveForm(
        request.POST or None,
        initial={"on": beijing_day(timezone.now()), "seen_version": held.number},
    )
    offer(form, "move", ((one, MILESTONE_FLOW.label(one)) for one in row.moves))

    def act(data: Any) -> Any:
        return actions.move_milestone(
            milestone=held.subject,
            move=data["move"],
            on=data["on"],
            seen=data["seen_version"],
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return _answer(request, plan, work_code, form, act, _("办理节点"), held)


@needs("projects.report")
def revise(request: HttpRequest, code: str, work_code: str, milestone_id: int) -> HttpResponse:
    """Change the name or the day of a milestone, with the reason."""
    plan, row = _opened(request, code, work_code, milestone_id)
    held = row.version
    form = MilestoneReviseForm(
        request.POST or None,
        initial={"name": held.name, "due_on": held.due_on, "seen_version": held.number},
    )

    def act(data: Any) -> Any:
        return actions.revise_milestone(
            milestone=held.subject,
            changes={"name": data["name"], "due_on": data["due_on"]},
            seen=data["seen_version"],
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return _answer(request, plan, work_code, form, act, _("调整节点"), held)


def _opened(
    request: HttpRequest, code: str, work_code: str, milestone_id: int
) -> tuple[PlanVersion, MilestoneRow]:
    plan = opened(request, code)
    detail = queries.project_detail(user=request.user, plan=plan, code=work_code, on=as_of(request))
    policies.require(request.user, "report_project", detail.version.subject)
    for row in detail.milestones:
        if row.version.subject_id == milestone_id:
            return plan, row
    raise queries.NoSuchRecord(f"{work_code} {milestone_id}")


def _answer(
    request: HttpRequest,
    plan: PlanVersion,
    work_code: str,
    form: Any,
    act: Callable[[Any], Any],
    title: str,
    held: MilestoneVersion,
) -> HttpResponse:
    return answered(
        request,
        plan,
        form,
        act,
        title=title,
        subtitle=held.name,
        back=reverse("plans:project", args=[plan.subject.code, work_code]),
        said=_("节点已更新。"),
    )
