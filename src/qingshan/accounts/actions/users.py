"""Writing users: entering, changing, closing, locking, and their passwords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts import policies
from qingshan.accounts.actions.sessions import end_sessions_of
from qingshan.accounts.errors import AccountRefusal, BadGrant, LastAdministrator, NameTaken, PasswordRefused
from qingshan.accounts.models import FormerPassword, User
from qingshan.accounts.passwords import FORMER, one_time_password
from qingshan.accounts.queries.administrators import is_administrator, last_of_their_kind
from qingshan.audit import public as audit

CHANGEABLE = frozenset(
    {"display_name", "phone", "email", "department", "district", "language", "single_sign_on_name"}
)
#: What people may change about themselves.
OWN = frozenset({"phone", "email", "language"})


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user just entered, and the password that is shown once."""

    user: User
    one_time_password: str


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    by: User | None,
    at: datetime,
    password: str | None = None,
    is_simulated: bool = False,
    **words: Any,
) -> NewUser:
    """Enter a user (新增账户). They can log in, and may do nothing until a role is granted.

    Parameters
    ----------
    password : str, optional
        A password to begin with that need not be changed (the fictional county's people). Without it a
        one-time password is made, which must be changed at the first log-in.
    **words
        Some of ``phone``, ``email``, ``department``, ``district``, ``language``, ``single_sign_on_name``.

    Raises
    ------
    Forbidden
        ``by`` may not enter users.
    NameTaken
        The log-in name or the single-sign-on name is somebody's.
    BadGrant
        A simulated person in a real department or district.
    """
    policies.require(by, "accounts.manage", what=_("新增账户"))
    _check_names(username, words.get("single_sign_on_name"), apart_from=None)
    given = password or one_time_password()
    user = User(
        username=User.normalize_username(username),
        display_name=display_name,
        is_simulated=is_simulated,
        must_change_password=password is None,
        password_changed_at=at,
        date_joined=at,
        **_checked(words, is_simulated),
    )
    user.set_password(given)
    user.save()
    audit.record("accounts.create_user", user.ref, by=by, at=at, detail={"username": user.username})
    return NewUser(user, given)


@transaction.atomic
def revise_user(*, user: User, changes: Mapping[str, Any], by: User | None, at: datetime) -> User:
    """Change a user's particulars (修改账户); people may change their own telephone, mail and language.

    Raises
    ------
    Forbidden
        ``by`` may not change users, and it is not only about their own particulars.
    NameTaken, BadGrant
        See `create_user`.
    """
    if by != user or not OWN.issuperset(changes):
        policies.require(by, "accounts.manage", what=_("修改账户"))
    if "single_sign_on_name" in changes:
        _check_names(None, changes["single_sign_on_name"], apart_from=user)
    after = _checked(changes, user.is_simulated)
    moved = sorted(name for name, value in after.items() if getattr(user, name) != value)
    if moved:
        for name in moved:
            setattr(user, name, after[name])
        user.save(update_fields=moved)
        audit.record("accounts.revise_user", user.ref, by=by, at=at, detail={"fields": moved})
    return user


@transaction.atomic
def close_user(*, user: User, by: User | None, at: datetime) -> User:
    """Close an account for good or until it is opened again (停用). Sessions end, tokens stop to work.

    Raises
    ------
    LastAdministrator
        It is the only one left of one of the three administrators.
    """
    policies.require(by, "accounts.manage", what=_("停用账户"))
    _spare_the_last(user, at)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    end_sessions_of(user=user)
    audit.record("accounts.close_user", user.ref, by=by, at=at)
    return user


@transaction.atomic
def open_user(*, user: User, by: User | None, at: datetime) -> User:
    """Open a closed account again (启用)."""
    policies.require(by, "accounts.manage", what=_("启用账户"))
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    audit.record("accounts.open_user", user.ref, by=by, at=at)
    return user


