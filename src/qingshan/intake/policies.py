"""May this person see or decide this review? It belongs to a district; a draft is no public matter.

Whoever keeps the ledger of a district decides; whoever approves its plans may look on. Nobody
else sees a review, also not who may see the plan itself.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, scope_of
from qingshan.accounts.public import require as require_right
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans

__all__ = [
    "FAMILIES",
    "Forbidden",
    "may_change_ref",
    "may_decide",
    "may_see",
    "may_see_plan",
    "may_see_ref",
    "require_decide",
    "require_settle",
    "visible",
]

DECIDE = "plans.edit"
LOOK_ON = "plans.approve"

FAMILIES = ("intake.intake",)


def may_decide(user: Any, district_id: int) -> bool:
    """Return whether somebody may take in documents of a district and decide on them."""
    return can(user, DECIDE, district_id=district_id)


def may_see(user: Any, district_id: int) -> bool:
    """Return whether somebody may see the reviews of a district."""
    return may_decide(user, district_id) or can(user, LOOK_ON, district_id=district_id)


def require_decide(user: Any, district_id: int, what: str) -> None:
    """Refuse unless somebody may decide; None is the system itself.

    Raises
    ------
    Forbidden
        They may not.
    """
    require_right(user, DECIDE, district_id=district_id, what=what)


def require_settle(user: Any, conflict: Conflict) -> None:
    """Refuse who may not decide in the district, or may not see the other plan of a conflict.

    Raises
    ------
    Forbidden
        They may not.
    """
    require_decide(user, conflict.intake.district_id, conflict.intake.title)
    if user is not None and not may_see_plan(user, conflict.other_plan):
        raise Forbidden("plans.view", conflict.intake.title)


def visible(user: Any) -> Q:
    """Return the condition on `Intake` for what somebody may see."""
    deciding, looking_on = (scope_of(user, capability=one) for one in (DECIDE, LOOK_ON))
    return deciding.rows(district="district") | looking_on.rows(district="district")


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Whether somebody may see the original of a review."""
    found = _found(ref)
    return found is not None and may_see(user, found.district_id)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Whether somebody may attach to a review."""
    found = _found(ref)
    return found is not None and may_decide(user, found.district_id)


def _found(ref: Ref) -> Intake | None:
    if ref.room != "intake" or not ref.key.isdecimal():
        return None
    if ref.kind == "finding":
        finding = Finding.objects.select_related("intake").filter(pk=int(ref.key)).first()
        return finding.intake if finding else None
    return Intake.objects.filter(pk=int(ref.key)).first()


def may_see_plan(user: Any, plan: Any) -> bool:
    """Whether somebody may see the other plan of a conflict; without one there is nothing to hide."""
    return plan is None or plans.may_see_ref(user, plan.ref)
