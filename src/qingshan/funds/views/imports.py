"""Importing receipts and payments: template, dry run with errors by cell, then all or nothing."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.funds.errors import FundsRefusal
from qingshan.funds.imports import Checked, carry_out, check, template_file
from qingshan.funds.views.frame import frame
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import WorkbookImport, as_of
from qingshan.plans import public as plans


@needs("projects.report")
def template(request: HttpRequest, code: str) -> HttpResponseBase:
    """Send the empty table."""
    plan = plans.plan_for(user=request.user, code=code, on=as_of(request))
    return FileResponse(
        template_file(), as_attachment=True, filename=f"{plan.short_name}-{_('资金流水')}.xlsx"
    )


@needs("projects.report")
def import_entries(request: HttpRequest, code: str) -> HttpResponse:
    """Try an upload: show what it would do and every error by its cell; carry it out when asked to."""
    plan = plans.plan_for(user=request.user, code=code, on=as_of(request))

    def carried_out(found: Checked) -> int:
        now = timezone.now()
        return carry_out(checked=found, plan=plan.subject, by=request.user, at=now, on=beijing_day(now))

    taken = WorkbookImport(
        purpose=f"funds.import/{plan.subject_id}",
        check=lambda sent: check(
            plan=plan.subject, file=sent.file, name=sent.name, size=sent.size, by=request.user,
            on=beijing_day(timezone.now()),
        ),
        carry_out=carried_out,
        said=lambda found: _("导入完成：%(count)d 行。") % {"count": found.count},
        refusals=(FundsRefusal,),
    )  # fmt: skip
    context = frame(request, plan=plan, simulated=plan.subject.simulated)
    return taken.answer(request, "funds/import", context=context, done=reverse("funds:entries", args=[code]))
