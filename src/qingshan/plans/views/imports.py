"""Importing workbooks: template, dry run with errors by cell, then all or nothing."""

from __future__ import annotations

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
    new_token,
    once,
    page_or_part,
    refuse_too_big,
)
from qingshan.plans import policies
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.plan import UploadForm
from qingshan.plans.imports import KINDS, carry_out, check, template_file
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
    if refuse_too_big(request, form) or not form.is_valid():
        return page_or_part(request, "plans/upload", context, status=422)
    file = form.cleaned_data["file"]
    try:
        found = check(kind=kind, plan=plan, file=file, name=file.name, size=file.size, by=request.user)
    except UnreadableTable as refused:
        form.add_error("file", str(refused))
        return page_or_part(request, "plans/upload", context, status=422)
    if found.errors or request.POST.get("carry_out") != "1":
        return page_or_part(
            request, "plans/upload", {**context, "found": found}, status=422 if found.errors else 200
        )
    try:
        with once(request):
            carry_out(checked=found, plan=plan, by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("这份文件已经导入过，没有重复导入。"))
    except LedgerRefusal as refused:  # what only the ledger can tell, e.g. that somebody was faster
        form.add_error("file", _("没有写入任何内容。%s") % refused)
        return page_or_part(request, "plans/upload", context, status=422)
    else:
        messages.success(request, _("导入完成：%(count)d 行。") % {"count": found.count})
    return redirect(reverse("plans:imports", args=[code]))
