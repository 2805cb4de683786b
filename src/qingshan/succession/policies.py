"""May this person open the next plan, decide on it, see it? It belongs to the old plan's district.

The draft of a next plan is seen by who edits or approves plans there, and by nobody else. What was carried is
seen by whoever sees both records.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, scope_of
from qingshan.accounts.public import require as require_right
from qingshan.succession.models import DefinitionChange, Opening

__all__ = [
    "CAPABILITIES",
    "Forbidden",
    "may",
    "may_see",
    "may_withdraw",
    "openings_seen",
    "require",
    "require_in",
    "require_withdraw",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {"edit": "plans.edit", "approve": "plans.approve"}


def may(user: Any, verb: str, opening: Opening) -> bool:
    """Return whether somebody may do something to an opening."""
    return can(user, CAPABILITIES[verb], district_id=opening.plan.district_id)


def may_see(user: Any, opening: Opening) -> bool:
    """Return whether somebody sees an opening."""
    return may(user, "edit", opening) or may(user, "approve", opening)


def may_withdraw(user: Any, change: DefinitionChange) -> bool:
    """Return whether somebody may take a change of definition back: who entered it, or a planner there.

    All districts read it, so that a right somewhere else is not enough. What the system entered belongs to
    no district: whoever plans takes it back.
    """
    author, edit = change.entered_by, CAPABILITIES["edit"]
    if author is None or author.pk == user.pk:
        return can(user, edit)
    home = author.district_id or (author.department.district_id if author.department else None)
    return home is not None and can(user, edit, district_id=home)


def require_withdraw(user: Any, change: DefinitionChange) -> None:
    """Refuse unless somebody may take a change of definition back; None is the system itself.

    Raises
    ------
    Forbidden
        They may not.
    """
    if user is not None and not may_withdraw(user, change):
        raise Forbidden(CAPABILITIES["edit"], str(change))


def openings_seen(user: Any) -> Q:
    """Return the filter for the openings somebody sees."""
    seen = Q(pk__in=())
    for capability in CAPABILITIES.values():
        seen |= scope_of(user, capability=capability).rows(district="plan__district")
    return seen


def require(user: Any, verb: str, opening: Opening) -> None:
    """Refuse unless somebody may.

    Raises
    ------
    Forbidden
        They may not.
    """
    require_in(user, verb, opening.plan.district_id, str(opening))


def require_in(user: Any, verb: str, district_id: int, what: str) -> None:
    """Refuse unless somebody may in a district.

    Raises
    ------
    Forbidden
        They may not.
    """
    require_right(user, CAPABILITIES[verb], district_id=district_id, what=what)
