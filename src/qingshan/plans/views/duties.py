"""A department no longer answers for something: its duty ends on a day and stays for the days before."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of
from qingshan.plans import actions, policies
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.work import EndDutyForm
from qingshan.plans.queries import entries
from qingshan.plans.views.frame import frame, opened
from qingshan.plans.views.records import RECORDS


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
    form.fields["duty"].choices = [(key, one.department.name) for key, one in duties.items()]  # type: ignore[attr-defined]

    def act(data: Any) -> Any:
        return actions.end_responsibility(
            duty=duties[data["duty"]],
            on=data["on"],
            reason=data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    back = reverse(f"plans:{kind}", args=[code, work_code])
    return answer_form(
        request,
        form,
        act,
        template="plans/form",
        context=frame(request, plan, title=_("结束责任"), subtitle=str(held), cancel=back),
        done=back,
        said=_("责任已结束；此前的日子仍显示原责任单位。"),
        refusals=(LedgerRefusal, ValueError),
    )
