"""The list of indicators, one indicator, and what may be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Door, as_of, page_or_part, show_list
from qingshan.plans import actions, policies, queries
from qingshan.plans.forms.targets import AdjustTargetForm, AssignTargetForm, ReviseTargetForm
from qingshan.plans.forms.values import NotEvaluableForm
from qingshan.plans.lists.indicators import INDICATORS, rows_shown
from qingshan.plans.models import PlanVersion
from qingshan.plans.queries import entries, own
from qingshan.plans.views.answering import answered
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.frame import door_if, frame, opened


@needs("plans.view")
def indicators(request: HttpRequest, code: str) -> HttpResponseBase:
    """List a plan's indicators with target, latest value and verdict."""
    plan = opened(request, code)
    day = as_of(request)
    versions = queries.indicators_for(user=request.user, plan=plan, on=day)
    upload = reverse("plans:imports", args=[code])
    doors = [
        door_if(request, "edit", plan.subject, _("新增指标"), reverse("plans:add_indicator", args=[code])),
        door_if(request, "enter_value", plan.subject, _("导入 Excel"), upload, primary=True),
    ]
    context = frame(request, plan, intro=_counted_words(plan), actions=doors)

    def present(found: Any) -> Any:
        return rows_shown(
            request, queries.indicator_rows(user=request.user, plan=plan, on=day, versions=found)
        )

    return show_list(request, INDICATORS, versions, context, present=present)


