"""How departments conducted themselves over a year of rounds, for their assessment (报送行为)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from qingshan.dispatch.figures import figures_from
from qingshan.dispatch.models import Closing, FalseReport
from qingshan.dispatch.queries.figures import names_now
from qingshan.dispatch.states import FalseState, PartState
from qingshan.dispatch.vocabulary import ConductKind
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.plans.public import Plan

__all__ = ["Conduct", "Evidence", "conduct_of"]

_COUNTED = {
    PartState.LATE: ConductKind.LATE_REPORT,
    PartState.PARTLY: ConductKind.LATE_REPORT,
    PartState.SILENT: ConductKind.SILENT,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows it: a record's name across rooms, and what happened in words."""

    ref: Ref
    words: str


@dataclass(frozen=True, slots=True)
class Conduct:
    """How often a department did something that an assessment counts against it, with what shows it.

    The department is the one that was asked; ``name`` is what it is called at the end of the year, or who has
    its duties by then.
    """

    kind: ConductKind
    department_id: int
    name: str
    evidence: tuple[Evidence, ...]

    @property
    def count(self) -> int:
        """How often."""
        return len(self.evidence)


def conduct_of(*, plan: Plan, year: int, on: date | None = None) -> list[Conduct]:
    """Return what departments did in the closed rounds of a plan whose period ends in a year.

    Late and partial reports count once a round, silence once a round, each confirmed false report once. As
    frozen when each round was closed; a round that is open again does not count until it is closed.

    Parameters
    ----------
    on : date, optional
        Only what was known on this day: closings in force at its end, false reports confirmed by then.
        Without it, what is known now.
    """
    found: dict[tuple[ConductKind, int], list[Evidence]] = defaultdict(list)
    for closing in _closings(plan, year, on):
        one = closing.round
        for held in figures_from(closing.figures).departments:
            kind = _COUNTED.get(held.phase)
            if kind is not None:
                words = f"{one.period_name}：{held.phase.label}（{held.reported}/{held.rows}）"
                found[kind, held.department_id].append(Evidence(one.ref, words))
    for finding in _false(plan, year, on):
        words = f"{finding.row.round.period_name}：{finding.row.title}，{finding.reason}"
        key = (ConductKind.FALSE_REPORT, finding.row.part.department_id)
        found[key].append(Evidence(finding.ref, words))
    names = names_now({department for _kind, department in found}, date(year, 12, 31), was=False)
    return [
        Conduct(kind, department, names[department], tuple(evidence))
        for (kind, department), evidence in sorted(found.items())
    ]


def _closings(plan: Plan, year: int, on: date | None) -> list[Closing]:
    rows = Closing.objects.filter(round__plan=plan, round__ends_on__year=year).select_related("round")
    rows = rows.order_by("round__ends_on", "round_id", "pk")
    if on is None:
        return list(rows.filter(reopened_at__isnull=True))
    return [
        one for one in rows.filter(on__lte=on) if one.reopened_at is None or beijing_day(one.reopened_at) > on
    ]


def _false(plan: Plan, year: int, on: date | None) -> list[FalseReport]:
    rows = FalseReport.objects.filter(
        row__round__plan=plan, row__round__ends_on__year=year, state=FalseState.CONFIRMED
    )
    found = rows.select_related("row__round", "row__part").order_by("decided_at", "pk")
    return [one for one in found if on is None or (one.decided_at and beijing_day(one.decided_at) <= on)]
