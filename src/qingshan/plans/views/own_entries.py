"""One's own entries that do not count yet: changed and handed in again, or taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of
from qingshan.plans import actions, queries
from qingshan.plans.forms.targets import AdjustTargetForm
from qingshan.plans.forms.values import NotEvaluableForm, ValueForm
from qingshan.plans.forms.work import RebaselineForm, ReportForm
from qingshan.plans.queries import entries, own
from qingshan.plans.states import WorkState
from qingshan.plans.views.answering import answered
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.frame import opened
from qingshan.plans.views.refusals import REFUSED, refusal_in_words

_REPORTED = ("on", "work_state", "percent", "text", "difficulties")


@needs("values.enter")
def change_value(request: HttpRequest, code: str, indicator_code: str, value_id: int) -> HttpResponse:
    """Change a value of one's own that was sent back or never handed in, and hand it in."""
    plan = opened(request, code)
    detail = entries.own_value(
        user=request.user, plan=plan, code=indicator_code, key=value_id, on=as_of(request)
    )
    value = detail.value
    letters = entries.exclusion_letters(plan)
    form = ValueForm(
        request.POST or None,
        request.FILES or None,
        letters=letters,
        initial={name: getattr(value, name) for name in ValueForm.base_fields if hasattr(value, name)}
        | {"exclusions": [letter.pk for letter in value.exclusions.all()]},
    )

    def act(data: Any) -> Any:
        now = timezone.now()
        actions.change_value(
            value=value, facts=form.said(), exclusions=form.letters_chosen(), by=request.user, at=now
        )
        attached(data["attachment"], to=value.ref, by=request.user, at=now)
        return actions.submit_value(value=value, by=request.user, at=now)

    return answered(
        request,
        plan,
        form,
        act,
        title=_("修改数值"),
        subtitle=detail.indicator.name,
        back=reverse("plans:value", args=[code, indicator_code, value_id]),
        said=_("数值已重新提交，由另一人审核后生效。"),
        submit=_("提交审核"),
        intro=_why_it_came_back(value),
    )


@require_POST
@needs("values.enter")
def withdraw_value(request: HttpRequest, code: str, indicator_code: str, value_id: int) -> HttpResponse:
    """Take a value of one's own back that does not count yet."""
    plan = opened(request, code)
    detail = entries.own_value(
        user=request.user, plan=plan, code=indicator_code, key=value_id, on=as_of(request)
    )
    try:
        actions.withdraw_value(value=detail.value, by=request.user, at=timezone.now())
        messages.success(request, _("数值已撤回。"))
    except REFUSED as refused:
        messages.error(request, refusal_in_words(refused))
    return redirect("plans:value", code, indicator_code, value_id)


@needs("measures.report", "projects.report")
def change_report(request: HttpRequest, code: str, report_id: int) -> HttpResponse:
    """Change a report of one's own that was sent back, and hand it in again."""
    plan = opened(request, code)
    report = entries.own_report(user=request.user, plan=plan, key=report_id)
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(report, name) for name in _REPORTED},
    )

    def act(data: Any) -> Any:
        now = timezone.now()
        facts = {name: data[name] for name in _REPORTED} | {"work_state": WorkState(data["work_state"])}
        actions.change_report(report=report, facts=facts, by=request.user, at=now)
        attached(data["evidence"], to=report.ref, by=request.user, at=now)
        return actions.submit_report(report=report, by=request.user, at=now)

    return answered(
        request,
        plan,
        form,
        act,
        title=_("修改进展报告"),
        back=reverse("plans:report", args=[code, report_id]),
        said=_("进展报告已重新提交。"),
        submit=_("提交审核"),
        intro=_why_it_came_back(report),
    )


@needs("values.enter")
def change_not_evaluable(
    request: HttpRequest, code: str, indicator_code: str, statement_id: int
) -> HttpResponse:
    """Change a statement of one's own that was sent back, and hand it in again."""
    plan = opened(request, code)
    version = entries.indicator_version(user=request.user, plan=plan, code=indicator_code, on=as_of(request))
    statement = own.own_statement(user=request.user, indicator=version.subject, key=statement_id)
    form = NotEvaluableForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(statement, name) for name in NotEvaluableForm.SAID},
    )

    def act(data: Any) -> Any:
        now = timezone.now()
        actions.change_not_evaluable(statement=statement, **form.said(), by=request.user, at=now)
        attached(data["attachment"], to=statement.ref, by=request.user, at=now)
        return actions.submit_not_evaluable(statement=statement, by=request.user, at=now)

    return answered(
        request,
        plan,
        form,
        act,
        title=_("修改不予评估申请"),
        subtitle=version.name,
        back=reverse("plans:indicator", args=[code, indicator_code]),
        said=_("申请已重新提交，等待另一人审核。"),
        submit=_("提交审核"),
        intro=_why_it_came_back(statement),
    )


@needs("values.enter")
def change_adjustment(
    request: HttpRequest, code: str, indicator_code: str, year: int, proposal_id: int
) -> HttpResponse:
    """Change a proposed target of one's own that was sent back, and hand it in again."""
    plan = opened(request, code)
    held = entries.target_version(
        user=request.user, plan=plan, code=indicator_code, year=year, on=as_of(request)
    )
    proposal = own.own_adjustment(user=request.user, target=held.version.subject, key=proposal_id)
    form = AdjustTargetForm(
        request.POST or None,
        request.FILES or None,
        initial={
            **(AdjustTargetForm.asked(proposal.typed) if proposal.typed else {}),
            **{name: getattr(proposal, name) for name in ("raw", "valid_from", "reason")},
            "seen_version": held.version.number,
        },
    )

    def act(data: Any) -> Any:
        now = timezone.now()
        actions.change_adjustment(proposal=proposal, **form.proposed(), by=request.user, at=now)
        attached(data["attachment"], to=proposal.ref, by=request.user, at=now)
        return actions.submit_adjustment(proposal=proposal, by=request.user, at=now)

    return answered(
        request,
        plan,
        form,
        act,
        title=_("修改目标调整申请"),
        subtitle=held.indicator.name,
        back=reverse("plans:indicator", args=[code, indicator_code]),
        said=_("调整申请已重新提交，批准后生效。"),
        submit=_("提交审核"),
        intro=_why_it_came_back(proposal),
    )


@needs("projects.report")
def change_rebaselining(request: HttpRequest, code: str, work_code: str, proposal_id: int) -> HttpResponse:
    """Change a re-baselining of one's own that was sent back, and hand it in again."""
    plan = opened(request, code)
    held = queries.project_detail(user=request.user, plan=plan, code=work_code, on=as_of(request)).version
    proposal = own.own_rebaselining(user=request.user, project=held.subject, key=proposal_id)
    initial = RebaselineForm.proposed(held, proposal)
    form = RebaselineForm(request.POST or None, initial=initial)

    def act(data: Any) -> Any:
        now = timezone.now()
        actions.change_rebaselining(
            proposal=proposal,
            changes=form.changes(held),
            seen=data["seen_version"],
            reason=data["reason"],
            valid_from=data["valid_from"],
            by=request.user,
            at=now,
        )
        return actions.submit_rebaselining(proposal=proposal, by=request.user, at=now)

    return answered(
        request,
        plan,
        form,
        act,
        title=_("修改项目调整申请"),
        subtitle=held.name,
        back=reverse("plans:project", args=[code, work_code]),
        said=_("调整申请已重新提交，批准后生效。"),
        submit=_("提交审核"),
        intro=_why_it_came_back(proposal),
    )


def _why_it_came_back(entry: Any) -> str:
    return _("退回理由：%s") % entry.review_note if entry.review_note else ""
