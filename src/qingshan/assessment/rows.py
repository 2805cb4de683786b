"""The rows of an evaluation: the ledger's, with what the evaluators found, ready to be scored and shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from qingshan.assessment.models import Evaluation, Finding
from qingshan.assessment.scoring.kept import plain_row, row_from
from qingshan.assessment.scoring.shapes import ListKind, Row, Verdict
from qingshan.assessment.vocabulary import Opinion
from qingshan.plans import public as plans
from qingshan.plans.packs.words import Direction

__all__ = ["ListRow", "Lists", "list_row_from", "newest_findings", "plain_list_row", "read_lists"]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: what is scored (``row``), and what a table prints beside it.

    Parameters
    ----------
    ref, url : str
        The record of the ledger, by its name across rooms, and its page.
    baseline, target, actual : str
        As printed. ``ledger`` is the ledger's own value where a counter-checked one stands in its place.
    target_year : int, optional
        The year of the target that an indicator is held against, or towards which it is on its way.
    status : str
        A word of the ledger's verdicts, or of its working states for measures and projects.
    opinion, doubt : str
        What the evaluator found, and why where they doubt.
    """

    kind: ListKind
    row: Row
    ref: str
    url: str
    unit: str = ""
    baseline: str = ""
    target: str = ""
    target_year: int | None = None
    actual: str = ""
    ledger: str = ""
    source: str = ""
    as_of: str = ""
    status: str = ""
    method: str = ""
    opinion: str = ""
    doubt: str = ""

    @property
    def phase(self) -> plans.Status | plans.WorkState | None:
        """The verdict or working state, as a badge shows it."""
        if not self.status:
            return None
        return plans.Status(self.status) if self.kind is ListKind.INDICATORS else plans.WorkState(self.status)

    @property
    def view(self) -> Opinion | None:
        """The evaluator's opinion, as a badge shows it."""
        return Opinion(self.opinion) if self.opinion else None

    @property
    def attribute(self) -> str:
        """Binding, expected, for reference."""
        return str(plans.ATTRIBUTES[self.row.attribute])


Lists = Mapping[ListKind, tuple[ListRow, ...]]


def read_lists(evaluation: Evaluation) -> Lists:
    """Return the three lists as the ledger has them on the evaluation's day, with the findings laid over."""
    findings = newest_findings(evaluation)
    checked = {
        code: Decimal(found.checked)
        for (kind, code), found in findings.items()
        if kind == ListKind.INDICATORS and _replaces(found)
    }
    plan, year, on = evaluation.plan, evaluation.year, evaluation.on
    ledger = plans.assessed_rows(plan=plan, year=year, on=on)
    found = plans.assessed_rows(plan=plan, year=year, on=on, checked=checked) if checked else ledger
    own = {row.code: row for row in ledger.indicators}
    return {
        ListKind.INDICATORS: tuple(
            _indicator(row, own[row.code], findings.get((ListKind.INDICATORS, row.code)))
            for row in found.indicators
        ),
        ListKind.MEASURES: tuple(_works(ListKind.MEASURES, found.measures, findings)),
        ListKind.PROJECTS: tuple(_works(ListKind.PROJECTS, found.projects, findings)),
    }


_Findings = Mapping[tuple[str, str], Finding]


def newest_findings(evaluation: Evaluation) -> dict[tuple[str, str], Finding]:
    """Return the finding that counts for each row: the newest."""
    rows = evaluation.findings.select_related("by").order_by("pk")
    return {(found.kind, found.code): found for found in rows}


def _replaces(found: Finding | None) -> bool:
    """Whether a counter-checked value stands in the place of the ledger's."""
    return found is not None and found.opinion == Opinion.DOUBTED and bool(found.checked)


_VERDICTS = {
    plans.Status.MET: Verdict.MET,
    plans.Status.ON_TRACK: Verdict.MET,
    plans.Status.MISSED: Verdict.MISSED,
    plans.Status.BEHIND: Verdict.MISSED,
    plans.Status.NOT_EVALUABLE: Verdict.NOT_EVALUABLE,
}


def _indicator(row: plans.AssessedRow, own: plans.AssessedRow, found: Finding | None) -> ListRow:
    assert row.status is not None  # noqa: S101 - the ledger judges every indicator
    scored = Row(
        code=row.code,
        name=row.name,
        category=row.category,
        attribute=row.attribute,
        direction=row.direction or Direction.HIGHER_BETTER,
        baseline=row.baseline,
        target=row.target,
        actual=row.actual,
        verdict=_VERDICTS.get(row.status, Verdict.NO_DATA),
        excluded=row.excluded,
        **_answerable(row),
    )
    return _with_finding(
        ListRow(
            kind=ListKind.INDICATORS,
            row=scored,
            ref=str(row.ref),
            url=row.url,
            unit=row.unit,
            baseline=row.baseline_words,
            target=row.target_words,
            target_year=row.target_year,
            actual=row.actual_words,
            ledger=own.actual_words if _replaces(found) else "",
            source="：".join(part for part in (own.kind, own.source) if part),
            as_of=own.as_of.isoformat() if own.as_of else "",
            status=row.status.value,
            method=row.method,
        ),
        found,
    )


def _works(kind: ListKind, rows: Iterable[plans.AssessedRow], findings: _Findings) -> Iterable[ListRow]:
    for row in rows:
        found = findings.get((kind, row.code))
        told = _work(kind, row)
        if found is not None and _replaces(found):
            done = Decimal(found.checked)
            told = replace(
                told, row=replace(told.row, done=done), actual=f"{done:f}%", ledger=told.actual or "—"
            )
        yield _with_finding(told, found)


def _work(kind: ListKind, row: plans.AssessedRow) -> ListRow:
    done = None if row.done is None else Decimal(row.done)
    scored = Row(
        code=row.code, name=row.name, category=row.category, done=done, key=row.key, excluded=row.excluded,
        **_answerable(row),
    )  # fmt: skip
    return ListRow(
        kind=kind,
        row=scored,
        ref=str(row.ref),
        url=row.url,
        actual="" if done is None else f"{done:f}%",
        source=row.source,
        as_of=row.as_of.isoformat() if row.as_of else "",
        status=row.state.value if row.state else "",
    )


def _answerable(row: plans.AssessedRow) -> dict[str, Any]:
    """Who leads and who joins; where the text lists departments and names no lead, all join."""
    lead = next((one for one in row.shares if one.role == plans.ResponsibilityRole.LEAD), None)
    joint = [one for one in row.shares if one is not lead]
    return {
        "lead": lead.name if lead else "",
        "lead_id": lead.department_id if lead else None,
        "joint": tuple(one.name for one in joint),
        "joint_ids": tuple(one.department_id for one in joint),
    }


def _with_finding(told: ListRow, found: Finding | None) -> ListRow:
    if found is None:
        return told
    return replace(told, opinion=found.opinion, doubt=found.reason)


def plain_list_row(row: ListRow) -> dict[str, Any]:
    """Return a row as JSON holds it."""
    return {**asdict(row), "kind": row.kind.value, "row": plain_row(row.row)}


def list_row_from(plain: Mapping[str, Any]) -> ListRow:
    """Read a row that was kept."""
    return ListRow(**{**plain, "kind": ListKind(plain["kind"]), "row": row_from(plain["row"])})
