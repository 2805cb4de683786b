"""Who has, and who must have, a second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils import timezone

from qingshan.accounts.models import User
from qingshan.accounts.queries.administrators import is_administrator

#: The words of QINGSHAN_SECOND_FACTOR.
NOBODY, ADMINISTRATORS, EVERYBODY = "none", "administrators", "all"


def has_second_factor(user: User) -> bool:
    """Whether somebody logs in with one-time codes."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def lacks_second_factor(user: User) -> bool:
    """Whether the installation asks somebody for a second factor that they have not set up."""
    wanted: str = settings.SECOND_FACTOR_FOR
    if wanted == NOBODY:
        return False
    if wanted == ADMINISTRATORS and not is_administrator(user, timezone.now()):
        return False
    return not has_second_factor(user)
