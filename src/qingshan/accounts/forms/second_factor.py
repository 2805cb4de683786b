"""The code of the second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.cache import cache

#: Longer than any code is good for: its half-minute, and one on either side for clocks that differ.
_SEEN_S = 120


class _Once:
    """Takes each code once. allauth forgets a code after half a minute, when it is still good."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"accounts.code.{self.user.pk}.{code.strip()}", True, timeout=_SEEN_S):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """Asked for at log-in."""


class CodeAgainForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """Asked for before the second factor is changed."""
