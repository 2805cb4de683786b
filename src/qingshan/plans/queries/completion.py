"""How each table of indicators ended or stands (指标完成情况表), row by row from the ledger's values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.plans.case import Case
from qingshan.plans.models import IndicatorTable, Plan, PlanVersion, Value
from qingshan.plans.queries.indicators import IndicatorRow, indicator_rows, indicators_for
from qingshan.plans.states import Status
from qingshan.plans.status import judge
from qingshan.plans.targets import binding_operator, satisfies
from qingshan.plans.vocabulary import TableKind

__all__ = ["CompletionRow", "CompletionTable", "completion_tables"]


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """One row: what was aimed at, what came of it, and the conclusion.

    ``at_start`` tells whether the printed baseline reaches the target already: no verdict, for that needs a
    later value; None where two numbers cannot be held together. ``reason`` says why a row is not evaluated,
    ``evidence`` what that rests on; ``printed`` is the conclusion that the plan itself prints, if any.
    """

    number: int
    code: str
    name: str
    unit: str
    attribute: str
    category: str
    baseline: Figure
    at_start: bool | None
    target_year: int | None
    target: str
    value: Figure
    value_words: str
    value_year: int | None
    status: Status
    conclusion: str
    reason: str
    evidence: str
    method: str
    printed: str
    url: str


@dataclass(frozen=True, slots=True)
class CompletionTable:
    """A table of indicators as it stands on a day; ``ended`` for one about the plan before."""

    name: str
    ended: bool
    on: date
    rows: tuple[CompletionRow, ...]

    @property
    def counted(self) -> list[tuple[Status, int]]:
        """How many rows have which verdict, in the order of the verdicts."""
        found = Counter(row.status for row in self.rows)
        return [(status, found[status]) for status in Status if found[status]]


def completion_tables(*, plan: Plan, on: date) -> list[CompletionTable]:
    """Return the tables of a plan with the verdict on each row on a day (完成情况表).

    Tables about the former plan come first; what stands in no table comes last. Empty on a day before the
    plan was there.
    """
    version = PlanVersion.objects.on(on).filter(subject=plan).select_related("subject").first()
    if version is None:
        return []
    found: dict[IndicatorTable | None, list[IndicatorRow]] = {}
    for row in indicator_rows(
        user=None, plan=version, on=on, versions=indicators_for(user=None, plan=version, on=on)
    ):
        found.setdefault(row.table, []).append(row)
    return [
        CompletionTable(
            name=table.name if table else _("正文所列指标"),
            ended=_ended(table),
            on=on,
            rows=tuple(_row(number, row) for number, row in enumerate(rows, start=1)),
        )
        for table, rows in sorted(found.items(), key=lambda pair: (not _ended(pair[0]), pair[0] is None))
    ]


def _ended(table: IndicatorTable | None) -> bool:
    return table is not None and table.kind == TableKind.COMPLETION


def _row(number: int, row: IndicatorRow) -> CompletionRow:
    standing = row.standing
    year = standing.target_year
    verdict = judge(standing.case, year)
    value = _shown_value(standing.values, year)
    excluded = standing.excluded.get(year or 0) if verdict.status is Status.NOT_EVALUABLE else None
    target = row.targets.get(year or 0)
    return CompletionRow(
        number=number,
        code=row.code,
        name=row.name,
        unit=row.unit,
        attribute=str(row.attribute_label),
        category=row.category,
        baseline=row.baseline,
        at_start=_at_start(standing.case, year),
        target_year=year,
        target=(target.version.raw or target.words) if target else "",
        value=row.latest,
        value_words=_value_words(value),
        value_year=value.year if value else None,
        status=verdict.status,
        conclusion=_conclusion(verdict.status),
        reason=excluded.reason if excluded else "",
        evidence=excluded.evidence if excluded else "",
        method=verdict.method,
        printed=row.version.printed_status,
        url=row.url,
    )


def _at_start(case: Case, year: int | None) -> bool | None:
    typed, base = case.targets.get(year or 0), case.baseline_number
    if typed is None or typed.value is None or base is None or case.baseline is None:
        return None
    if typed.unit and case.baseline.unit and typed.unit != case.baseline.unit:
        return None
    return satisfies(base, binding_operator(typed, case.direction), typed.value)


def _shown_value(values: Mapping[int, list[Value]], year: int | None) -> Value | None:
    """The value of the last year up to the target's that says more than a conclusion."""
    told = [
        found[0]
        for one, found in sorted(values.items())
        if (year is None or one <= year) and not _only_concludes(found[0], values)
    ]
    return told[-1] if told else None


def _only_concludes(value: Value, values: Mapping[int, list[Value]]) -> bool:
    """A finding that rests on an earlier year's value; the table prints that value."""
    return (
        value.number is None
        and bool(value.finding)
        and value.as_of.year in values
        and value.as_of.year < value.year
    )


def _value_words(value: Value | None) -> str:
    if value is None:
        return ""
    words = value.text or (f"{value.number:f}" if value.number is not None else value.get_finding_display())
    return f"{words}（{value.condition}）" if value.condition and not value.text else words


def _conclusion(status: Status) -> str:
    told = {Status.MET: _("完成"), Status.MISSED: _("未完成")}
    return told.get(status, str(status.label))
