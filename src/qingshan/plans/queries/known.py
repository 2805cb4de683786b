"""What a plan holds already, by code and name, so that another edition of its text finds its own records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.kernel.refs import Ref
from qingshan.plans.models import (
    CommitmentVersion,
    Indicator,
    IndicatorTable,
    IndicatorVersion,
    KnownConflict,
    MeasureVersion,
    Plan,
    PlanSource,
    PlanVersion,
    ProjectVersion,
    ProvisionVersion,
    TargetVersion,
)
from qingshan.plans.targets import typed_in_words

__all__ = [
    "KnownRecord",
    "known_conflicts",
    "known_records",
    "main_source",
    "plan_of_code",
    "plan_of_indicator",
    "plan_was_there",
    "target_of",
    "target_words_of",
]


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


def main_source(*, plan: Plan) -> PlanSource | None:
    """Return the source text of a plan that places without a document count in."""
    return PlanSource.objects.filter(plan=plan, main=True).defer("text").first()


def plan_of_code(code: str) -> Plan | None:
    """Return the plan that has a code; whether somebody may see it is not asked."""
    return Plan.objects.filter(code=code).first()


def plan_of_indicator(indicator_id: int) -> int | None:
    """Return the number of the plan that an indicator belongs to; None where it is gone."""
    return Indicator.objects.filter(pk=indicator_id).values_list("plan_id", flat=True).first()


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


def plan_was_there(*, plan: Plan, on: date) -> bool:
    """Return whether the ledger held a plan on a day."""
    return PlanVersion.objects.on(on).filter(subject=plan).exists()


def target_of(*, plan: Plan, code: str, year: int) -> TargetVersion | None:
    """Return what an indicator shall be in a year, as it stands now; ``subject`` is the target itself."""
    held = TargetVersion.objects.current().filter(
        subject__indicator__plan=plan, subject__indicator__code=code, subject__year=year
    )
    return held.select_related("subject__indicator__plan").first()


def target_words_of(*, plan: Plan, code: str) -> dict[int, str]:
    """Return what an indicator shall be in each year, in words."""
    held = TargetVersion.objects.current().filter(
        subject__indicator__plan=plan, subject__indicator__code=code
    )
    rows = held.select_related("subject").order_by("subject__year")
    return {one.subject.year: typed_in_words(one.typed) for one in rows if one.typed is not None}
