"""What entering would do: what is accepted, what is refused, how a corrected edition differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import AreaRefusal
from qingshan.history.public import BeforeLastVersion, FieldChange, StaleVersion
from qingshan.intake.entering import parcel_of
from qingshan.intake.errors import BadFacts, IntakeRefusal
from qingshan.intake.facts import checked
from qingshan.intake.models import Finding, Intake
from qingshan.intake.packing import IncompletePack
from qingshan.intake.packing.codes import matched
from qingshan.intake.states import FindingState
from qingshan.intake.vocabulary import FindingKind, Side
from qingshan.plans import public as plans

__all__ = ["DifferenceRow", "Preview", "Problem", "preview"]

#: Kinds of records as `plans.Told` names them.
_KINDS = {
    "plan": _("规划信息"),
    "indicator": _("指标"),
    "target": _("目标"),
    "project": _("项目"),
    "commitment": _("承诺"),
    "measure": _("措施"),
    "provision": _("职责与准入规则"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something would not be entered; without a finding it is about the plan's own information."""

    finding: Finding | None
    field: str
    told: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One record of the ledger, and what the new edition would do to it, field by field."""

    side: Side
    kind: Any
    code: str
    name: str
    fields: tuple[FieldChange, ...]
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What entering would do now.

    ``accepted`` counts what waits, by kind. ``rows`` is the difference against the ledger, for a document of
    a plan that is there already; it takes in what is still open, as if it were accepted.
    """

    accepted: dict[FindingKind, int]
    problems: list[Problem]
    rows: list[DifferenceRow]

    @property
    def counts(self) -> dict[Side, int]:
        """How many records of each side."""
        seen = Counter(row.side for row in self.rows)
        return {side: seen[side] for side in Side}

    @property
    def waiting(self) -> int:
        """How many findings would be entered."""
        return sum(self.accepted.values())


def preview(*, intake: Intake, by: Any, at: datetime) -> Preview:
    """Return what entering would do; nothing is written.

    Parameters
    ----------
    by : User
        Who asks, and would enter it; may decide in the district.
    """
    findings = list(
        Finding.objects.filter(intake=intake).exclude(state=FindingState.REPLACED).order_by("order", "pk")
    )
    accepted = Counter(one.kind for one in findings if one.state == FindingState.ACCEPTED)
    waiting = [one for one in findings if one.state in (FindingState.OPEN, FindingState.ACCEPTED)]
    problems, broken = [], set()
    for one in waiting:
        for problem in _problems(one):
            broken.add(one.pk)
            if one.state == FindingState.ACCEPTED:
                problems.append(problem)
    entered = [one for one in findings if one.state == FindingState.ENTERED]
    whole = [one for one in waiting if one.pk not in broken]
    rows: list[DifferenceRow] = []
    try:
        chosen = (
            [*entered, *whole]
            if intake.plan
            else [one for one in whole if one.state == FindingState.ACCEPTED]
        )
        parcel = parcel_of(intake, chosen, at=at, by=by)
        if intake.plan is not None:
            rows = _difference(intake, parcel, findings)
    except IncompletePack as lacking:
        problems += [Problem(None, name, told) for name, told in lacking.fields.items()]
    except (plans.LedgerRefusal, AreaRefusal, BeforeLastVersion, StaleVersion, IntakeRefusal) as refused:
        problems.append(Problem(None, "", str(refused)))
    return Preview({FindingKind(kind): n for kind, n in accepted.items()}, problems, rows)


def _problems(finding: Finding) -> Iterator[Problem]:
    try:
        checked(finding.kind, finding.facts)
    except BadFacts as bad:
        for name, told in bad.fields.items():
            yield Problem(finding, name, told)


def _difference(intake: Intake, parcel: Any, findings: Sequence[Finding]) -> list[DifferenceRow]:
    done = plans.compare_pack(parcel.packed.pack, **parcel.how)
    by_code = {code: pk for pk, code in parcel.packed.codes.items()}
    by_pk = {one.pk: one for one in findings}
    rows = []
    for told in done.told:
        finding = by_pk.get(by_code.get(told.code.partition(" ")[0], 0))
        side = Side(told.outcome.value)
        rows.append(DifferenceRow(side, _KINDS[told.kind], told.code, told.name, told.changes, finding))
    rows += _gone(parcel, findings)
    return sorted(rows, key=lambda row: list(Side).index(row.side))


def _gone(parcel: Any, findings: Sequence[Finding]) -> Iterator[DifferenceRow]:
    """Records that nothing in the new text is about, also nothing that was rejected; they stay."""
    still = {record.code for record in matched(findings, parcel.known).values()}
    still |= {one.entered_code for one in findings} | set(parcel.packed.codes.values())
    for record in parcel.known:
        if record.kind == "table" or record.code in still:
            continue
        if record.kind == "measure" and record.within != "measure":
            continue  # headings come and go with their measures
        yield DifferenceRow(Side.GONE, _KINDS[record.kind], record.code, record.name, (), None)
