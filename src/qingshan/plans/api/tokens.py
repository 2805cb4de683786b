"""Who calls: the owner of the token, with a token that may write or only read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from qingshan.accounts.public import authenticate_token
from qingshan.plans.errors import LedgerRefusal

__all__ = ["ReadOnlyToken", "TokenAuth", "writer"]


class ReadOnlyToken(LedgerRefusal):
    """The token was issued for reading only."""

    def __init__(self) -> None:
        super().__init__(_("这个令牌只能读取；填报需要建立时勾选“允许填报”的令牌。"))


class TokenAuth(HttpBearer):
    """``Authorization: Bearer qs_...``: a personal token."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = authenticate_token(token, at=timezone.now())
        if found is None:
            return None
        request.user = found.user
        return found


def writer(request: HttpRequest) -> Any:
    """Return who writes.

    Raises
    ------
    ReadOnlyToken
        The token may only read.
    """
    token: Any = request.auth  # type: ignore[attr-defined]
    if not token.may_write:
        raise ReadOnlyToken
    return token.user
