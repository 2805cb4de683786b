"""The second factor: allauth keeps its mechanics; here it is counted, audited, and shown in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qingshan.accounts.actions import attempts
from qingshan.accounts.address import address_of
from qingshan.accounts.errors import TooManyAttempts
from qingshan.accounts.queries.second_factor import lacks_second_factor
from qingshan.audit import public as audit


class EnterCode(AuthenticateView):  # type: ignore[misc]
    """Ask for the code at log-in. Wrong codes count apart from wrong passwords, which a right one resets."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"code:{self.stage.login.user.username}"
        at = timezone.now()
        try:
            attempt = attempts.begin_attempt(username=name, address=address_of(request), at=at)
        except TooManyAttempts as refused:
            # An empty form: the code just sent is not even looked at.
            self.auth_form = self.get_form_class()(user=self.stage.login.user)
            shown = self.get_context_data(too_many=str(refused))
            page: HttpResponse = self.render_to_response(shown, status=429)
            return page
        response: HttpResponse = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            attempts.succeed(attempt=attempt)
        else:
            attempts.fail(attempt=attempt, at=at)
            response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kwargs}


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    """Set up one-time codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _audit(self.request, "accounts.set_up_second_factor")
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, "asked_for": lacks_second_factor(self.request.user)}


class GiveUp(DeactivateTOTPView):  # type: ignore[misc]
    """Give one-time codes up."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _audit(self.request, "accounts.give_up_second_factor")
        return response


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes; the old ones are void."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _audit(self.request, "accounts.new_recovery_codes")
        return response


def _audit(request: HttpRequest, action: str) -> None:
    user: Any = request.user
    audit.record(action, user.ref, by=user, at=timezone.now())
