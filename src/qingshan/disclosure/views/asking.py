"""Asking what became of something one sent: by number and code, which never stand in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from qingshan.accounts.public import address_of
from qingshan.disclosure import actions, queries
from qingshan.disclosure.actions.receiving import ASKING
from qingshan.disclosure.errors import TooMany
from qingshan.disclosure.forms.sending import AskForm
from qingshan.disclosure.views.outside import outside


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show how feedback stands, and its answer."""
    form = AskForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method != "POST":
        return outside(request, "ask", {"form": form})
    if not form.is_valid():
        return outside(request, "ask", {"form": form}, status=422)
    try:
        actions.count_attempt(what=ASKING, address=address_of(request), at=timezone.now())
    except TooMany as refused:
        form.add_error(None, str(refused))
        return outside(request, "ask", {"form": form}, status=429)
    found = queries.asked(**form.cleaned_data)
    if found is None:
        form.add_error(None, _("编号或查询码不对。查询码在提交成功的页面上，由十个字母和数字组成。"))
        return outside(request, "ask", {"form": form}, status=422)
    return outside(request, "ask", {"form": form, "asked": found})
