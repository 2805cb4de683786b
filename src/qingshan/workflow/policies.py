"""Who lays work on whom: whoever keeps or approves the plans of a person's district, for that person."""

from __future__ import annotations

from typing import Any

from qingshan.accounts.public import User, can

__all__ = ["MANAGING", "may_manage"]

#: One of these is asked for, where the person sits.
MANAGING = ("plans.edit", "plans.approve")


def may_manage(user: Any, person: User) -> bool:
    """Whether somebody may see and hand over what is assigned to a person."""
    department = frozenset() if person.department_id is None else frozenset({person.department_id})
    return person.district_id is not None and any(
        can(user, capability, district_id=person.district_id, department_ids=department or None)
        for capability in MANAGING
    )
