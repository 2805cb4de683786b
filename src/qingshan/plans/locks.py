"""Days that the upper level has locked: what was reported as of such a day is not changed behind its back.

This room does not know who locks. Whoever does says so with `register_lock`, in ``portal/wiring.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from qingshan.plans.errors import LockedDay
from qingshan.plans.models import Plan

__all__ = ["Lock", "locked_until", "register_lock", "require_open"]

#: Returns the last day that is locked in a plan; None where nothing is.
Lock = Callable[[Plan], date | None]

_LOCKS: dict[str, Lock] = {}


def register_lock(name: str, lock: Lock) -> None:
    """Let a higher room lock days of a plan; a name that is known already is replaced.

    Parameters
    ----------
    name : str
        The room that locks.
    """
    _LOCKS[name] = lock


def locked_until(plan: Plan) -> date | None:
    """Return the last day of a plan that is locked; None where nothing is."""
    return max((day for lock in _LOCKS.values() if (day := lock(plan))), default=None)


def require_open(plan: Plan, *days: Any) -> None:
    """Refuse an entry or a change that is dated by a locked day.

    Parameters
    ----------
    days : date or None
        The days that the entry speaks of and from which it is known; None is no day.

    Raises
    ------
    LockedDay
        The earliest of them is not after the last locked day.
    """
    dated = [day for day in days if day is not None]
    until = locked_until(plan) if dated else None
    if until is not None and min(dated) <= until:
        raise LockedDay(min(dated), until)
