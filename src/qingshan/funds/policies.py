"""May this person do this to that record? A record of this room has a district and a department.

Money of a project follows the project: who may report on it enters its receipts and payments.
"""

from __future__ import annotations

from typing import Any

from qingshan.accounts.public import Forbidden, can, record_named, requiring
from qingshan.accounts.public import require as require_right
from qingshan.funds.models import GrantBid, MoneyEntry, RaisedWarning, ReserveEntry
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "VERBS_OF_BIDS",
    "VERBS_OF_RESERVE",
    "Forbidden",
    "may",
    "may_change_ref",
    "may_propose",
    "may_see_ref",
    "require",
    "require_propose",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "view": "plans.view",
    "propose": "projects.report",
    "decide": "plans.edit",
    "admit": "plans.approve",
}
#: Move of the flow -> verb.
VERBS_OF_RESERVE = {
    "review": "decide",
    "send_back": "decide",
    "propose": "propose",
    "admit": "admit",
    "take": "decide",
    "release": "decide",
    "finish": "decide",
    "withdraw": "propose",
}
VERBS_OF_BIDS = {
    "submit": "decide",
    "shortlist": "decide",
    "grant": "decide",
    "refuse": "decide",
    "close": "decide",
    "withdraw": "propose",
}

#: Whose attachments follow this room's rights: approvals, calls, award letters, vouchers.
FAMILIES = ("funds.reserve", "funds.bid", "funds.entry")


def may(user: Any, verb: str, record: ReserveEntry | GrantBid) -> bool:
    """Return whether somebody may do something to a record of the reserve or to a bid."""
    return can(
        user,
        CAPABILITIES[verb],
        district_id=record.district_id,
        department_ids=frozenset({record.department_id}),
    )


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, CAPABILITIES)


def may_propose(user: Any, *, district_id: int, department_id: int) -> bool:
    """Return whether somebody may propose or bid for a department."""
    return can(
        user, CAPABILITIES["propose"], district_id=district_id, department_ids=frozenset({department_id})
    )


def require_propose(user: Any, *, district_id: int, department_id: int) -> None:
    """Refuse unless somebody may propose or bid for a department.

    Raises
    ------
    Forbidden
        They may not.
    """
    require_right(
        user,
        CAPABILITIES["propose"],
        district_id=district_id,
        department_ids=frozenset({department_id}),
    )


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees what is attached to a record of this room."""
    return _may_ref(user, ref, "view", "view")


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may attach to a record of this room."""
    return _may_ref(user, ref, "propose", "report_project")


_TABLES = {
    "reserve": ReserveEntry.objects,
    "bid": GrantBid.objects,
    "entry": MoneyEntry.objects,
    "warning": RaisedWarning.objects,
}


def _may_ref(user: Any, ref: Ref, verb: str, verb_of_project: str) -> bool:
    record = record_named(ref, _TABLES)
    if record is None:
        return False
    if isinstance(record, MoneyEntry):
        return plans.may(user, verb_of_project, record.project)
    if isinstance(record, RaisedWarning):
        return may_see_warning(user, record)
    return may(user, verb, record)


def may_see_warning(user: Any, warning: RaisedWarning) -> bool:
    """Return whether somebody sees a warning: whoever sees its project or its bid."""
    if warning.project is not None:
        return plans.may(user, "view", warning.project)
    return warning.bid is not None and may(user, "view", warning.bid)
