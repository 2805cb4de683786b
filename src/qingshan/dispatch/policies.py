"""May this person do this to that round, row or finding?

A round belongs to its plan's district; a row besides to its department. A department sees its own rows; who
sees the whole district sees all.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, record_named, scope_of
from qingshan.dispatch.models import Closing, FalseReport, Part, Round, Row
from qingshan.dispatch.states import REPORTABLE, FalseState, RoundState
from qingshan.dispatch.vocabulary import ItemKind
from qingshan.kernel.refs import Ref

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "REPORTING",
    "Forbidden",
    "may",
    "may_change_ref",
    "may_open_closing",
    "may_report",
    "may_see_ref",
    "reached",
    "reported_by",
    "require",
    "sees_whole",
]

#: Verb of this room -> capabilities of ``accounts/capabilities.yaml``, one of which is asked for. Who reviews
#: writes to the ledger: that is the capability of who keeps it. To open a closed round again is a leader's.
CAPABILITIES = {
    "view": ("plans.view",),
    "run": ("plans.edit",),
    "review": ("plans.edit",),
    "press": ("tasks.supervise",),
    "reopen": ("plans.approve",),
    "decide": ("plans.approve", "plans.edit"),  # who found it never decides; any other of both may
}
#: Kind of a row -> capability that reports on it: the ledger's own, so that both refuse the same people.
REPORTING = {
    ItemKind.MEASURE: "measures.report",
    ItemKind.COMMITMENT: "measures.report",
    ItemKind.PROJECT: "projects.report",
    ItemKind.TASK: "tasks.report",
}
#: Whose attachments follow the rights of this room.
FAMILIES = ("dispatch.row", "dispatch.finding")


def may(user: Any, verb: str, record: Round | Part | Row) -> bool:
    """Return whether somebody may do something to a round, a department's part, or a row."""
    if verb == "report":
        return _may_report(user, record)
    district, departments = _where(record)
    return any(can(user, one, district_id=district, department_ids=departments) for one in CAPABILITIES[verb])


def reached(user: Any, verb: str, *, district: str, departments: str | None = None) -> Q:
    """Return the filter for records to which somebody may do something, as `may` decides on one of them.

    Parameters
    ----------
    district, departments : str
        Paths from the record, as ``Scope.rows`` takes them.
    """
    found = Q(pk__in=())
    for one in CAPABILITIES[verb]:
        found |= scope_of(user, capability=one).rows(district=district, departments=departments)
    return found


def reported_by(user: Any) -> Q:
    """Return the filter for rows on which somebody may report, as `may_report` decides on one of them."""
    found = Q(pk__in=())
    for kind, capability in REPORTING.items():
        scope = scope_of(user, capability=capability)
        found |= Q(kind=kind) & scope.rows(district="round__district", departments="part__department")
    return found


def require(user: Any, verb: str, record: Round | Part | Row) -> None:
    """Refuse unless somebody may; None is the system itself.

    Raises
    ------
    Forbidden
        They may not.
    """
    if user is not None and not may(user, verb, record):
        asked = REPORTING[ItemKind.MEASURE] if verb == "report" else CAPABILITIES[verb][0]
        raise Forbidden(asked, str(record))


def may_report(user: Any, part: Part, kind: ItemKind) -> bool:
    """Return whether somebody may report on this kind of thing for a department."""
    return can(user, REPORTING[kind], district_id=part.round.district_id, department_ids={part.department_id})


def sees_whole(user: Any, found: Round) -> bool:
    """Return whether somebody sees every department's rows of a round, and not one department's alone."""
    return can(user, CAPABILITIES["view"][0], district_id=found.district_id, department_ids=())


def may_open_closing(user: Any, ref: Ref) -> bool:
    """Return whether somebody may look where a figure of a closing is from: all departments stand there."""
    closing = record_named(ref, {"closing": Closing.objects.select_related("round")})
    return closing is not None and sees_whole(user, closing.round)


def _may_report(user: Any, record: Round | Part | Row) -> bool:
    if isinstance(record, Row):
        return may_report(user, record.part, ItemKind(record.kind))
    if isinstance(record, Part):
        return any(may_report(user, record, kind) for kind in ItemKind)
    return any(may(user, "report", part) for part in record.parts.select_related("round"))


def _where(record: Round | Part | Row) -> tuple[int, frozenset[int] | None]:
    if isinstance(record, Round):
        return record.district_id, None
    part = record if isinstance(record, Part) else record.part
    return part.round.district_id, frozenset({part.department_id})


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees what is attached to a record of this room."""
    row = _row_of(ref)
    return row is not None and may(user, "view", row)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may attach to a record of this room.

    To a row: who reports on it, while it is with them and the round is open. To a finding: who proposed it,
    until it is decided.
    """
    row = _row_of(ref)
    if row is None:
        return False
    if ref.kind == "finding":
        return FalseReport.objects.filter(pk=ref.key, found_by=user, state=FalseState.PROPOSED).exists()
    with_them = row.phase in REPORTABLE and row.round.phase is RoundState.OPEN
    return with_them and may(user, "report", row)


_TABLES = {
    "row": Row.objects.select_related("part__round", "round"),
    "finding": FalseReport.objects.select_related("row__part__round"),
}


def _row_of(ref: Ref) -> Row | None:
    record = record_named(ref, _TABLES)
    return record.row if isinstance(record, FalseReport) else record
