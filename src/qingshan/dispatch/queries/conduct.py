"""How departments conducted themselves over a year of rounds, for their assessment (报送行为)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from qingshan.dispatch.figures import figures_from
from qingshan.dispatch.models import FalseReport, Round
from qingshan.dispatch.queries.figures import closing_in_force, names_now
from qingshan.dispatch.states import FalseState, PartState, RoundState
from qingshan.dispatch.vocabulary import ConductKind
from qingshan.kernel.refs import Ref
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


def conduct_of(*, plan: Plan, year: int) -> list[Conduct]:
    """Return what departments did in the closed rounds of a plan whose period ends in a year.

    Late and partial reports count once a round, silence once a round, each confirmed false report once. As
    frozen when each round was closed; a round that is open again does not count until it is closed.
    """
    found: dict[tuple[ConductKind, int], list[Evidence]] = defaultdict(list)
    rounds = Round.objects.filter(plan=plan, ends_on__year=year, state=RoundState.CLOSED).order_by("ends_on")
    for one in rounds:
        closing = closing_in_force(one)
        if closing is None:
            continue
        for held in figures_from(closing.figures).departments:
            kind = _COUNTED.get(held.phase)
            if kind is not None:
                words = f"{one.period_name}：{held.phase.label}（{held.reported}/{held.rows}）"
                found[kind, held.department_id].append(Evidence(one.ref, words))
    for finding in _false(plan, year):
        words = f"{finding.row.round.period_name}：{finding.row.title}，{finding.reason}"
        key = (ConductKind.FALSE_REPORT, finding.row.part.department_id)
        found[key].append(Evidence(finding.ref, words))
    names = names_now({department for _kind, department in found}, date(year, 12, 31), was=False)
    return [
        Conduct(kind, department, names[department], tuple(evidence))
        for (kind, department), evidence in sorted(found.items())
    ]


def _false(plan: Plan, year: int) -> list[FalseReport]:
    rows = FalseReport.objects.filter(
        row__round__plan=plan, row__round__ends_on__year=year, state=FalseState.CONFIRMED
    )
    return list(rows.select_related("row__round", "row__part").order_by("decided_at", "pk"))
