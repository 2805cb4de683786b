"""Workbooks: a department's template out and back in, a round as a file."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.dispatch import policies, queries
from qingshan.dispatch import sheets as books
from qingshan.dispatch.errors import MixedUp
from qingshan.dispatch.forms import UploadForm
from qingshan.dispatch.queries import PartView
from qingshan.dispatch.views.frame import frame, opened, opened_part
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import WorkbookImport, as_of, new_token

__all__ = ["export", "template", "upload"]


@needs("plans.view")
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a round as a workbook: the rows the person sees."""
    found = opened(request, pk)
    day = as_of(request)
    file = books.round_file(
        found=found, rows=queries.rows_for(user=request.user, found=found),
        figures=queries.figures_of(found, day), whole=policies.sees_whole(request.user, found), on=day,
    )  # fmt: skip
    return FileResponse(file, as_attachment=True, filename=f"{found}.xlsx")


@needs("plans.view")
def template(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """Send a department's workbook to fill in."""
    found = opened_part(request, pk, part)
    policies.require(request.user, "report", found)
    view = PartView.of(found, as_of(request))
    file = books.template_file(part=found, rows=view.rows, on=beijing_day(timezone.now()))
    return FileResponse(
        file, as_attachment=True, filename=f"{view.name}-{found.round.period_name}-{_('填报表')}.xlsx"
    )


@needs("plans.view")
def upload(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Try a filled-in workbook: show what it would save and every error; save it when asked to."""
    found = opened_part(request, pk, part)
    policies.require(request.user, "report", found)
    key = request.POST.get("once", "")[:40] or new_token()
    taken = WorkbookImport(
        purpose=f"dispatch.part/{found.pk}",
        check=lambda sent: books.check(
            part=found, file=sent.file, name=sent.name, size=sent.size, by=request.user, at=timezone.now()
        ),
        carry_out=lambda checked: books.carry_out(
            checked=checked, key=key, by=request.user, at=timezone.now()
        ),
        said=lambda checked: _("已存稿 %d 项；请核对后提交审核。") % checked.count,
        refusals=(MixedUp,),
        refused="%s",  # its own words say that nothing was written
        form=UploadForm,
    )
    context = frame(request, found.round, part=found, tabs=())
    return taken.answer(
        request, "dispatch/upload", context=context, done=reverse("dispatch:part", args=[pk, part])
    )