@transaction.atomic
def lock_user(*, user: User, reason: str, by: User | None, at: datetime) -> User:
    """Lock an account for a stated reason (锁定). Sessions end at once.

    Raises
    ------
    LastAdministrator
        It is the only one left of one of the three administrators.
    AccountRefusal
        One's own account, or no reason.
    """
    policies.require(by, "accounts.lock", what=_("锁定账户"))
    if by == user or not reason.strip():
        raise AccountRefusal(_("不能锁定自己的账户；锁定他人须写明原因。"))
    _spare_the_last(user, at)
    user.locked_at, user.locked_reason = at, reason.strip()
    user.save(update_fields=["locked_at", "locked_reason"])
    end_sessions_of(user=user)
    audit.record("accounts.lock_user", user.ref, by=by, at=at, detail={"reason": user.locked_reason})
    return user


@transaction.atomic
def unlock_user(*, user: User, by: User | None, at: datetime) -> User:
    """Unlock an account (解锁)."""
    policies.require(by, "accounts.lock", what=_("解锁账户"))
    user.locked_at, user.locked_reason = None, ""
    user.save(update_fields=["locked_at", "locked_reason"])
    audit.record("accounts.unlock_user", user.ref, by=by, at=at)
    return user


@transaction.atomic
def change_password(*, user: User, new: str, at: datetime) -> User:
    """Let somebody take a new password (修改口令); the caller has checked the old one.

    Raises
    ------
    PasswordRefused
        The new password breaks rules; all reasons are in it.
    """
    try:
        validate_password(new, user)
    except ValidationError as refused:
        raise PasswordRefused(list(refused.messages)) from refused
    _keep_former(user, at)
    user.set_password(new)
    user.must_change_password, user.password_changed_at = False, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    audit.record("accounts.change_password", user.ref, by=user, at=at)
    return user


@transaction.atomic
def reset_password(*, user: User, by: User | None, at: datetime) -> str:
    """Give somebody a one-time password (重置口令) and return it, to be shown once. Sessions end.

    The password of one of the three administrators is reset on the server only (``by`` None): otherwise
    the system administrator could become the security administrator.

    Raises
    ------
    AccountRefusal
        An administrator's password, asked for over the web.
    """
    policies.require(by, "accounts.manage", what=_("重置口令"))
    if by is not None and is_administrator(user, at):
        raise AccountRefusal(
            _("三员账户的口令只能在服务器上重置：qingshan users reset-password %s") % user.username
        )
    given = one_time_password()
    _keep_former(user, at)
    user.set_password(given)
    user.must_change_password, user.password_changed_at = True, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    end_sessions_of(user=user)
    audit.record("accounts.reset_password", user.ref, by=by, at=at)
    return given


def _keep_former(user: User, at: datetime) -> None:
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password, at=at)
    kept = list(user.former_passwords.values_list("pk", flat=True)[:FORMER])
    user.former_passwords.exclude(pk__in=kept).delete()


def _check_names(username: str | None, single: str | None, *, apart_from: User | None) -> None:
    others = User.objects.exclude(pk=apart_from.pk) if apart_from else User.objects.all()
    if username is not None and others.filter(username__iexact=username).exists():
        raise NameTaken(_("用户名“%s”已被使用，请另取一个。") % username)
    if single and others.filter(single_sign_on_name=single).exists():
        raise NameTaken(_("统一身份“%s”已绑定到另一个账户。") % single)


def _checked(words: Mapping[str, Any], is_simulated: bool) -> dict[str, Any]:
    if strange := set(words) - CHANGEABLE:
        raise TypeError(f"users have no {sorted(strange)} that may be set here")
    district = words.get("district")
    department = words.get("department")
    for where in (district, department.district if department else None):
        if where is not None and is_simulated and not where.simulated:
            raise BadGrant(_("虚构人员不能属于真实的辖区或单位：%s。") % where.name)
    after = dict(words)
    if "single_sign_on_name" in after:
        after["single_sign_on_name"] = after["single_sign_on_name"] or None
    return after


def _spare_the_last(user: User, at: datetime) -> None:
    if role := last_of_their_kind(user, at):
        raise LastAdministrator(
            _("“%s”只剩这一个账户，停用或锁定之后将无人履职；请先另设一人。") % role.label
        )
