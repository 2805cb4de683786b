"""Importing workbooks: template, dry run with errors by cell, then all or nothing."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.pages.public import WorkbookImport, page_or_part
from qingshan.plans import policies
from qingshan.plans.errors import LedgerRefusal
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
    taken = WorkbookImport(
        purpose=f"plans.import/{plan.subject_id}/{kind}",
        check=lambda sent: check(
            kind=kind, plan=plan, file=sent.file, name=sent.name, size=sent.size, by=request.user
        ),
        carry_out=lambda found: carry_out(checked=found, plan=plan, by=request.user, at=timezone.now()),
        said=lambda found: _("导入完成：%(count)d 行。") % {"count": found.count},
        refusals=(LedgerRefusal,),
    )
    context = frame(request, plan, kind=KINDS[kind])
    return taken.answer(request, "plans/upload", context=context, done=reverse("plans:imports", args=[code]))
