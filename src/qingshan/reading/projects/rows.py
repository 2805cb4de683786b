"""Project rows out of grids, with shifted columns repaired and flagged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qingshan.reading.departments import looks_like_departments, split_departments
from qingshan.reading.findings import Project
from qingshan.reading.projects.quantities import quantities_in
from qingshan.reading.tables.columns import Column, Placed, align, columns_of, data_rows
from qingshan.reading.tables.grid import Cell, Grid
from qingshan.reading.text import LONGEST_SPAN, fold

__all__ = ["is_project_table", "read_projects"]


def is_project_table(columns: Sequence[Column]) -> bool:
    """Say whether a table lists projects: names or contents with years, money or responsible bodies."""
    kinds = [column.kind for column in columns]
    told = sum(kind in kinds for kind in ("years", "money", "departments", "content"))
    return "target" not in kinds and ("name" in kinds or "content" in kinds) and told >= 2


def read_projects(source: str, grids: Sequence[Grid]) -> tuple[Project, ...]:
    """Return the rows of every project table, in printed order."""
    found: list[Project] = []
    for grid in grids:
        columns = columns_of(grid)
        if columns and is_project_table(columns):
            found += _Table(source, grid, columns).rows()
    return tuple(found)


class _Table:
    """One table being read: what merged cells leave out is carried down from the rows above."""

    def __init__(self, source: str, grid: Grid, columns: Sequence[Column]) -> None:
        self.source, self.grid, self.columns = source, grid, columns
        self.group: str | None = None
        self.name: str | None = None
        self.order: int | None = None
        self.years: tuple[int | None, int | None] = (None, None)

    def rows(self) -> list[Project]:
        return [project for row in data_rows(self.grid) if (project := self._row(row)) is not None]

    def _row(self, row: tuple[Cell, ...]) -> Project | None:
        placed = align(self.columns, row)
        texts = self._texts(placed)
        if not any(texts.get(kind) for kind in ("name", "content", "years", "departments")):
            return None
        if re.match(r"合计|总计|小计", "".join(texts.values())):
            return None
        flags: list[str] = []
        if self._is_shifted(placed, texts):
            texts = self._repaired(row, texts)
            flags.append("column_shift")
        self._carry(texts, flags)
        names = self._departments(row, texts)
        content = texts.get("content", "")
        span = self.grid.row_span(row)
        return Project(
            name=self.name,
            group=self.group,
            departments=names,
            start_year=self.years[0],
            end_year=self.years[1],
            investment_wan=_money(texts.get("money", ""), self._head("money")),
            quantities=quantities_in(fold(content)),
            content=content,
            table=self.grid.caption,
            order=self.order,
            span=(span[0], min(span[1], span[0] + LONGEST_SPAN)),
            flags=tuple(flags),
        )

    def _texts(self, placed: Placed) -> dict[str, str]:
        texts: dict[str, str] = {}
        for i, column in enumerate(self.columns):
            if column.kind != "other":
                texts[column.kind] = "".join(cell.text for cell in placed.cells[i] if not cell.blank)
        return texts

    def _head(self, kind: str) -> str:
        return next((column.head for column in self.columns if column.kind == kind), "")

    def _is_shifted(self, placed: Placed, texts: dict[str, str]) -> bool:
        """A body printed outside its column, which is empty: the row has slipped."""
        if "departments" not in texts or texts["departments"]:
            return False
        return bool(_stray_body(placed))

    def _repaired(self, row: tuple[Cell, ...], texts: dict[str, str]) -> dict[str, str]:
        """Deal the row's words out again: what is left of the body are group, name and content, in order."""
        words = [
            cell
            for cell in row
            if not cell.blank
            and cell.text not in (texts.get("order"), texts.get("years"), texts.get("money"))
        ]
        bodies = [cell for cell in words[1:] if looks_like_departments(cell.folded)]
        if not bodies:  # the first word only looks like a body: it is a name
            return texts
        body = bodies[0]
        rest = [cell.text for cell in words if cell is not body]
        group = rest.pop(0) if rest and (len(rest) > 2 or _is_group_name(rest[0])) else ""
        content = rest.pop() if rest else ""
        return {**texts, "departments": body.text, "group": group, "name": "".join(rest), "content": content}

    def _carry(self, texts: dict[str, str], flags: list[str]) -> None:
        if texts.get("group"):
            self.group = texts["group"]
        fresh = bool(texts.get("name") or texts.get("order"))
        if texts.get("order", "").isdigit():
            self.order = int(texts["order"])
        if texts.get("name"):
            self.name = texts["name"]
        elif fresh:
            self.name = None
            flags.append("name_missing")
        years = _years(texts.get("years", ""))
        if years != (None, None) or fresh:
            self.years = years
        elif "years" in texts:
            flags.append("years_merged")

    def _departments(self, row: tuple[Cell, ...], texts: dict[str, str]) -> tuple[str, ...]:
        """Split the bodies from the source, where line breaks between them are still to be seen."""
        printed = texts.get("departments", "")
        cell = next((cell for cell in row if cell.text == printed and printed), None)
        return split_departments(self.source[slice(*cell.span)] if cell else printed) if printed else ()


def _stray_body(placed: Placed) -> list[Cell]:
    return [
        cell
        for cell in [*(c for group in placed.cells for c in group), *placed.misfits]
        if not cell.blank and looks_like_departments(cell.folded)
    ]


_PLACE = re.compile(r"[镇村县河湖江厂站路园库湾岛港号]|公司|高新区|开发区|\d|市(?!政)")


def _is_group_name(text: str) -> bool:
    """Say whether words name a kind of projects and not one: no place, no plant, no number.

    >>> _is_group_name("生态环境基础能力建设工程"), _is_group_name("平冈镇污水处理厂扩建")
    (True, False)
    """
    return (
        len(text) <= 16
        and not _PLACE.search(text)
        and bool(re.search(r"(工程|项目|行动|类|任务|建设|治理|保护)$", text))
    )


def _years(printed: str) -> tuple[int | None, int | None]:
    """Read the years of a project.

    >>> _years("2019-2020"), _years("2022"), _years("2021年3月至2023年底"), _years("")
    ((2019, 2020), (2022, 2022), (2021, 2023), (None, None))
    """
    found = [int(year) for year in re.findall(r"(?:19|20)\d\d", printed)]
    return (found[0], found[-1]) if found else (None, None)


def _money(printed: str, head: str) -> Decimal | None:
    """Read an investment in 万元.

    >>> _money("1,860.5", "投资预算(万元)"), _money("2.5", "总投资（亿元）"), _money("/", "投资")
    (Decimal('1860.5'), Decimal('25000.0'), None)
    """
    found = re.search(r"\d[\d,]*(?:\.\d+)?", fold(printed))
    if not found:
        return None
    value = Decimal(found.group().replace(",", ""))
    if "亿" in printed or ("亿" in head and "万" not in printed):
        return value * 10000
    if "元" in head + printed and "万" not in head + printed:
        return value / 10000
    return value
