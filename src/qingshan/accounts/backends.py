"""Who may log in with a password, and whose session is still good."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from qingshan.accounts.models import User


class PasswordBackend(BaseBackend):
    """Log-in name (any case) and password. A locked or closed account is logged out at its next request."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        user = User.objects.filter(username__iexact=username or "").first()
        if user is None:
            User().set_password(password)  # as slow as a wrong password: names are not found by timing
            return None
        right = user.check_password(password or "")
        return user if right and user.may_log_in else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).select_related("district", "department").first()
        return user if user is not None and user.may_log_in else None
