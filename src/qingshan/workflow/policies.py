"""Who lays work on whom: whoever keeps or approves the plans of a person's district, for that person."""

from __future__ import annotations

from typing import Any

from qingshan.accounts.public import User, can

__all__ = ["MANAGING", "district_of", "may_manage"]

#: One of these is asked for, where the person sits.
MANAGING = ("plans.edit", "plans.approve")


def may_manage(user: Any, person: User) -> bool:
    """Whether somebody may see and hand over what is assigned to a person."""
    district = district_of(person)
    departments = None if person.department_id is None else frozenset({person.department_id})
    return district is not None and any(
        can(user, capability, district_id=district, department_ids=departments) for capability in MANAGING
    )


def district_of(person: User) -> int | None:
    """Return where a person sits: the district of their account, else that of their department."""
    if person.district_id is not None:
        return int(person.district_id)
    return None if person.department is None else int(person.department.district_id)
