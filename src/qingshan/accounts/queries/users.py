"""Reading users, their sessions, tokens and grants."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from qingshan.accounts.models import ApiToken, Grant, SessionRecord, User


def all_users() -> QuerySet[User]:
    """Return every user, with place and department, for the list."""
    return User.objects.select_related("district", "department").prefetch_related("grants")


def user_for_administration(user_id: int) -> User:
    """Return one user with place and department, or 404."""
    return get_object_or_404(User.objects.select_related("district", "department"), pk=user_id)


def sessions_of(user: User, at: datetime) -> tuple[SessionRecord, ...]:
    """Return where somebody is logged in now, last used first."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return tuple(SessionRecord.objects.filter(user=user, key__in=alive))


def tokens_of(user: User) -> tuple[ApiToken, ...]:
    """Return somebody's tokens, newest first, revoked and expired ones too."""
    return tuple(user.tokens.all())


def grants_of(user: User) -> tuple[Grant, ...]:
    """Return all grants somebody has or had, newest first."""
    return tuple(
        user.grants.select_related("district", "department", "granted_by").order_by("-from_on", "-pk")
    )
