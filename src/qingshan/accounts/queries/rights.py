"""What somebody may do, and how far. Asked of the day the question is put, never of a page's as-of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from qingshan.accounts.models import Grant, User
from qingshan.accounts.roles import Reach, roles
from qingshan.accounts.scope import Part, Scope
from qingshan.areas import public as areas

T = TypeVar("T")

_memo: ContextVar[dict[Hashable, Any] | None] = ContextVar("rights", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Ask the database once for each person while this lasts; for requests that write nothing."""
    token = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(token)


def recall(key: Hashable, ask: Callable[[], T]) -> T:
    """Return what a question about rights was answered with while `remembered` lasts; else ask it.

    Parameters
    ----------
    key
        What tells this question from all others; a room puts its name into it.
    """
    memo = _memo.get()
    if memo is None:
        return ask()
    if key not in memo:
        memo[key] = ask()
    found: T = memo[key]
    return found


def scope_of(user: Any, on: date | None = None, *, capability: str = "plans.view") -> Scope:
    """Return how far a capability of somebody reaches.

    Parameters
    ----------
    user : User or AnonymousUser
    on : date, optional
        The day on which the right is judged: today, unless a job judges for another day. A page's as-of
        date does not belong here: who may see a plan today may see how it stood three years ago.
    capability : str
        Which capability; ``plans.view`` for what may be seen.
    """
    return _scopes(user, on).get(capability, Scope(False))


def can(
    user: Any,
    capability: str,
    *,
    district_id: int | None = None,
    department_ids: Iterable[int] | None = None,
    on: date | None = None,
) -> bool:
    """Return whether somebody may do something to a record.

    Parameters
    ----------
    district_id : int, optional
        The record's district; without it the question is "anywhere at all".
    department_ids : iterable of int, optional
        The record's responsible departments. None does not ask; an empty one says that the record has no
        department, and then a right for single departments does not reach it.
    """
    scope = scope_of(user, on, capability=capability)
    return not scope.nothing and scope.covers(district_id, department_ids)


def capabilities_of(user: Any, on: date | None = None) -> frozenset[str]:
    """Return everything somebody may do somewhere; for menus."""
    return frozenset(_scopes(user, on))


def grants_on(on: date) -> QuerySet[Grant]:
    """Return the grants in force on a day, of people who may log in."""
    return Grant.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gt=on),
        from_on__lte=on,
        user__is_active=True,
        user__locked_at__isnull=True,
    )


def users_who_can(
    capability: str,
    *,
    district_id: int | None = None,
    department_ids: Iterable[int] | None = None,
    on: date | None = None,
) -> tuple[User, ...]:
    """Return everybody who may do something to a record; to tell them that it waits for them."""
    day = on or timezone.localdate()
    wanted = None if department_ids is None else frozenset(department_ids)
    holders = User.objects.filter(grants__in=grants_on(day).filter(role__in=_roles_with(capability)))
    return tuple(
        user
        for user in holders.distinct().order_by("username")
        if can(user, capability, district_id=district_id, department_ids=wanted, on=day)
    )


def users_in(department_ids: Iterable[int]) -> tuple[User, ...]:
    """Return the people of some departments who may log in."""
    here = User.objects.filter(department_id__in=set(department_ids), is_active=True)
    return tuple(here.filter(locked_at__isnull=True).order_by("username"))


def _roles_with(capability: str) -> list[str]:
    return [role.key for role in roles().values() if capability in role.may]


def _scopes(user: Any, on: date | None) -> dict[str, Scope]:
    if not getattr(user, "is_authenticated", False) or not user.may_log_in:
        return {}
    day = on or timezone.localdate()
    return recall(("accounts", user.pk, day), lambda: _computed(user, day))


def _computed(user: User, day: date) -> dict[str, Scope]:
    everywhere: set[str] = set()
    parts: dict[str, list[Part]] = defaultdict(list)
    for grant in grants_on(day).filter(user=user):
        role = roles().get(grant.role)
        if role is None:  # a role taken out of the file grants nothing
            continue
        reached = {reach: _part(grant, reach, day) for reach in set(role.may.values())}
        for capability, reach in role.may.items():
            if reach is Reach.ALL:
                everywhere.add(capability)
            elif (part := reached[reach]) is not None:
                parts[capability].append(part)
    return {one: Scope(one in everywhere, tuple(parts[one])) for one in {*everywhere, *parts}}


def _part(grant: Grant, reach: Reach, day: date) -> Part | None:
    if reach is Reach.ALL or grant.district_id is None:
        return None
    districts = areas.districts_under(grant.district_id, day)
    if reach is Reach.DISTRICT:
        return Part(districts, None)
    if grant.department_id is None:
        return None
    under = areas.departments_under({grant.department_id}, day)
    return Part(districts, areas.lineage_of(under, day))
