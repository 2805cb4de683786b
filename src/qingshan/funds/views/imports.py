"""Importing receipts and payments: template, dry run with errors by cell, then all or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.funds.errors import FundsRefusal
from qingshan.funds.forms.money import UploadForm
from qingshan.funds.imports import Checked, carry_out, check, template_file
from qingshan.funds.views.frame import frame
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
    form = UploadForm(request.POST or None, request.FILES or None)
    context = frame(request, plan=plan, simulated=plan.subject.simulated, form=form, once=new_token())
    if request.method != "POST":
        return page_or_part(request, "funds/import", context)
    sent = None if refuse_too_big(request, form) else _sent(request, form, plan)
    found = None if sent is None else _tried(request, plan, form, sent)
    if sent is None or found is None:
        return page_or_part(request, "funds/import", context, status=422)
    if found.errors or request.POST.get("carry_out") != "1":
        context |= {"found": found, "kept": _kept(request, plan, sent, found)}
        return page_or_part(request, "funds/import", context, status=422 if found.errors else 200)
    if not _carried_out(request, plan, form, found):
        return page_or_part(request, "funds/import", context, status=422)
    return redirect("funds:entries", code)


def _purpose(plan: Any) -> str:
    return f"funds.import/{plan.subject_id}"


def _sent(request: HttpRequest, form: UploadForm, plan: Any) -> Upload | None:
    """The file that was sent with the form, or the one that was tried before."""
    if not form.is_valid():
        return None
    if file := form.cleaned_data["file"]:
        return Upload(file.name, file.read())
    kept = kept_upload(
        owner=request.user, purpose=_purpose(plan), key=form.cleaned_data["kept"], at=timezone.now()
    )
    if kept is None:
        form.add_error("file", _("试算过的文件已过期或已导入，没有写入；请重新选择文件。"))
    return kept


def _tried(request: HttpRequest, plan: Any, form: UploadForm, sent: Upload) -> Checked | None:
    try:
        return check(
            plan=plan.subject, file=sent.file, name=sent.name, size=sent.size, by=request.user,
            on=beijing_day(timezone.now()),
        )  # fmt: skip
    except UnreadableTable as refused:
        form.add_error("file", str(refused))
        return None


def _kept(request: HttpRequest, plan: Any, sent: Upload, found: Checked) -> str:
    """Keep a table that was found good, so that it need not be chosen again; a bad one is not kept."""
    given: dict[str, Any] = {"owner": request.user, "purpose": _purpose(plan)}
    if found.errors:
        drop_upload(**given)
        return ""
    return keep_upload(**given, name=sent.name, content=sent.file.read(), at=timezone.now())


def _carried_out(request: HttpRequest, plan: Any, form: UploadForm, found: Checked) -> bool:
    now = timezone.now()
    try:
        with once(request):
            carry_out(checked=found, plan=plan.subject, by=request.user, at=now, on=beijing_day(now))
    except AlreadySubmitted:
        messages.info(request, _("这份文件已经导入过，没有重复导入。"))
    except FundsRefusal as refused:
        form.add_error("file", _("没有写入任何内容。%s") % refused)
        return False
    else:
        messages.success(request, _("导入完成：%(count)d 行。") % {"count": found.count})
    drop_upload(owner=request.user, purpose=_purpose(plan))
    return True