@needs("plans.view")
def indicator(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Show one indicator: verdict and method, targets, values by kind, passage, history."""
    plan = opened(request, code)
    detail = queries.indicator_detail(user=request.user, plan=plan, code=indicator_code, on=as_of(request))
    subject = detail.version.subject
    words = (code, indicator_code)
    context = frame(
        request,
        plan,
        detail=detail,
        may_edit=policies.may(request.user, "edit", subject),
        end_duty_url=policies.may(request.user, "edit", plan.subject)
        and reverse("plans:end_duty", args=[code, "indicator", indicator_code]),
        may_approve=policies.may(request.user, "approve", subject),
        may_enter=policies.may(request.user, "enter_value", subject),
        changeable=own.changeable(detail.not_evaluable, request.user),
        own_adjustments=own.changeable([one for one, _words in detail.adjustments], request.user),
        actions=[
            Door(_("附件"), reverse("documents:of", args=[subject.ref])),
            door_if(request, "edit", plan.subject, _("修改"), reverse("plans:revise_indicator", args=words)),
            door_if(request, "edit", plan.subject, _("新增目标"), reverse("plans:add_target", args=words)),
            door_if(request, "edit", subject, _("责任单位"), reverse("plans:indicator_duty", args=words)),
            door_if(
                request, "edit", plan.subject, _("分派到人"), reverse("workflow:record", args=[subject.ref])
            ),
            door_if(
                request, "enter_value", subject, _("申请不予评估"), reverse("plans:not_evaluable", args=words)
            ),
            door_if(
                request,
                "enter_value",
                subject,
                _("录入数值"),
                reverse("plans:enter_value", args=words),
                primary=True,
            ),
        ],
    )
    return page_or_part(request, "plans/indicator", context)


@needs("plans.edit")
def assign_target(request: HttpRequest, code: str, indicator_code: str, year: int) -> HttpResponse:
    """Enter the letter by which the upper level assigns an open target."""
    plan = opened(request, code)
    held = entries.target_version(
        user=request.user, plan=plan, code=indicator_code, year=year, on=as_of(request)
    )
    policies.require(request.user, "edit", held.version.subject)
    initial = {
        "assigned_by": held.version.typed.authority if held.version.typed else "",
        "letter_on": beijing_day(timezone.now()),
        "unit": held.indicator.unit,
        "seen_version": held.version.number,
    }
    form = AssignTargetForm(request.POST or None, request.FILES or None, initial=initial)

    def act(data: Any) -> Any:
        now, target = timezone.now(), held.version.subject
        letter = attached(data["letter"], to=target.ref, by=request.user, at=now, title=data["letter_number"])
        return actions.assign_target(
            target=target,
            typed=form.typed(),
            authority=data["assigned_by"],
            letter_number=data["letter_number"],
            letter_on=data["letter_on"],
            letter=letter,
            seen=data["seen_version"],
            by=request.user,
            at=now,
        )

    title = _("登记%(year)d年目标下达文件") % {"year": year}
    return _answer(
        request, plan, indicator_code, form, act, title, held.indicator.name, _("下达目标已登记。")
    )


@needs("plans.approve")
def revise_target(request: HttpRequest, code: str, indicator_code: str, year: int) -> HttpResponse:
    """Change a target from a day on, with a reason; the former version stays."""
    plan = opened(request, code)
    held = entries.target_version(
        user=request.user, plan=plan, code=indicator_code, year=year, on=as_of(request)
    )
    policies.require(request.user, "approve", held.version.subject)
    form = ReviseTargetForm(request.POST or None, initial=_as_it_stands(held))

    def act(data: Any) -> Any:
        return actions.revise_target(
            target=held.version.subject,
            changes={"typed": form.typed(), "raw": data["raw"]},
            seen=data["seen_version"],
            by=request.user,
            at=timezone.now(),
            reason=data["reason"],
            valid_from=data["valid_from"],
        )

    title = _("调整%(year)d年目标") % {"year": year}
    return _answer(request, plan, indicator_code, form, act, title, held.indicator.name, _("目标已调整。"))


@needs("values.enter")
def adjust_target(request: HttpRequest, code: str, indicator_code: str, year: int) -> HttpResponse:
    """Propose that a target be changed; a second person with the right to approve plans decides."""
    plan = opened(request, code)
    held = entries.target_version(
        user=request.user, plan=plan, code=indicator_code, year=year, on=as_of(request)
    )
    policies.require(request.user, "enter_value", held.version.subject)
    form = AdjustTargetForm(request.POST or None, request.FILES or None, initial=_as_it_stands(held))

    def act(data: Any) -> Any:
        now = timezone.now()
        proposal = actions.propose_adjustment(
            target=held.version.subject, **form.proposed(), by=request.user, at=now
        )
        attached(data["attachment"], to=proposal.ref, by=request.user, at=now)
        return actions.submit_adjustment(proposal=proposal, by=request.user, at=now)

    title = _("申请调整%(year)d年目标") % {"year": year}
    return _answer(
        request, plan, indicator_code, form, act, title, held.indicator.name, _("申请已提交，批准后生效。")
    )


def _as_it_stands(held: entries.HeldTarget) -> dict[str, Any]:
    """A target as the forms that change it show it at first."""
    typed = held.version.typed
    return {
        **(ReviseTargetForm.asked(typed) if typed else {}),
        "raw": held.version.raw,
        "valid_from": beijing_day(timezone.now()),
        "seen_version": held.version.number,
    }


@needs("values.enter")
def not_evaluable(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Ask that a year be left out of account; a second person decides."""
    plan = opened(request, code)
    version = entries.indicator_version(user=request.user, plan=plan, code=indicator_code, on=as_of(request))
    policies.require(request.user, "enter_value", version.subject)
    form = NotEvaluableForm(request.POST or None, request.FILES or None)

    def act(data: Any) -> Any:
        now = timezone.now()
        statement = actions.declare_not_evaluable(
            indicator=version.subject, **form.said(), by=request.user, at=now
        )
        attached(data["attachment"], to=statement.ref, by=request.user, at=now)
        return actions.submit_not_evaluable(statement=statement, by=request.user, at=now)

    title = _("申请不予评估")
    return _answer(
        request, plan, indicator_code, form, act, title, version.name, _("已提交，等待另一人审核。")
    )


def _answer(
    request: HttpRequest,
    plan: PlanVersion,
    indicator_code: str,
    form: Any,
    act: Any,
    title: str,
    subtitle: str,
    said: str,
) -> HttpResponse:
    back = reverse("plans:indicator", args=[plan.subject.code, indicator_code])
    return answered(request, plan, form, act, title=title, subtitle=subtitle, back=back, said=said)


def _counted_words(plan: PlanVersion) -> str:
    """Rows and indicators of each printed table: 39 rows may be 36 indicators."""
    told = _("%(name)s：印出 %(rows)d 行，计 %(count)d 项指标")
    return "；".join(
        told % {"name": table.name, "rows": table.rows_printed, "count": table.indicators_counted}
        for table in queries.printed_tables(plan=plan)
    )
