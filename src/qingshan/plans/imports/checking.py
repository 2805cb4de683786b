"""The dry run: every cell against its column, every row against the ledger; then all rows or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import (
    Cell,
    Column,
    Problem,
    Row,
    UploadedTable,
    in_every_language,
    no_rows,
    read_table,
    strange_headings,
)
from qingshan.plans import policies
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.imports.columns import BadCell
from qingshan.plans.imports.kinds import KINDS, Kind
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.imports.rows import Filled
from qingshan.plans.models import PlanVersion

__all__ = ["Checked", "Refused", "carry_out", "check"]


@dataclass(slots=True)
class Checked:
    """What a dry run found; ``count`` rows would be entered or changed."""

    kind: str
    name: str
    rows: list[Filled] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows to be entered."""
        return len(self.rows)


class Refused(LedgerRefusal):
    """A table with errors is not carried out."""


def check(
    *, kind: str, plan: PlanVersion, file: IO[bytes], name: str, size: int, by: Any, on: date | None = None
) -> Checked:
    """Read a table and hold every cell against what is allowed (试算); nothing is written.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    on : date, optional
        The day as which departments are looked up first; then as of the plan's first day.

    Raises
    ------
    UnreadableTable
        The file is not a table that can be read.
    """
    what = KINDS[kind]
    table = read_table(file, name=name, size=size, sheet=in_every_language(what.label))
    found = Checked(kind, name)
    found.errors += _wrong_headings(table, what.columns)
    if not found.errors:
        names = {column.field: column.among(table.headings) for column in what.columns}
        for row in table.rows:
            filled, problems = _filled(row, what.columns, names)
            found.rows.append(filled)
            found.errors += problems
        found.errors += _repeated(found.rows, what.key)
        shelf = Shelf(plan, on or plan.valid_from)
        errors, warnings = what.examine(shelf, found.rows)
        errors += _not_theirs(what, shelf, found.rows, by)
        told = {(one.address, one.column) for one in found.errors}
        found.errors += [one for one in errors if (one.address, one.column) not in told]
        found.warnings += warnings
    return found


def _not_theirs(what: Kind, shelf: Shelf, rows: list[Filled], by: Any) -> list[Problem]:
    """Rows about an indicator that somebody may not write to: said now, and not when it is too late."""
    field = what.key[0]
    may: dict[str, bool] = {}
    problems = []
    for row in rows:
        held = shelf.indicators.get(row.facts.get(field, "")) if what.rows_about_indicators else None
        if held is None or by is None:
            continue
        code = held.subject.code
        if code not in may:
            may[code] = policies.may(by, what.verb, held.subject)
        if not may[code]:
            problems.append(row.problem(field, _("您负责填报的指标；这一项由其他单位填报")))
    return problems


@transaction.atomic
def carry_out(*, checked: Checked, plan: PlanVersion, by: Any, at: datetime) -> int:
    """Enter all rows of a table that has no errors (导入), or none; return how many.

    Raises
    ------
    Refused
        The dry run found errors, or the ledger has changed since and refuses a row.
    """
    if checked.errors:
        raise Refused(_("表中有 %d 处错误，没有写入任何内容。") % len(checked.errors))
    what, shelf = KINDS[checked.kind], Shelf(plan, beijing_day(at))
    for row in checked.rows:
        try:
            what.enter(shelf, row.facts, by, at, _("Excel 导入：%s") % checked.name)
        except (LedgerRefusal, policies.Forbidden) as refused:
            raise Refused(_("第%(row)d行：%(why)s") % {"row": row.number, "why": refused}) from refused
    detail = {"kind": checked.kind, "rows": checked.count, "file": checked.name}
    audit.record("plans.import_table", plan.subject.ref, by=by, at=at, detail=detail)
    return checked.count


def _wrong_headings(table: UploadedTable, columns: Iterable[Column]) -> list[Problem]:
    columns = list(columns)
    missing = [
        Problem(_("第1行"), str(column.heading), "", _("这一列必须有，列名为“%s”") % column.heading)
        for column in columns
        if column.required and column.among(table.headings) is None
    ]
    return [*missing, *strange_headings(table, (column.heading for column in columns)), *no_rows(table)]


def _filled(
    row: Row, columns: Iterable[Column], names: Mapping[str, str | None]
) -> tuple[Filled, list[Problem]]:
    facts: dict[str, Any] = {}
    cells: dict[str, Cell] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    for column in columns:
        heading = names[column.field] or str(column.heading)
        cell = row.cell(heading)
        cells[column.field], headings[column.field] = cell, heading
        try:
            facts[column.field] = _read(column, cell)
        except BadCell as bad:
            problems.append(Problem(cell.address, heading, cell.text, str(bad)))
    return Filled(row.number, facts, cells, headings), problems


def _read(column: Column, cell: Cell) -> Any:
    if cell.is_formula:
        raise BadCell(_("数值本身，不能是公式；请复制后“选择性粘贴—数值”"))
    if not cell.text:
        if column.required:
            raise BadCell(_("必填：%s") % column.allowed)
        return None
    return column.read(cell.as_typed)


def _repeated(rows: Iterable[Filled], key: tuple[str, ...]) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        named = tuple(row.facts.get(name) for name in key)
        if any(part is None for part in named[:1]):
            continue
        if named in seen:
            yield row.problem(key[0], _("每项只出现一次；第%d行已有") % seen[named])
        seen.setdefault(named, row.number)
