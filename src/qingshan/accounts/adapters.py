"""Where django-allauth asks us: log-in, second factor, single sign-on.

It keeps the stages of a log-in (password, then second factor). Who may log in, what is audited and
which pages are shown is decided here.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.actions import attempts, sessions
from qingshan.accounts.address import address_of
from qingshan.accounts.errors import TooManyAttempts
from qingshan.accounts.models import User

#: Where the session keeps that its log-in came from single sign-on.
SINGLE_SIGN_ON = "single_sign_on"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in with a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": _("口令不正确。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody enters themselves; the system administrator does."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page one lands on says enough."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, after every stage is passed."""
        super().login(request, user)
        at = timezone.now()
        request.session[sessions.CLOCK] = int(at.timestamp())
        sessions.begin_session(
            user=user,
            key=request.session.session_key or "",
            address=address_of(request),
            device=request.headers.get("User-Agent", ""),
            at=at,
        )

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the password again before the second factor is changed; counted like a log-in."""
        at = timezone.now()
        try:
            attempt = attempts.begin_attempt(
                username=f"again:{user.username}", address=address_of(context.request), at=at
            )
        except TooManyAttempts:
            return False
        right = user.check_password(password)
        if right:
            attempts.succeed(attempt=attempt)
        return right


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time codes (动态口令). Their secret is encrypted with a key that is not in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("动态口令不正确；请核对手机时间，输入当前显示的六位数字。"),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on: the platform says who it is, and that name must stand at an account here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody enters themselves this way either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Log in whoever the platform vouches for, or say whom to ask.

        The account is looked up each time by its ``single_sign_on_name``, so taking that name away ends
        the access; nothing about the platform is kept here.
        """
        uid = sociallogin.account.uid
        user = User.objects.filter(single_sign_on_name=uid).first()
        if user is None or not user.may_log_in:
            page = render(request, "accounts/single_sign_on_unknown.html", {"uid": uid}, status=403)
            raise ImmediateHttpResponse(page)
        request.session[SINGLE_SIGN_ON] = True
        record_authentication(request, user, method="socialaccount", provider="sso", uid=uid)
        to = sociallogin.get_redirect_url(request)
        raise ImmediateHttpResponse(perform_login(request, Login(user=user, redirect_url=to)))


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"qingshan second factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
