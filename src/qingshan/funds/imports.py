"""Receipts and payments from a workbook: dry run with every error by its cell, then all rows or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import Forbidden
from qingshan.audit import public as audit
from qingshan.funds.actions.money import enter_money
from qingshan.funds.errors import FundsRefusal
from qingshan.funds.forms.fields import WanField, YearField
from qingshan.funds.models import GrantBid, MoneyEntry
from qingshan.funds.vocabulary import EntryKind
from qingshan.pages.public import (
    Cell,
    Column,
    Problem,
    Sheet,
    UploadedTable,
    in_every_language,
    no_rows,
    read_table,
    strange_headings,
    write_workbook,
)
from qingshan.plans import public as plans

__all__ = ["COLUMNS", "Checked", "carry_out", "check", "template_file"]


@dataclass(slots=True)
class Checked:
    """What a dry run found: the rows as facts by their number in the file, and the errors."""

    name: str
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows to be entered."""
        return len(self.rows)


def _day(found: str) -> date:
    return date.fromisoformat(found.replace("/", "-").replace(".", "-"))


def _kind(found: str) -> EntryKind:
    return next(one for one in EntryKind if found in in_every_language(one.label))


def _text(longest: int) -> Callable[[str], str]:
    def read(found: str) -> str:
        if len(found) > longest:
            raise ValueError(found)
        return found

    return read


def _year(found: str) -> int:
    year: int = YearField().clean(found)
    return year


def _yuan(found: str) -> int:
    yuan = WanField().clean(found)
    if not yuan:
        raise ValueError(found)
    return yuan


COLUMNS = (
    Column(gettext_lazy("项目编号"), "project", _text(60), gettext_lazy("本规划的项目编号"), required=True),
    Column(gettext_lazy("类别"), "kind", _kind, gettext_lazy("到位或支付"), required=True),
    Column(gettext_lazy("日期"), "on", _day, gettext_lazy("日历上有的日期，如 2025-06-30"), required=True),
    Column(
        gettext_lazy("金额（万元）"),
        "amount_yuan",
        _yuan,
        gettext_lazy("大于零，最多四位小数"),
        required=True,
    ),
    Column(gettext_lazy("资金年度"), "year", _year, gettext_lazy("四位年份"), required=True),
    Column(
        gettext_lazy("资金来源"), "funds", _text(60), gettext_lazy("如 省级财政，最多 60 个字"), required=True
    ),
    Column(gettext_lazy("凭证号"), "voucher", _text(60), gettext_lazy("最多 60 个字"), required=True),
    Column(gettext_lazy("用途"), "purpose", _text(200), gettext_lazy("最多 200 个字，可空")),
    Column(gettext_lazy("专项申报编号"), "bid", _text(40), gettext_lazy("已下达的专项资金编号，可空")),
)


def template_file() -> IO[bytes]:
    """Return an empty table with its headings, and what each column may hold."""
    headings = [str(column.heading) for column in COLUMNS]
    notes = [
        f"{column.heading}{_('（必填）') if column.required else ''}：{column.allowed}" for column in COLUMNS
    ]
    general = [_("第一行是列名，不能改动；单元格里不能是公式。"), _("有一处错误，整张表都不写入。")]
    return write_workbook([Sheet(_("资金流水"), [headings], [16] * len(headings))], notes=[*general, *notes])


def check(*, plan: plans.Plan, file: IO[bytes], name: str, size: int, by: Any, on: date) -> Checked:
    """Read a table and hold every cell against what is allowed (试算); nothing is written.

    Raises
    ------
    UnreadableTable
        The file is not a table that can be read.
    """
    table = read_table(file, name=name, size=size)
    found = Checked(name, errors=_wrong_headings(table) or no_rows(table))
    if found.errors:
        return found
    known = _Known.of(plan, by, on)
    vouchers: dict[tuple[Any, ...], int] = {}
    for row in table.rows:
        cells = {column.field: row.cell(column.among(table.headings) or "") for column in COLUMNS}
        facts, problems = _facts(cells)
        problems += known.problems(facts, cells)
        key = (facts.get("project"), facts.get("kind"), facts.get("voucher"))
        if None not in key and key in vouchers:
            told = _("每张凭证只出现一次；第%d行已有") % vouchers[key]
            problems.append(_problem("voucher", cells, told))
        vouchers.setdefault(key, row.number)
        found.rows[row.number] = facts
        found.errors += problems
    return found


