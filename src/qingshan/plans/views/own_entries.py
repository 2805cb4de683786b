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
from qingshan.pages.public import answer_form, as_of
from qingshan.plans import actions
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.values import ValueForm
from qingshan.plans.forms.work import ReportForm
from qingshan.plans.queries import entries
from qingshan.plans.states import WorkState
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.frame import frame, opened
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

    back = reverse("plans:value", args=[code, indicator_code, value_id])
    return answer_form(
        request,
        form,
        act,
        template="plans/form",
        context=frame(
            request,
            plan,
            title=_("修改数值"),
            subtitle=detail.indicator.name,
            cancel=back,
            submit=_("提交审核"),
            intro=value.review_note and _("退回理由：%s") % value.review_note,
        ),
        done=back,
        said=_("数值已重新提交，由另一人审核后生效。"),
        refusals=(LedgerRefusal, ValueError),
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

    back = reverse("plans:report", args=[code, report_id])
    return answer_form(
        request,
        form,
        act,
        template="plans/form",
        context=frame(
            request,
            plan,
            title=_("修改进展报告"),
            cancel=back,
            submit=_("提交审核"),
            intro=report.review_note and _("退回理由：%s") % report.review_note,
        ),
        done=back,
        said=_("进展报告已重新提交。"),
        refusals=(LedgerRefusal, ValueError),
    )
