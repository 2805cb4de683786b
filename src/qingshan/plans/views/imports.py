"""Importing workbooks: template, dry run with errors by cell, then all or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
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
)
from qingshan.plans import policies
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.plan import UploadForm
from qingshan.plans.imports import KINDS, Checked, carry_out, check, template_file
from qingshan.plans.models import PlanVersion
from qingshan.plans.views.frame import frame, opened


@needs("plans.edit", "values.enter")
def imports(request: HttpRequest, code: str) -> HttpResponse:
    """Say what may be imported, and offer the templates."""
    plan = opened(request, code)
    kinds = [kind for kind in KINDS.values() if policies.may(request.user, kind.verb, plan.subject)]
    return page_or_part(request, "plans/imports", frame(request, plan, kinds=kinds))


@needs("plans.edit", "values.enter")
def template(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """Send the template of a kind of table, filled with what the plan holds."""
    plan = opened(request, code)
    if kind not in KINDS:
        raise Http404
    policies.require(request.user, KINDS[kind].verb, plan.subject)  # it holds every row of the plan
    name = f"{plan.short_name}-{KINDS[kind].label}.xlsx"
    return FileResponse(template_file(kind=kind, plan=plan), as_attachment=True, filename=name)


@needs("plans.edit", "values.enter")
def upload(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Try an upload: show what it would do and every error by its cell; carry it out when asked to."""
    plan = opened(request, code)
    if kind not in KINDS:
        raise Http404
    policies.require(request.user, KINDS[kind].verb, plan.subject)
    form = UploadForm(request.POST or None, request.FILES or None)
    context = frame(request, plan, kind=KINDS[kind], form=form, once=new_token())
    if request.method != "POST":
        return page_or_part(request, "plans/upload", context)
    sent = None if refuse_too_big(request, form) else _sent(request, form, _purpose(plan, kind))
    found = None if sent is None else _tried(request, plan, kind, form, sent)
    if sent is None or found is None:
        return page_or_part(request, "plans/upload", context, status=422)
    if found.errors or request.POST.get("carry_out") != "1":
        context |= {"found": found, "kept": _kept(request, plan, kind, sent, found)}
        return page_or_part(request, "plans/upload", context, status=422 if found.errors else 200)
    if not _carried_out(request, plan, kind, form, found):
        return page_or_part(request, "plans/upload", context, status=422)
    return redirect(reverse("plans:imports", args=[code]))


def _purpose(plan: PlanVersion, kind: str) -> str:
    return f"plans.import/{plan.subject_id}/{kind}"


def _sent(request: HttpRequest, form: UploadForm, purpose: str) -> Upload | None:
    """The file that was sent with the form, or the one that was tried before."""
    if not form.is_valid():
        return None
    if file := form.cleaned_data["file"]:
        return Upload(file.name, file.read())
    kept = kept_upload(owner=request.user, purpose=purpose, key=form.cleaned_data["kept"], at=timezone.now())
    if kept is None:
        form.add_error("file", _("试算过的文件已过期或已导入，没有写入；请重新选择文件。"))
    return kept


def _tried(
    request: HttpRequest, plan: PlanVersion, kind: str, form: UploadForm, sent: Upload
) -> Checked | None:
    try:
        return check(kind=kind, plan=plan, file=sent.file, name=sent.name, size=sent.size, by=request.user)
    except UnreadableTable as refused:
        form.add_error("file", str(refused))
        return None


def _kept(request: HttpRequest, plan: PlanVersion, kind: str, sent: Upload, found: Checked) -> str:
    """Keep a table that was found good, so that it need not be chosen again; a bad one is not kept."""
    given: dict[str, Any] = {"owner": request.user, "purpose": _purpose(plan, kind)}
    if found.errors:
        drop_upload(**given)
        return ""
    return keep_upload(**given, name=sent.name, content=sent.file.read(), at=timezone.now())


def _carried_out(
    request: HttpRequest, plan: PlanVersion, kind: str, form: UploadForm, found: Checked
) -> bool:
    try:
        with once(request):
            carry_out(checked=found, plan=plan, by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("这份文件已经导入过，没有重复导入。"))
    except LedgerRefusal as refused:  # what only the ledger can tell, e.g. that somebody was faster
        form.add_error("file", _("没有写入任何内容。%s") % refused)
        return False
    else:
        messages.success(request, _("导入完成：%(count)d 行。") % {"count": found.count})
    drop_upload(owner=request.user, purpose=_purpose(plan, kind))
    return True
