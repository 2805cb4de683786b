"""The way in, the choice of language, and the page of interface patterns."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from qingshan.accounts.public import capabilities_of
from qingshan.portal.administration import may_administer
from qingshan.portal.patterns import pattern_samples

YEAR_S = 365 * 24 * 3600


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead people to their work: the plans, or, for administrators, what they look after."""
    if "plans.view" in capabilities_of(request.user):
        return redirect("plans:list")
    return redirect("administration" if may_administer(request.user) else "messages:inbox")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen, and go back to where one was."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "/")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if here else "/")
    if check_for_language(wanted):
        response.set_cookie("django_language", wanted, max_age=YEAR_S, samesite="Lax")
    return response


def patterns(request: HttpRequest) -> HttpResponse:
    """Show every interface pattern once, with what it is for."""
    return render(request, "portal/patterns.html", {"now": timezone.localtime(), **pattern_samples()})
