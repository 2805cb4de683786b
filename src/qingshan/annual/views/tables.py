"""Rows out to a workbook and in again: a dry run with every wrong cell, then all rows or none."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
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
from qingshan.pages.public import (
    AlreadySubmitted,
    UnreadableTable,
    Upload,
    drop_upload,
    keep_upload,
    kept_upload,
    new_token,
    once,
    page_or_part,
    refuse_too_big,
    today,
)


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
    form = UploadForm(request.POST or None, request.FILES or None)
    context = frame(request, annual, form=form, once=new_token())
    if request.method != "POST":
        return page_or_part(request, "annual/upload", context)
    sent = None if refuse_too_big(request, form) else _sent(request, form, annual)
    found = None if sent is None else _tried(request, annual, form, sent)
    if sent is None or found is None:
        return page_or_part(request, "annual/upload", context, status=422)
    if found.errors or request.POST.get("carry_out") != "1":
        context |= {"found": found, "kept": _kept(request, annual, sent, found)}
        return page_or_part(request, "annual/upload", context, status=422 if found.errors else 200)
    if not _carried_out(request, annual, form, found):
        return page_or_part(request, "annual/upload", context, status=422)
    return redirect(reverse("annual:rows", args=[pk]))


def _rows(request: HttpRequest, annual: AnnualPlan) -> list[AnnualRowVersion]:
    return list(queries.versions_for(user=request.user, annual=annual, on=today()))


def _purpose(annual: AnnualPlan) -> str:
    return f"annual.table/{annual.pk}"


def _sent(request: HttpRequest, form: UploadForm, annual: AnnualPlan) -> Upload | None:
    """The file that was sent with the form, or the one that was tried before."""
    if not form.is_valid():
        return None
    if file := form.cleaned_data["file"]:
        return Upload(file.name, file.read())
    kept = kept_upload(
        owner=request.user, purpose=_purpose(annual), key=form.cleaned_data["kept"], at=timezone.now()
    )
    if kept is None:
        form.add_error("file", _("试算过的文件已过期或已导入，没有写入；请重新选择文件。"))
    return kept


def _tried(request: HttpRequest, annual: AnnualPlan, form: UploadForm, sent: Upload) -> table.Checked | None:
    try:
        return table.check(
            annual=annual, rows=_rows(request, annual), file=sent.file, name=sent.name, size=sent.size
        )
    except UnreadableTable as refused:
        form.add_error("file", str(refused))
        return None


def _kept(request: HttpRequest, annual: AnnualPlan, sent: Upload, found: table.Checked) -> str:
    """Keep a table that was found good, so that it need not be chosen again; a bad one is not kept."""
    if found.errors:
        drop_upload(owner=request.user, purpose=_purpose(annual))
        return ""
    return keep_upload(
        owner=request.user, purpose=_purpose(annual), name=sent.name, content=sent.file.read(),
        at=timezone.now(),
    )  # fmt: skip


def _carried_out(request: HttpRequest, annual: AnnualPlan, form: UploadForm, found: table.Checked) -> bool:
    try:
        with once(request):
            table.carry_out(checked=found, annual=annual, by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("这份文件已经导入过，没有重复导入。"))
    except AnnualRefusal as refused:
        form.add_error("file", _("没有写入任何内容。%s") % refused)
        return False
    else:
        messages.success(request, _("导入完成：改动 %(count)d 行。") % {"count": found.count})
    drop_upload(owner=request.user, purpose=_purpose(annual))
    return True