def _wrong_headings(table: UploadedTable) -> list[Problem]:
    missing = [
        Problem(_("第1行"), str(column.heading), "", _("这一列必须有"))
        for column in COLUMNS
        if column.required and not column.among(table.headings)
    ]
    return [*missing, *strange_headings(table, (column.heading for column in COLUMNS))]


def _facts(cells: Mapping[str, Cell]) -> tuple[dict[str, Any], list[Problem]]:
    facts: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in COLUMNS:
        cell = cells[column.field]
        if cell.is_formula:
            problems.append(_problem(column.field, cells, _("数值本身，不能是公式")))
        elif not cell.text:
            if column.required:
                problems.append(_problem(column.field, cells, _("必填：%s") % column.allowed))
        else:
            try:
                facts[column.field] = column.read(cell.as_typed)
            except (ValueError, StopIteration, ValidationError):
                problems.append(_problem(column.field, cells, str(column.allowed)))
    return facts, problems


def _problem(name: str, cells: Mapping[str, Cell], allowed: str) -> Problem:
    heading = next(str(column.heading) for column in COLUMNS if column.field == name)
    return Problem(cells[name].address, heading, cells[name].text, allowed)


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows are held against: the plan's projects somebody sees, its grants, the vouchers entered."""

    projects: Mapping[str, Any]
    writable: frozenset[str]
    bids: Mapping[str, GrantBid]
    vouchers: frozenset[tuple[str, str, str]]
    on: date

    @classmethod
    def of(cls, plan: plans.Plan, by: Any, on: date) -> _Known:
        held = {one.code: one.project for one in plans.funded_projects(plan=plan, on=on, user=by)}
        entered = MoneyEntry.objects.filter(
            project__in=held.values(), reverses__isnull=True, reversed_by__isnull=True
        )
        granted = GrantBid.objects.filter(district=plan.district, granted_yuan__isnull=False)
        return cls(
            projects=held,
            writable=frozenset(code for code, one in held.items() if plans.may(by, "report_project", one)),
            bids={bid.code: bid for bid in granted},
            vouchers=frozenset(entered.values_list("project__code", "kind", "voucher")),
            on=on,
        )

    def problems(self, facts: Mapping[str, Any], cells: Mapping[str, Cell]) -> list[Problem]:
        """Return what of a row cannot be entered."""
        told: dict[str, str] = {}
        code = facts.get("project")
        if code is not None and code not in self.projects:
            told["project"] = _("没有这个项目")
        elif code is not None and code not in self.writable:
            told["project"] = _("您负责填报的项目；这一项由其他单位填报")
        if "on" in facts and facts["on"] > self.on:
            told["on"] = _("不晚于今天")
        if facts.get("bid") and facts["bid"] not in self.bids:
            told["bid"] = _("已下达的专项资金编号")
        if (code, facts.get("kind"), facts.get("voucher")) in self.vouchers:
            told["voucher"] = _("没有登记过的凭证；这一张已登记")
        return [_problem(name, cells, words) for name, words in told.items()]


@transaction.atomic
def carry_out(*, checked: Checked, plan: plans.Plan, by: Any, at: datetime, on: date) -> int:
    """Enter all rows of a table that has no errors (导入), or none; return how many.

    Raises
    ------
    FundsRefusal
        The dry run found errors, or a row is refused now.
    """
    if checked.errors:
        raise FundsRefusal(_("表中有 %d 处错误，没有写入任何内容。") % len(checked.errors))
    known = _Known.of(plan, by, on)
    for number, facts in checked.rows.items():
        try:
            given = {name: facts[name] for name in ("kind", "year", "funds", "on", "amount_yuan", "voucher")}
            enter_money(
                project=known.projects[facts["project"]], purpose=facts.get("purpose", ""),
                bid=known.bids.get(facts.get("bid", "")), by=by, at=at, **given,
            )  # fmt: skip
        except (ValueError, Forbidden, KeyError) as refused:
            raise FundsRefusal(_("第%(row)d行：%(why)s") % {"row": number, "why": refused}) from refused
    detail = {"rows": checked.count, "file": checked.name}
    audit.record("funds.import", plan.ref, by=by, at=at, detail=detail)
    return checked.count
