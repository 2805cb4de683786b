"""Who answers for what: a department takes a duty on from a day on, and is rid of it from a day on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.areas.public import Department, department_names, departments_in
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import as_of, offer
from qingshan.plans import actions, policies
from qingshan.plans.forms.work import EndDutyForm, ResponsibilityForm
from qingshan.plans.models import PlanVersion
from qingshan.plans.queries import entries
from qingshan.plans.views.answering import answered
from qingshan.plans.views.frame import opened
from qingshan.plans.views.records import RECORDS
from qingshan.plans.views.work import KINDS
from qingshan.plans.vocabulary import ResponsibilityRole


@needs("plans.edit")
def take_on(request: HttpRequest, code: str, kind: str, work_code: str) -> HttpResponse:
    """Let a department answer for a measure, commitment or project from a day on."""
    if kind not in KINDS:
        raise Http404
    plan = opened(request, code)
    detail = KINDS[kind].find(user=request.user, plan=plan, code=work_code, on=as_of(request))
    back = reverse(f"plans:{kind}", args=[code, work_code])
    return _taken_on(request, plan, detail.version.subject, KINDS[kind].name(detail.version), back)


@needs("plans.edit")
def take_on_indicator(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Let a department answer for an indicator from a day on."""
    plan = opened(request, code)
    version = entries.indicator_version(user=request.user, plan=plan, code=indicator_code, on=as_of(request))
    back = reverse("plans:indicator", args=[code, indicator_code])
    return _taken_on(request, plan, version.subject, version.name, back)


def _taken_on(
    request: HttpRequest, plan: PlanVersion, subject: Any, subtitle: str, back: str
) -> HttpResponse:
    policies.require(request.user, "edit", subject)
    day = beijing_day(timezone.now())
    form = ResponsibilityForm(request.POST or None, initial={"valid_from": day})
    found = departments_in(plan.subject.district_id, day)
    offer(form, "department", department_names([department.pk for department in found], day).items())
    offer(form, "role", ResponsibilityRole.choices)

    def act(data: Any) -> Any:
        return actions.make_responsible(
            subject=subject,
            department=Department.objects.get(pk=data["department"]),
            role=ResponsibilityRole(data["role"]),
            valid_from=data["valid_from"],
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return answered(
        request,
        plan,
        form,
        act,
        title=_("落实责任单位"),
        subtitle=subtitle,
        back=back,
        said=_("责任单位已登记。"),
    )


@needs("plans.edit")
def end(request: HttpRequest, code: str, kind: str, work_code: str) -> HttpResponse:
    """End the duty of a department for an indicator, measure, commitment or project."""
    if kind not in RECORDS:
        raise Http404
    plan = opened(request, code)
    policies.require(request.user, "edit", plan.subject)
    rows = RECORDS[kind].rows(user=request.user, plan=plan, on=as_of(request))
    held = entries.named(rows, work_code)
    duties = {str(one.pk): one for one in entries.open_duties(held.subject)}
    form = EndDutyForm(request.POST or None, initial={"on": beijing_day(timezone.now())})
    offer(form, "duty", ((key, one.department.name) for key, one in duties.items()))

    def act(data: Any) -> Any:
        return actions.end_responsibility(
            duty=duties[data["duty"]],
            on=data["on"],
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return answered(
        request,
        plan,
        form,
        act,
        title=_("结束责任"),
        subtitle=str(held),
        back=reverse(f"plans:{kind}", args=[code, work_code]),
        said=_("责任已结束；此前的日子仍显示原责任单位。"),
    )
