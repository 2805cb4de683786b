"""Rows out to a workbook and in again: a dry run with every wrong cell, then all rows or none."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.annual import policies, queries, table
from qingshan.annual.errors import AnnualRefusal
from qingshan.annual.forms import UploadForm
from qingshan.annual.models import AnnualPlan, AnnualRowVersion
from qingshan.annual.views.frame import frame, opened
from qingshan.annual.wording import title_of
from qingshan.pages.public import WorkbookImport, today


@needs("plans.edit")
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the rows as a workbook that can be changed and read back."""
    annual = opened(request, pk)
    policies.require(request.user, "edit", annual)
    name = f"{title_of(annual)}-{annual.year}-{_('年度计划')}.xlsx"
    file = table.workbook(annual=annual, rows=_rows(request, annual), on=today())
    return FileResponse(file, as_attachment=True, filename=name)


@needs("plans.edit")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Try an upload: show what it would do and every error by its cell; carry it out when asked to."""
    annual = opened(request, pk)
    policies.require(request.user, "edit", annual)
    taken = WorkbookImport(
        purpose=f"annual.table/{annual.pk}",
        check=lambda sent: table.check(
            annual=annual, rows=_rows(request, annual), file=sent.file, name=sent.name, size=sent.size
        ),
        carry_out=lambda found: table.carry_out(
            checked=found, annual=annual, by=request.user, at=timezone.now()
        ),
        said=lambda found: _("导入完成：改动 %(count)d 行。") % {"count": found.count},
        refusals=(AnnualRefusal,),
        form=UploadForm,
    )
    done = reverse("annual:rows", args=[pk])
    return taken.answer(request, "annual/upload", context=frame(request, annual), done=done)


def _rows(request: HttpRequest, annual: AnnualPlan) -> list[AnnualRowVersion]:
    return list(queries.versions_for(user=request.user, annual=annual, on=today()))
