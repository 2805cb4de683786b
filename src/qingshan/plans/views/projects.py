"""A project's money, milestones, quantities, indicators and re-baselining."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import as_of, offer
from qingshan.plans import actions, policies, queries
from qingshan.plans.forms.quantities import QuantitiesForm
from qingshan.plans.forms.work import (
    LinkForm,
    MilestoneForm,
    MoneyForm,
    RebaselineForm,
)
from qingshan.plans.models import PlanVersion
from qingshan.plans.views.answering import answered
from qingshan.plans.views.frame import opened

_AMOUNTS = ("planned_yuan", "received_yuan", "paid_yuan")


@needs("projects.report")
def set_money(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Enter planned, received and paid money of a year from one source."""
    plan = opened(request, code)
    detail = queries.project_detail(user=request.user, plan=plan, code=work_code, on=as_of(request))
    policies.require(request.user, "report_project", detail.version.subject)
    form = MoneyForm(request.POST or None, initial={"year": beijing_day(timezone.now()).year})

    def act(data: Any) -> Any:
        return actions.set_money(
            project=detail.version.subject,
            year=data["year"],
            funds=data["funds"],
            amounts={name: data[name] for name in _AMOUNTS if data[name] is not None},
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return _answer(request, plan, work_code, form, act, _("登记资金"), detail.version.name, _("资金已登记。"))


@needs("projects.report")
def milestone(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Enter a dated step of a project."""
    plan = opened(request, code)
    detail = queries.project_detail(user=request.user, plan=plan, code=work_code, on=as_of(request))
    policies.require(request.user, "report_project", detail.version.subject)
    form = MilestoneForm(request.POST or None)

    def act(data: Any) -> Any:
        return actions.add_milestone(
            project=detail.version.subject, by=request.user, at=timezone.now(), **data
        )

    return _answer(request, plan, work_code, form, act, _("新增节点"), detail.version.name, _("节点已登记。"))


@needs("projects.report")
def rebaseline(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Propose other years, money or content, with the reason; approval makes them hold."""
    plan = opened(request, code)
    detail = queries.project_detail(user=request.user, plan=plan, code=work_code, on=as_of(request))
    policies.require(request.user, "report_project", detail.version.subject)
    held = detail.version
    form = RebaselineForm(
        request.POST or None,
        initial={**RebaselineForm.written(held), "valid_from": beijing_day(timezone.now())},
    )

    def act(data: Any) -> Any:
        now = timezone.now()
        proposal = actions.propose_rebaselining(
            project=held.subject,
            changes=form.changes(held),
            seen=data["seen_version"],
            reason=data["reason"],
            valid_from=data["valid_from"],
            by=request.user,
            at=now,
        )
        return actions.submit_rebaselining(proposal=proposal, by=request.user, at=now)

    said = _("调整申请已提交，批准后生效。")
    return _answer(request, plan, work_code, form, act, _("申请调整项目"), detail.version.name, said)


@needs("plans.edit")
def quantities(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Enter, change and take out the physical quantities of a project, with a reason."""
    plan = opened(request, code)
    held = queries.project_detail(user=request.user, plan=plan, code=work_code, on=as_of(request)).version
    policies.require(request.user, "edit", plan.subject)
    form = QuantitiesForm(
        request.POST or None,
        initial={**QuantitiesForm.written(held), "valid_from": beijing_day(timezone.now())},
    )

    def act(data: Any) -> Any:
        return actions.revise_project(
            project=held.subject,
            changes={"quantities": form.quantities()},
            seen=data["seen_version"],
            by=request.user,
            at=timezone.now(),
            reason=data["reason"],
            valid_from=data["valid_from"],
        )

    return _answer(request, plan, work_code, form, act, _("修改工程量"), held.name, _("工程量已登记。"))


@needs("plans.edit")
def link_indicators(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Say which indicators a project serves."""
    plan, day = opened(request, code), as_of(request)
    detail = queries.project_detail(user=request.user, plan=plan, code=work_code, on=day)
    policies.require(request.user, "edit", plan.subject)
    rows = {str(one.subject_id): one for one in queries.indicators_for(user=request.user, plan=plan, on=day)}
    form = LinkForm(
        request.POST or None, initial={"indicators": [one.subject_id for one in detail.indicators]}
    )
    offer(form, "indicators", ((key, one.name) for key, one in rows.items()))

    def act(data: Any) -> Any:
        return actions.set_linked_indicators(
            project=detail.version.subject,
            indicators=[rows[key].subject for key in data["indicators"]],
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return _answer(
        request, plan, work_code, form, act, _("关联指标"), detail.version.name, _("关联的指标已登记。")
    )


def _answer(
    request: HttpRequest,
    plan: PlanVersion,
    work_code: str,
    form: Any,
    act: Any,
    title: str,
    subtitle: str,
    said: str,
) -> HttpResponse:
    back = reverse("plans:project", args=[plan.subject.code, work_code])
    return answered(request, plan, form, act, title=title, subtitle=subtitle, back=back, said=said)
