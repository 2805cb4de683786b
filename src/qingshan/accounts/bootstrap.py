"""The first three people of an installation: the separated administrators (三员)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from qingshan.accounts.actions.grants import grant_role
from qingshan.accounts.actions.users import NewUser, create_user
from qingshan.accounts.models import User
from qingshan.accounts.queries.administrators import administrator_roles
from qingshan.accounts.queries.rights import grants_on


@transaction.atomic
def make_administrators(*, at: datetime) -> tuple[NewUser, ...]:
    """Enter one person for each of the three roles that nobody can fill, with a one-time password.

    Where all three are filled, nobody is entered: running it twice does no harm.
    """
    today = timezone.localdate(at)
    made = []
    for role in administrator_roles():
        if grants_on(today).filter(role=role.key).exists():
            continue
        new = create_user(username=_free_name(role.key), display_name=role.label, by=None, at=at)
        grant_role(user=new.user, role=role.key, from_on=today, by=None, at=at, reason="qingshan init")
        made.append(new)
    return tuple(made)


def _free_name(role: str) -> str:
    """``system_admin`` becomes ``system``; with a number behind it where that is taken."""
    wanted = role.removesuffix("_admin")
    taken = set(User.objects.filter(username__istartswith=wanted).values_list("username", flat=True))
    lowered = {name.lower() for name in taken}
    candidates = [wanted, *(f"{wanted}{number}" for number in range(2, len(lowered) + 3))]
    return next(name for name in candidates if name not in lowered)
