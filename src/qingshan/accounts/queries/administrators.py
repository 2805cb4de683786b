"""Questions about the three separated administrators (三员)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from qingshan.accounts.models import Grant, User
from qingshan.accounts.queries.rights import grants_on
from qingshan.accounts.roles import Role, roles


def administrator_roles() -> tuple[Role, ...]:
    """Return the three roles, in the order of the file."""
    return tuple(role for role in roles().values() if role.administrator)


def is_administrator(user: User, at: datetime) -> bool:
    """Whether somebody holds one of the three, now or from a later day on; locked or closed counts too."""
    keys = [role.key for role in administrator_roles()]
    held = Grant.objects.filter(user=user, role__in=keys)
    return held.exclude(to_on__lte=timezone.localdate(at)).exists()


def last_of_their_kind(user: User, at: datetime) -> Role | None:
    """Return the administrator's role that nobody else could fill if this person could not log in."""
    in_force = grants_on(timezone.localdate(at))
    for role in administrator_roles():
        held = in_force.filter(role=role.key)
        if held.filter(user=user).exists() and not held.exclude(user=user).exists():
            return role
    return None


def security_administrators(at: datetime) -> tuple[User, ...]:
    """Return who may grant roles; named on the page of a refusal."""
    keys = [role.key for role in roles().values() if "roles.grant" in role.may]
    held = grants_on(timezone.localdate(at)).filter(role__in=keys)
    return tuple(User.objects.filter(pk__in=held.values("user_id")).order_by("username"))
