"""Pages of the audit: the list for the audit administrator, the trail of one record, a check of the chain."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingshan.accounts.public import Forbidden, User, can, needs
from qingshan.audit import public as audit
from qingshan.documents import public as documents
from qingshan.jobs.public import enqueue
from qingshan.kernel.refs import Ref
from qingshan.pages.public import page_or_part, show_list
from qingshan.portal.auditing.acts import name_of
from qingshan.portal.auditing.names import dress_with_names, named
from qingshan.portal.auditing.records import RECORDS, shown_detail

#: More of a trail than anybody reads; the list with its filters shows the rest.
_TRAIL_AT_MOST = 200


@require_GET
@needs("audit.view")
def records(request: HttpRequest) -> HttpResponseBase:
    """List all entries."""
    return show_list(request, RECORDS, audit.entries(), dress=dress_with_names)


@require_GET
@login_required
def trail(request: HttpRequest, subject: Ref) -> HttpResponse:
    """Show what was done to one record, to auditors and to whoever may see the record."""
    if not can(request.user, "audit.view") and not documents.may_see(request.user, subject):
        raise Forbidden("audit.view", _("这一记录的审计"))
    steps = [
        (entry, name_of(entry.action), shown_detail(entry)) for entry in audit.trail(subject)[:_TRAIL_AT_MOST]
    ]
    name, address = named([subject]).get(subject, ("", ""))
    # The auditor learns what the record is called; its page is for those who may see the record.
    leads = bool(address) and (documents.may_see(request.user, subject) or _is_person(subject))
    context = {"subject": subject, "name": name, "address": address if leads else "", "steps": steps}
    return page_or_part(request, "audit/trail", context)


def _is_person(subject: Ref) -> bool:
    """Accounts are open to all three administrators, the auditor among them."""
    return subject.family == "accounts.user"


@require_POST
@needs("audit.view")
def verification(request: HttpRequest) -> HttpResponse:
    """Start a check of the whole chain in the background."""
    with transaction.atomic():
        job = enqueue(
            "portal.verify_audit",
            by=cast(User, request.user),
            at=now(),
            unique_key="portal.verify_audit",
            about=Ref("audit", "chain", "all"),
        )
    return redirect("jobs:job", job.pk)
