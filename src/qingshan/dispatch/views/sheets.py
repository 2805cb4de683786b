"""Workbooks: a department's template out and back in, a round as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.dispatch import policies, queries
from qingshan.dispatch import sheets as books
from qingshan.dispatch.errors import MixedUp
from qingshan.dispatch.forms import UploadForm
from qingshan.dispatch.models import Part
from qingshan.dispatch.queries import PartView
from qingshan.dispatch.views.frame import frame, opened, opened_part
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import (
    AlreadySubmitted,
    UnreadableTable,
    Upload,
    as_of,
    drop_upload,
    keep_upload,
    kept_upload,
    new_token,
    once,
    page_or_part,
    refuse_too_big,
)

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
    form = UploadForm(request.POST or None, request.FILES or None)
    context = frame(request, found.round, part=found, form=form, once=new_token(), tabs=())
    if request.method != "POST":
        return page_or_part(request, "dispatch/upload", context)
    sent = None if refuse_too_big(request, form) else _sent(request, found, form)
    checked = None if sent is None else _tried(request, found, form, sent)
    if sent is None or checked is None:
        return page_or_part(request, "dispatch/upload", context, status=422)
    if checked.errors or request.POST.get("carry_out") != "1":
        context |= {"found": checked, "kept": _kept(request, found, sent, checked)}
        return page_or_part(request, "dispatch/upload", context, status=422 if checked.errors else 200)
    if not _carried_out(request, found, form, checked):
        return page_or_part(request, "dispatch/upload", context, status=422)
    return redirect("dispatch:part", pk, part)


def _purpose(part: Part) -> str:
    return f"dispatch.part/{part.pk}"


def _sent(request: HttpRequest, part: Part, form: UploadForm) -> Upload | None:
    """The file that was sent with the form, or the one that was tried before."""
    if not form.is_valid():
        return None
    if file := form.cleaned_data["file"]:
        return Upload(file.name, file.read())
    kept = kept_upload(
        owner=request.user, purpose=_purpose(part), key=form.cleaned_data["kept"], at=timezone.now()
    )
    if kept is None:
        form.add_error("file", _("试算过的文件已过期或已导入，没有写入；请重新选择文件。"))
    return kept


def _tried(request: HttpRequest, part: Part, form: UploadForm, sent: Upload) -> books.Checked | None:
    try:
        return books.check(
            part=part, file=sent.file, name=sent.name, size=sent.size, by=request.user, at=timezone.now()
        )
    except (UnreadableTable, MixedUp) as refused:
        form.add_error("file", str(refused))
        return None


def _kept(request: HttpRequest, part: Part, sent: Upload, checked: books.Checked) -> str:
    """Keep a workbook that was found good, so that it need not be chosen again; a bad one is not kept."""
    if checked.errors:
        drop_upload(owner=request.user, purpose=_purpose(part))
        return ""
    return keep_upload(
        owner=request.user, purpose=_purpose(part), name=sent.name, content=sent.file.read(),
        at=timezone.now(),
    )  # fmt: skip


def _carried_out(request: HttpRequest, part: Part, form: UploadForm, checked: books.Checked) -> bool:
    key = request.POST.get("once", "")[:40] or new_token()
    try:
        with once(request):
            books.carry_out(checked=checked, key=key, by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("这份文件已经导入过，没有重复导入。"))
    except MixedUp as refused:
        form.add_error("file", str(refused))
        return False
    else:
        messages.success(request, _("已存稿 %d 项；请核对后提交审核。") % checked.count)
    drop_upload(owner=request.user, purpose=_purpose(part))
    return True
