"""What happens around every request: rights remembered, sessions timed, expired log-ins met kindly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from qingshan.accounts import held
from qingshan.accounts.actions.sessions import CLOCK, touch_session
from qingshan.accounts.adapters import SINGLE_SIGN_ON
from qingshan.accounts.forms.own import LogInForm
from qingshan.accounts.passwords import has_expired
from qingshan.accounts.queries.rights import remembered
from qingshan.accounts.queries.second_factor import lacks_second_factor
from qingshan.pages.public import wants_part

Answer = Callable[[HttpRequest], HttpResponse]

_MINUTE = timedelta(minutes=1)
_FACTOR_SEEN = "second_factor_seen"

#: Pages one may open with a password that must be changed, or before the second factor is set up.
_ALWAYS = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "accounts:password",
        "health",
        "language",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


def rights_middleware(get_response: Answer) -> Answer:
    """Work out a person's rights once for each request that only reads."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with remembered():
            return get_response(request)

    return answer


def session_clock_middleware(get_response: Answer) -> Answer:
    """Restart the clock of inactivity, at most once a minute: a page view need not be a write.

    One request of those that come together does it, and only it saves the session.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            session: Any = request.session
            due = now.timestamp() - session.get(CLOCK, 0) > _MINUTE.total_seconds()
            if due and touch_session(key=session.session_key, at=now, at_most_every=_MINUTE):
                session[CLOCK] = int(now.timestamp())
        return get_response(request)

    return answer


def account_state_middleware(get_response: Answer) -> Answer:
    """Lead people to the one thing they must do first: a new password, or the second factor."""

    def answer(request: HttpRequest) -> HttpResponse:
        wanted = _must_first(request)
        if wanted is None:
            return get_response(request)
        to = f"{reverse(wanted)}?{urlencode({'next': _way_back(request)})}"
        return HttpResponseClientRedirect(to) if wants_part(request) else redirect(to)

    return answer


def expired_log_in_middleware(get_response: Answer) -> Answer:
    """Meet an expired log-in so that nothing typed is lost.

    A request for a fragment gets 401 with the log-in form as a fragment, instead of a log-in page swapped
    into the middle of a page. A form gets its fields held until its writer has logged in again; what is held
    for another than the person logged in is forgotten.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        held.forget_others(request)
        if request.method == "POST" and request.user.is_authenticated:
            kept = held.held(request)
            if kept is not None and kept.path == request.get_full_path():
                held.let_go(request)
        response = get_response(request)
        if request.method == "POST" and _view_name(request) == "account_logout":
            held.forget_person(response)
        held.remember_person(request, response)
        if not _sent_to_log_in(request, response):
            return response
        if wants_part(request):
            return _log_in_fragment(request)
        if request.method == "POST" and held.hold(request):
            back = urlencode({"next": reverse("accounts:held")})
            return redirect(f"{settings.LOGIN_URL}?{back}&expired=1")
        return response

    return answer


def _sent_to_log_in(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code != 302 or request.user.is_authenticated:
        return False
    return response["Location"].split("?")[0] == settings.LOGIN_URL and _view_name(request) not in _ALWAYS


def _log_in_fragment(request: HttpRequest) -> HttpResponse:
    """The form, and in headers what scripts need: that this is it, and the token of this session."""
    form = LogInForm(prefix_ids=True)
    response = render(request, "accounts/_login.html", {"form": form, "as_dialog": True}, status=401)
    response["X-Qingshan-Login"] = "expired"
    response["X-CSRFToken"] = get_token(request)
    return response


def _must_first(request: HttpRequest) -> str | None:
    user: Any = request.user
    if not user.is_authenticated or _view_name(request) in _ALWAYS:
        return None
    by_platform = request.session.get(SINGLE_SIGN_ON, False)
    if user.must_change_password and not by_platform:
        return "accounts:password"
    if has_expired(user, timezone.now()) and not by_platform:
        return "accounts:password"
    if not request.session.get(_FACTOR_SEEN, False):
        if lacks_second_factor(user):
            return "mfa_activate_totp"
        request.session[_FACTOR_SEEN] = True
    return None


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" and not wants_part(request) else "/"


def _view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
