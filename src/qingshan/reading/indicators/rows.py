"""Indicator rows out of grids: merged values taken from the row above, base years, completion tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qingshan.reading.findings import Indicator, Plan, Printed, Target
from qingshan.reading.indicators.values import clean_name, meaning, own_year
from qingshan.reading.plan import FIVE_YEARS
from qingshan.reading.tables.columns import Column, Placed, align, columns_of, data_rows
from qingshan.reading.tables.grid import Grid, bracket_year, star_year
from qingshan.reading.text import LONGEST_SPAN, Span

__all__ = ["is_indicator_table", "read_indicators"]


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed row before merged values are filled in."""

    placed: Placed
    order: str
    group: str
    names: tuple[str, ...]
    span: Span


def is_indicator_table(columns: Sequence[Column]) -> bool:
    """Say whether a table lists indicators: names with targets, and an attribute, a base or a result."""
    kinds = {column.kind for column in columns}
    return (
        "name" in kinds
        and "target" in kinds
        and bool(kinds & {"attribute", "baseline", "actual"})
        and "money" not in kinds
    )


def read_indicators(grids: Sequence[Grid], plan: Plan) -> tuple[Indicator, ...]:
    """Return the rows of every indicator table, in printed order."""
    found: list[Indicator] = []
    for grid in grids:
        columns = columns_of(grid)
        columns = tuple(_with_base(columns, plan))
        if columns and is_indicator_table(columns):
            found += _table(grid, columns, plan)
    return tuple(found)


def _with_base(columns: Sequence[Column], plan: Plan) -> Sequence[Column]:
    """Where heads are bare years, those before the plan's first year are base years, not targets."""
    if any(column.kind in ("baseline", "actual") for column in columns):
        return columns
    bare = [
        column for column in columns if column.kind == "target" and re.fullmatch(r"20\d\d年?", column.head)
    ]
    if len(bare) < 2:
        return columns
    base = min(column.year or "" for column in bare)
    early = plan.first_year is None or int(base) < plan.first_year
    return [replace(c, kind="baseline") if early and c in bare and c.year == base else c for c in columns]


def _table(grid: Grid, columns: Sequence[Column], plan: Plan) -> list[Indicator]:
    rows: list[_Row] = []
    groups: dict[int, str] = {}
    for printed in data_rows(grid):
        row = _row(grid, columns, align(columns, printed), printed, groups)
        if _continues(columns, row) and rows:  # the rest of a long name, printed on the next line or page
            rows[-1] = replace(rows[-1], names=(*rows[-1].names[:-1], rows[-1].names[-1] + row.names[-1]))
        elif row.names:
            rows.append(row)
    above: dict[int, str] = {}
    base, starred = bracket_year(grid.notes), star_year(grid.notes)
    return [
        _indicator(grid, columns, row, above, base, plan, starred if "*" in "".join(row.names) else None)
        for row in rows
    ]


def _row(
    grid: Grid, columns: Sequence[Column], placed: Placed, printed: tuple[object, ...], groups: dict[int, str]
) -> _Row:
    names: list[str] = []
    order = ""
    for i, column in enumerate(columns):
        if column.kind == "order":
            order = placed.text(i)
        elif column.kind == "group":
            if placed.text(i) and placed.text(i) != groups.get(i):
                groups[i] = placed.text(i)
                for deeper in [j for j in groups if j > i and columns[j].kind == "group"]:
                    del groups[deeper]
        elif column.kind == "name":
            names += [cell.text for cell in placed.cells[i] if not cell.blank]
    group = "/".join(groups[i] for i in sorted(groups))
    return _Row(placed, order, group, tuple(names), _span(grid, placed))


def _span(grid: Grid, placed: Placed) -> Span:
    cells = [cell for group in placed.cells for cell in group if not cell.blank] or [
        cell for group in placed.cells for cell in group
    ]
    start = min((cell.span[0] for cell in cells), default=grid.span[0])
    end = max((cell.span[1] for cell in cells), default=start)
    return start, min(end, start + LONGEST_SPAN)


def _continues(columns: Sequence[Column], row: _Row) -> bool:
    values = [row.placed.text(i) for i, column in enumerate(columns) if column.kind not in ("name", "group")]
    return not row.order and len(row.names) == 1 and not any(values)


def _indicator(
    grid: Grid,
    columns: Sequence[Column],
    row: _Row,
    above: dict[int, str],
    base: str | None,
    plan: Plan,
    starred: str | None,
) -> Indicator:
    texts, flags = _filled(columns, row.placed, above)
    name, unit = clean_name(row.names[-1])
    by_kind = {column.kind: texts[i] for i, column in enumerate(columns)}
    unit = unit or by_kind.get("unit") or None
    targets = tuple(
        _target(column, texts[i], unit, plan) for i, column in enumerate(columns) if column.kind == "target"
    )
    state = next((i for i, column in enumerate(columns) if column.kind in ("actual", "baseline")), None)
    printed = (
        None
        if state is None or not texts[state]
        else Printed(starred or _state_year(columns[state], texts[state], base), texts[state])
    )
    done = state is not None and _is_result(columns[state], targets)
    order = int(row.order) if row.order.isdigit() else None
    return Indicator(
        table=grid.caption,
        order=order,
        category=row.group or None,
        name=name,
        unit=unit,
        attribute=by_kind.get("attribute") or None,
        baseline=None if done else printed,
        targets=targets,
        actual=printed if done else None,
        status=by_kind.get("status") or None,
        span=row.span,
        flags=tuple(flags),
    )


def _filled(columns: Sequence[Column], placed: Placed, above: dict[int, str]) -> tuple[list[str], list[str]]:
    """Return the row's texts, values of merged cells taken from the row above."""
    texts = [placed.text(i) for i in range(len(columns))]
    flags = []
    targets = [i for i, column in enumerate(columns) if column.kind == "target"]
    if targets and not any(texts[i] for i in targets):
        for i in targets:
            texts[i] = above.get(i, "")
        state = next((i for i, column in enumerate(columns) if column.kind in ("actual", "baseline")), None)
        if state is not None and not texts[state] and not placed.text(state):
            texts[state] = above.get(state, "")
        flags.append("targets_merged")
    for i, column in enumerate(columns):
        if (
            column.kind in ("attribute", "status")
            and not texts[i]
            and (column.kind == "attribute" or "targets_merged" in flags or not placed.text(i - 1))
        ):
            texts[i] = above.get(i, "")
            flags.append(f"{column.kind}_merged")
        above[i] = texts[i]
    if placed.spread:
        flags.append("targets_spread")
    if placed.misfits:
        flags.append("cells_left_over")
    return texts, flags


def _target(column: Column, raw: str, unit: str | None, plan: Plan) -> Target:
    parts = meaning(raw, unit)
    year = column.year or next((str(FIVE_YEARS[name][1]) for name in FIVE_YEARS if name in column.head), None)
    return Target(
        year or str(plan.last_year or ""),
        raw,
        parts.kind,
        parts.operator,
        parts.value,
        parts.unit,
        parts.authority,
    )


def _state_year(column: Column, text: str, base: str | None) -> str | None:
    if base and re.fullmatch(r"\[.*\]", text):
        return base
    return own_year(text) or column.year


def _is_result(column: Column, targets: Sequence[Target]) -> bool:
    years = [target.year for target in targets if target.year]
    return column.kind == "actual" or bool(column.year and years and column.year >= max(years))
