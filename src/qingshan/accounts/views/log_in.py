"""Logging in and out."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as single_sign_on
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qingshan.accounts.actions import attempts, sessions
from qingshan.accounts.address import address_of
from qingshan.accounts.errors import TooManyAttempts
from qingshan.accounts.forms.own import LogInForm
from qingshan.accounts.models import User
from qingshan.pages.public import page_or_part, wants_part


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, then lead to the second factor or back to where one was."""
    to = _next(request)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(to)
    form = LogInForm(request.POST or None, prefix_ids=wants_part(request))
    if form.is_valid() and (user := _checked(request, form)) is not None:
        response = perform_password_login(
            request, {"username": user.username}, Login(user=user, redirect_url=to)
        )
        return _logged_in_fragment(request, response) if wants_part(request) else response
    shown = {
        "form": form,
        "next": to,
        "expired": "expired" in request.GET,
        "as_dialog": wants_part(request),
        "platforms": single_sign_on().list_providers(request),
    }
    return page_or_part(request, "accounts/login", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """Log out after a click; a link alone logs nobody out."""
    if request.method == "GET" and request.user.is_authenticated:
        return page_or_part(request, "accounts/logout")
    user: Any = request.user
    if user.is_authenticated:
        sessions.close_session(user=user, key=request.session.session_key or "", at=timezone.now())
        logout(request)
    return redirect("account_login")


def _checked(request: HttpRequest, form: LogInForm) -> User | None:
    """Return the user when name and password are right; else leave one plain error on the form."""
    at = timezone.now()
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    try:
        attempt = attempts.begin_attempt(username=name, address=address_of(request), at=at)
    except TooManyAttempts as refused:
        form.add_error(None, str(refused))
        return None
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        attempts.fail(attempt=attempt, at=at)
        form.add_error(None, _("用户名或口令不正确，或者该账户已停用、锁定。"))
        return None
    attempts.succeed(attempt=attempt)
    return user


def _logged_in_fragment(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell a dialog that its page may go on, or send the page to the second factor."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    headers = {"HX-Trigger": "qingshan:logged-in", "X-CSRFToken": get_token(request)}
    return HttpResponse(status=204, headers=headers)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"
