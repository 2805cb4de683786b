"""Rules for passwords, and one-time passwords.

Length, classes and repetition follow what level-3 protection is examined by (GB/T 22239-2019, 8.1.4.1 a:
identity checked, complexity, regular change); the numbers are ours and stand here once.
"""

from __future__ import annotations

import secrets
import string
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LENGTH = 10
CLASSES = 3
FORMER = 5

#: Without 0 O 1 l I: a one-time password is read from paper.
_LETTERS = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1lI")


class LengthAndClasses:
    """At least ten characters of three of the four classes: 大写、小写、数字、其他."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < LENGTH:
            raise ValidationError(
                _("口令至少 %(least)s 位，现为 %(found)s 位。") % {"least": LENGTH, "found": len(password)}
            )
        found = classes_in(password)
        if found < CLASSES:
            raise ValidationError(
                _("口令须含大写字母、小写字母、数字、其他字符中的至少 %(least)s 类，现有 %(found)s 类。")
                % {"least": CLASSES, "found": found}
            )

    def get_help_text(self) -> str:
        return _("至少 %(least)s 位，含大写字母、小写字母、数字、其他字符中的至少 %(classes)s 类。") % {
            "least": LENGTH,
            "classes": CLASSES,
        }


class NotTheirName:
    """Does not contain the person's log-in name or telephone number."""

    def validate(self, password: str, user: Any = None) -> None:
        lowered = password.lower()
        for own in (getattr(user, "username", ""), getattr(user, "phone", "")):
            if len(own) >= 3 and own.lower() in lowered:
                raise ValidationError(_("口令不能包含本人的用户名或电话。"))

    def get_help_text(self) -> str:
        return _("不能包含本人的用户名或电话。")


class NotFormer:
    """Is none of the last five, the present one among them."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        former = list(user.former_passwords.values_list("password", flat=True)[: FORMER - 1])
        if any(check_password(password, one) for one in [user.password, *former] if one):
            raise ValidationError(_("不能与最近 %s 次用过的口令相同。") % FORMER)

    def get_help_text(self) -> str:
        return _("不能与最近 %s 次用过的口令相同。") % FORMER


def classes_in(password: str) -> int:
    """Return how many of the four classes of characters a password has.

    Examples
    --------
    >>> classes_in("abc"), classes_in("aB3"), classes_in("aB3-")
    (1, 3, 4)
    """
    kinds = {
        "upper" if c.isupper() else "lower" if c.islower() else "digit" if c.isdigit() else "other"
        for c in password
    }
    return len(kinds)


def one_time_password() -> str:
    """Return a random password that meets the rules, easy to read out: four groups of four (92 bits)."""
    while True:
        text = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        if classes_in(text) == 4:
            return text


def has_expired(user: Any, at: datetime) -> bool:
    """Whether a password is older than this installation allows (``QINGSHAN_PASSWORD_DAYS``; 0: never)."""
    days = settings.PASSWORD_DAYS
    if not days or not user.has_usable_password():
        return False
    changed = user.password_changed_at or user.date_joined
    return bool(at - changed > timedelta(days=days))
