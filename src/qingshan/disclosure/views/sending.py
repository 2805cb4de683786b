"""The form by which anybody sends something in, and the page that thanks for it."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from qingshan.accounts.public import address_of
from qingshan.disclosure import actions, queries
from qingshan.disclosure.errors import DisclosureRefusal, SentBefore, TooMany
from qingshan.disclosure.forms.sending import SendForm, concerning
from qingshan.disclosure.sealing import code_for
from qingshan.disclosure.views.outside import outside
from qingshan.documents.public import RefusedFile
from qingshan.pages.public import new_token, refuse_too_big

_KEY = re.compile(r"[0-9a-f]{32}")


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send something in about a plan; the same form twice is one."""
    found = queries.open_page(code)
    if not found.page.takes_feedback:
        raise Http404
    choices = concerning(found.edition.content if found.edition else None)
    begin = {"key": new_token(), "about": request.GET.get("about", "")}
    form = SendForm(request.POST or None, request.FILES or None, about=choices, initial=begin)
    context: dict[str, Any] = {"page": found.page, "plan": found.page.plan, "form": form}
    if request.method != "POST":
        return outside(request, "send", context)
    if refuse_too_big(request, form) or not form.is_valid():
        return outside(request, "send", context, status=422)
    try:
        feedback = actions.receive_feedback(
            page=found.page, address=address_of(request), at=timezone.now(), **form.given()
        )
    except SentBefore as before:
        # The same words again would be one; these are others, so they get a key of their own.
        again = SendForm({**request.POST.dict(), "key": new_token()}, about=choices)
        again.add_error(None, str(before))
        return outside(request, "send", {**context, "form": again}, status=409)
    except (DisclosureRefusal, RefusedFile) as refused:
        form.add_error(None, str(refused))
        return outside(request, "send", context, status=429 if isinstance(refused, TooMany) else 422)
    return redirect("disclosure:received", feedback.key)


@require_safe
def received(request: HttpRequest, key: str) -> HttpResponse:
    """Thank, and give number and code: whoever has the form's key is who sent it."""
    if not _KEY.fullmatch(key):
        raise Http404
    feedback = queries.received(key)
    context = {"feedback": feedback, "code": code_for(feedback.key), "plan": feedback.page.plan}
    return outside(request, "received", context)
