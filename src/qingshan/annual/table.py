"""Rows of an annual plan out to a workbook and in again (年度计划表): all rows or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.annual.actions.drafting import revise_row
from qingshan.annual.errors import AnnualRefusal, BadRow
from qingshan.annual.models import AnnualPlan, AnnualRowVersion
from qingshan.annual.wording import title_of
from qingshan.areas.public import AmbiguousName, Department, department_names, find_department
from qingshan.audit import public as audit
from qingshan.history.public import StaleVersion
from qingshan.pages.public import (
    Problem,
    Row,
    Sheet,
    UploadedTable,
    heading_among,
    in_every_language,
    no_rows,
    read_table,
    strange_headings,
    write_workbook,
)

__all__ = ["COLUMNS", "Checked", "TableRefused", "carry_out", "check", "workbook"]

_HUNDREDTHS = Decimal(100)
_MOST_WEIGHT = Decimal(1000)
SHEET = gettext_lazy("年度计划事项")


class TableRefused(AnnualRefusal):
    """A table is not carried out: it has errors, or a row has changed since it was tried."""


class _BadCell(ValueError):
    """A cell does not hold what its column may; the words say what is allowed."""


@dataclass(slots=True)
class Checked:
    """What a dry run found: for each row its version and what would change, and every wrong cell."""

    name: str
    changes: list[tuple[AnnualRowVersion, dict[str, Any]]] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows that would change."""
        return len(self.changes)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, field, how a cell is read, how a row fills it, what may stand in it."""

    heading: Any
    field: str
    read: Callable[[str, AnnualPlan], Any]
    written: Callable[[AnnualRowVersion, Mapping[int, str]], Any]
    allowed: Any

    def among(self, headings: Collection[str]) -> str | None:
        """Return how a table calls this column; None when it is not there."""
        return heading_among(headings, self.heading)


def _text(longest: int, *, needed: bool = False) -> Callable[[str, AnnualPlan], str]:
    def read(found: str, annual: AnnualPlan) -> str:
        if needed and not found:
            raise _BadCell(_("必填"))
        if len(found) > longest:
            raise _BadCell(_("最多 %d 个字") % longest)
        return found

    return read


def _number(found: str, annual: AnnualPlan) -> str:
    if found and not _is_decimal(found):
        raise _BadCell(_("一个数，或空着"))
    return found


def _is_decimal(found: str) -> bool:
    try:
        return Decimal(found).is_finite()
    except InvalidOperation:
        return False


def _weight(found: str, annual: AnnualPlan) -> int:
    if not _is_decimal(found) or not 0 <= Decimal(found) <= _MOST_WEIGHT:
        raise _BadCell(_("0 到 1000 的数"))
    hundredths = Decimal(found) * _HUNDREDTHS
    if hundredths != hundredths.to_integral_value():
        raise _BadCell(_("最多两位小数"))
    return int(hundredths)


def _day(found: str, annual: AnnualPlan) -> date | None:
    if not found:
        return None
    try:
        day = date.fromisoformat(found.replace("/", "-"))
    except ValueError:
        raise _BadCell(_("%d 年内的日期，如 %d-06-30") % (annual.year, annual.year)) from None
    if day.year != annual.year:
        raise _BadCell(_("%d 年内的日期") % annual.year)
    return day


def _department(found: str, annual: AnnualPlan) -> Department | None:
    if not found:
        return None
    try:
        known = find_department(found, annual.district, date(annual.year, 1, 1))
        known = known or find_department(found, annual.district, date(annual.year, 12, 31))
    except AmbiguousName as ambiguous:
        raise _BadCell(str(ambiguous)) from ambiguous
    if known is None:
        raise _BadCell(_("本辖区已登记的单位"))
    return known


def _lead(found: str, annual: AnnualPlan) -> int | None:
    known = _department(found, annual)
    return known.pk if known else None


def _joint(found: str, annual: AnnualPlan) -> list[int]:
    for sign in ("；", ";", "\n", "，", ","):
        found = found.replace(sign, "、")
    names = dict.fromkeys(name.strip() for name in found.split("、") if name.strip())
    return [one.pk for name in names if (one := _department(name, annual)) is not None]


def _yes(found: str, annual: AnnualPlan) -> bool:
    if found in in_every_language(_YES) | {"1"}:
        return True
    if found in in_every_language(_NO) | {"0", ""}:
        return False
    raise _BadCell(_("是或否"))


_YES, _NO = gettext_lazy("是"), gettext_lazy("否")


_NUMBER = gettext_lazy("序号")
COLUMNS = (
    Column(gettext_lazy("事项"), "name", _text(300, needed=True), lambda row, names: row.name,
           gettext_lazy("事项名称")),
    Column(gettext_lazy("年度目标"), "goal", _text(4000, needed=True), lambda row, names: row.goal,
           gettext_lazy("文字；目标的数值另填在“数值”列")),
    Column(gettext_lazy("数值"), "value", _number, lambda row, names: row.number_wanted,
           gettext_lazy("目标的数值，不带单位和符号；没有数值的空着")),
    Column(gettext_lazy("牵头单位"), "lead_id", _lead, lambda row, names: names.get(row.lead_id or 0, ""),
           gettext_lazy("一个已登记的单位")),
    Column(gettext_lazy("配合单位"), "joint", _joint,
           lambda row, names: "、".join(names.get(pk, "") for pk in row.joint),
           gettext_lazy("已登记的单位，用顿号分开")),
    Column(gettext_lazy("完成期限"), "due_on", _day, lambda row, names: row.due_on,
           gettext_lazy("年内的日期")),
    Column(gettext_lazy("应交证据"), "evidence_wanted", _text(2000), lambda row, names: row.evidence_wanted,
           gettext_lazy("每行一项，可空")),
    Column(gettext_lazy("权重"), "weight_hundredths", _weight, lambda row, names: row.weight,
           gettext_lazy("0 到 1000，最多两位小数")),
    Column(gettext_lazy("按季度分解"), "quarterly", _yes,
           lambda row, names: str(_YES if row.quarterly else _NO), gettext_lazy("是或否")),
    Column(gettext_lazy("列入计划"), "included", _yes,
           lambda row, names: str(_YES if row.included else _NO), gettext_lazy("是或否")),
)  # fmt: skip


def workbook(*, annual: AnnualPlan, rows: Iterable[AnnualRowVersion], on: date) -> IO[bytes]:
    """Return rows as a workbook (下载事项表). Read back unchanged, it changes nothing."""
    given = list(rows)
    names = department_names({pk for row in given for pk in row.department_ids}, on)
    ended = Department.objects.in_bulk({pk for row in given for pk in row.department_ids} - names.keys())
    names |= {pk: one.name for pk, one in ended.items()}
    headings = [str(_NUMBER), *(str(column.heading) for column in COLUMNS)]
    lines = [[row.subject.code, *(column.written(row, names) for column in COLUMNS)] for row in given]
    notes = [
        title_of(annual, on), _("第一行是列名，不能改动；“序号”认行，不能改动；不改的行可以删去。"),
        _("有一处错误，整张表都不写入。"),
        *(f"{column.heading}：{column.allowed}" for column in COLUMNS),
    ]  # fmt: skip
    widths = (8, 30, 40, 10, 24, 24, 12, 24, 8, 12, 10)
    return write_workbook([Sheet(str(SHEET), [headings, *lines], widths)], as_of=on, notes=notes)


def check(
    *, annual: AnnualPlan, rows: Iterable[AnnualRowVersion], file: IO[bytes], name: str, size: int
) -> Checked:
    """Read a table and hold every cell against what is allowed (试算); nothing is written.

    Raises
    ------
    UnreadableTable
        The file is not a table that can be read.
    """
    table = read_table(file, name=name, size=size, sheet=in_every_language(SHEET))
    found = Checked(name)
    number = heading_among(table.headings, _NUMBER)
    found.errors += _wrong_headings(table, number)
    if found.errors or number is None:
        return found
    held = {row.subject.code: row for row in rows}
    seen: dict[str, int] = {}
    for row in table.rows:
        cell = row.cell(number)
        code = cell.text.removesuffix(".0").zfill(3)
        if code not in held:
            found.errors.append(Problem(cell.address, number, cell.text, _("本年度计划的序号")))
        elif code in seen:
            told = _("每项只出现一次；第%d行已有") % seen[code]
            found.errors.append(Problem(cell.address, number, cell.text, told))
        else:
            seen[code] = row.number
            _take(found, annual, held[code], row, table)
    return found


def _wrong_headings(table: UploadedTable, number: str | None) -> list[Problem]:
    strange = strange_headings(table, [_NUMBER, *(one.heading for one in COLUMNS)])
    missing = [] if number else [Problem(_("第1行"), str(_NUMBER), "", _("这一列必须有"))]
    return [*strange, *missing, *no_rows(table)]


def _take(found: Checked, annual: AnnualPlan, held: AnnualRowVersion, row: Row, table: UploadedTable) -> None:
    changes: dict[str, Any] = {}
    wrong: list[Problem] = []
    for column in COLUMNS:
        heading = column.among(table.headings)
        if heading is None:
            continue
        cell = row.cell(heading)
        try:
            if cell.is_formula:
                raise _BadCell(_("数值本身，不能是公式"))
            changes[column.field] = column.read(cell.as_typed, annual)
        except _BadCell as bad:
            wrong.append(Problem(cell.address, heading, cell.text, str(bad)))
    lead = changes.get("lead_id", held.lead_id)
    if lead and lead in changes.get("joint", held.joint):
        wrong.append(Problem(row.address, str(COLUMNS[4].heading), "", _("不含牵头单位")))
    found.errors += wrong
    changed = {name: given for name, given in changes.items() if not _same(name, getattr(held, name), given)}
    if changed and not wrong:
        found.changes.append((held, changed))


def _same(name: str, held: Any, given: Any) -> bool:
    """A number written otherwise (90.70 and 90.7) is the same number."""
    if name == "value" and held and given:
        return Decimal(held) == Decimal(given)
    return bool(held == given)


@transaction.atomic
def carry_out(*, checked: Checked, annual: AnnualPlan, by: Any, at: datetime) -> int:
    """Change all rows of a table that has no errors (导入), or none; return how many.

    Raises
    ------
    TableRefused
        The dry run found errors, or a row cannot be changed so.
    Forbidden, NotNow
    """
    if checked.errors:
        raise TableRefused(_("表中有 %d 处错误，没有写入任何内容。") % len(checked.errors))
    for held, changes in checked.changes:
        try:
            revise_row(
                row=held.subject, seen=held.number, changes=changes, by=by, at=at,
                reason=_("Excel 导入：%s") % checked.name,
            )  # fmt: skip
        except (BadRow, StaleVersion) as refused:
            told = {"row": held.subject.code, "why": refused}
            raise TableRefused(_("序号 %(row)s：%(why)s") % told) from refused
    detail = {"rows": checked.count, "file": checked.name}
    audit.record("annual.import_table", annual.ref, by=by, at=at, detail=detail)
    return checked.count
