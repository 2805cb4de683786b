"""What a plan holds already, by code and name, so that another edition of its text finds its own records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qingshan.kernel.refs import Ref
from qingshan.plans.models import (
    CommitmentVersion,
    IndicatorTable,
    IndicatorVersion,
    KnownConflict,
    MeasureVersion,
    Plan,
    ProjectVersion,
    ProvisionVersion,
)

__all__ = ["KnownRecord", "known_conflicts", "known_records"]


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record of a plan: its kind (``indicator``, ``table``, ``project`` ...), code and name.

    ``within`` is what it stands in: the kind of an indicator's table, a measure's kind, a provision's.
    """

    kind: str
    code: str
    name: str
    within: str
    order: int
    ref: Ref | None


def known_records(*, plan: Plan) -> list[KnownRecord]:
    """Return the current records of a plan, in their order."""
    tables = [
        KnownRecord("table", one.code, one.name, str(one.kind), n, None)
        for n, one in enumerate(IndicatorTable.objects.filter(plan=plan).order_by("code"))
    ]
    return [*tables, *_versions(plan)]


def known_conflicts(*, plan: Plan) -> dict[str, KnownConflict]:
    """Return the conflicts of a plan's text that the ledger holds, by code."""
    return {one.code: one for one in KnownConflict.objects.filter(plan=plan)}


def _versions(plan: Plan) -> Iterator[KnownRecord]:
    for row in _current(IndicatorVersion, plan).select_related("subject__table"):
        table = row.subject.table
        yield _record("indicator", row, row.name, str(table.kind) if table else "")
    for row in _current(ProjectVersion, plan).select_related("subject"):
        yield _record("project", row, row.name, "")
    for row in _current(CommitmentVersion, plan).select_related("subject"):
        yield _record("commitment", row, row.metric, "")
    for row in _current(MeasureVersion, plan).select_related("subject"):
        yield _record("measure", row, row.title, str(row.kind))
    for row in _current(ProvisionVersion, plan).select_related("subject"):
        yield _record("provision", row, row.duty_code or row.wording, str(row.kind))


def _current(versions: type[Any], plan: Plan) -> Any:
    return versions.objects.current().filter(plan=plan).order_by("order", "pk")


def _record(kind: str, row: Any, name: str, within: str) -> KnownRecord:
    return KnownRecord(kind, row.subject.code, name, within, row.order, row.subject.ref)
