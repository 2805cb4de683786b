"""How the state of an account is shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.accounts.models import User
from qingshan.pages.public import Badge

OPEN = Badge(_("可登录"), "good")  # type: ignore[arg-type]
FRESH = Badge(_("待改初始口令"), "wait")  # type: ignore[arg-type]
LOCKED = Badge(_("已锁定"), "bad")  # type: ignore[arg-type]
CLOSED = Badge(_("已停用"), "idle")  # type: ignore[arg-type]


def state_of(user: User) -> Badge:
    """Return the badge of an account."""
    if not user.is_active:
        return CLOSED
    if user.locked_at is not None:
        return LOCKED
    return FRESH if user.must_change_password else OPEN
