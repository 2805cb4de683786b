"""A department's rows as a workbook: out as a template, filled in, back in; and a round as a workbook.

A template belongs to one round and one department: each line carries the numbers of both, so that last
month's file, or a neighbour's, is told apart in plain words and never half read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.dispatch import policies
from qingshan.dispatch.actions.rows import Facts, allowed_states, save_row
from qingshan.dispatch.errors import DispatchRefusal, MixedUp
from qingshan.dispatch.figures import RoundFigures
from qingshan.dispatch.models import Part, Round, Row
from qingshan.dispatch.queries.figures import names_now
from qingshan.dispatch.states import REPORTABLE
from qingshan.dispatch.vocabulary import ItemKind
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import (
    Cell,
    Problem,
    Sheet,
    UploadedTable,
    heading_among,
    in_every_language,
    read_table,
    write_workbook,
)
from qingshan.plans.public import WorkState

__all__ = ["Checked", "carry_out", "check", "round_file", "template_file"]

_NUMBER = re.compile(r"(\d{1,10})-(\d{1,10})-(\d{1,10})")
_FULL = 100
_LONGEST = {"text": 4000, "difficulties": 2000}

_LINE = gettext_lazy("填报行号")
#: Columns the department fills in, by the field of a row.
_FILLED = {
    "work_state": gettext_lazy("本期状态"),
    "percent": gettext_lazy("本期进度（%）"),
    "text": gettext_lazy("进展情况"),
    "difficulties": gettext_lazy("存在问题"),
}
_SHOWN: tuple[tuple[Any, Callable[[Row], Any]], ...] = (
    (gettext_lazy("类别"), lambda row: row.get_kind_display()),
    (gettext_lazy("编号"), lambda row: row.code),
    (gettext_lazy("事项"), lambda row: row.title),
    (gettext_lazy("完成期限"), lambda row: row.due_on),
    (gettext_lazy("上期状态"), lambda row: _state_label(row.before_state)),
    (gettext_lazy("上期进度（%）"), lambda row: row.before_percent),
)


@dataclass(slots=True)
class Checked:
    """What a dry run found: the rows that would be saved, and every error by its cell."""

    name: str
    rows: list[tuple[Row, Facts]] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    unchanged: int = 0

    @property
    def count(self) -> int:
        """Rows that would be saved."""
        return len(self.rows)


def template_file(*, part: Part, rows: Iterable[Row], on: date) -> IO[bytes]:
    """Return a department's rows as a workbook to fill in (填报表); those with the reviewer are left out."""
    open_rows = [row for row in rows if row.phase in REPORTABLE]
    states = allowed_states(open_rows, on)
    head = [
        str(_LINE),
        *(str(label) for label, _shown in _SHOWN),
        *(str(label) for label in _FILLED.values()),
    ]
    lines = [
        [
            _line_number(row), *(shown(row) for _label, shown in _SHOWN),
            _state_label(row.work_state), row.percent, row.text, row.difficulties,
        ]
        for row in open_rows
    ]  # fmt: skip
    said = {
        row.title: "、".join(_state_label(one) for one in states[row.pk]) or _("任务不填状态")
        for row in open_rows
    }
    notes = [
        str(part.round),
        _("“填报行号”一列不能改动；只填后四列。有一处错误，整张表都不写入。"),
        _("佐证材料在网页上逐项上传；导入后请在网页上核对并提交审核。"),
        *(f"{title}：{allowed}" for title, allowed in said.items()),
    ]
    sheet = Sheet(_("调度填报"), [head, *lines], [14, 8, 14, 40, 12, 10, 12, 12, 14, 50, 30])
    return write_workbook([sheet], notes=notes)


def _line_number(row: Row) -> str:
    return f"{row.round_id}-{row.part_id}-{row.pk}"


def _state_label(word: str) -> str:
    return str(WorkState(word).label) if word else ""


def check(*, part: Part, file: IO[bytes], name: str, size: int, by: Any, at: datetime) -> Checked:
    """Read a filled-in workbook and hold every cell against what is allowed (试算); nothing is written.

    Raises
    ------
    UnreadableTable
        The file is no table that can be read.
    MixedUp
        It is another round's, another department's, or no template of ours.
    """
    policies.require(by, "report", part)
    table = read_table(file, name=name, size=size, sheet=in_every_language(gettext_lazy("调度填报")))
    columns = _columns(table)
    held = {
        row.pk: row
        for row in Row.objects.filter(part=part).select_related(
            "round__plan", "round__district", "part__round"
        )
    }
    states = allowed_states(held.values(), beijing_day(at))
    found = Checked(name)
    seen: set[int] = set()
    for line in table.rows:
        cells = {key: line.cell(head) for key, head in columns.items()}
        row = _row_of(cells["line"], part, held, columns["line"], found)
        if row is None:
            continue
        if row.pk in seen:
            found.errors.append(
                Problem(cells["line"].address, columns["line"], cells["line"].text, _("每项只出现一次"))
            )
            continue
        seen.add(row.pk)
        _take(row, cells, columns, states.get(row.pk, ()), by, found)
    return found


def _columns(table: UploadedTable) -> dict[str, str]:
    """How the file calls our columns; a file that lacks one is none of ours."""
    wanted = {"line": _LINE, **_FILLED}
    found = {key: heading_among(table.headings, label) or "" for key, label in wanted.items()}
    missing = [str(wanted[key]) for key, head in found.items() if not head]
    if missing:
        told = _("这不是调度填报表：缺少“%s”列。请下载本单位本轮的填报表，填好后再传。")
        raise MixedUp(told % "”“".join(missing))
    return found


def _row_of(cell: Cell, part: Part, held: dict[int, Row], column: str, found: Checked) -> Row | None:
    shape = _NUMBER.fullmatch(cell.text)
    if shape is None:
        found.errors.append(
            Problem(cell.address, column, cell.text, _("填报表原有的行号，不能改动或自行加行"))
        )
        return None
    in_round, in_part, number = (int(one) for one in shape.groups())
    if in_round != part.round_id:
        other = Round.objects.filter(pk=in_round, plan=part.round.plan_id).first()
        whose = str(other.period_name) if other else _("另一轮调度")
        told = {"whose": whose, "ours": part.round.period_name}
        raise MixedUp(_("这是%(whose)s的填报表，不是%(ours)s的；请下载本轮的填报表。") % told)
    if in_part != part.pk:
        raise MixedUp(_("这是另一个单位的填报表；请下载%s的填报表。") % part.department)
    if number not in held:
        found.errors.append(Problem(cell.address, column, cell.text, _("本单位本轮的行号")))
        return None
    return held[number]


def _take(
    row: Row,
    cells: dict[str, Cell],
    columns: dict[str, str],
    states: tuple[str, ...],
    by: Any,
    found: Checked,
) -> None:
    """Read one line; what differs from what the row says is to be saved."""

    def wrong(key: str, allowed: str) -> None:
        found.errors.append(Problem(cells[key].address, columns[key], cells[key].text, allowed))

    before = len(found.errors)
    for key in _FILLED:
        if cells[key].is_formula:
            wrong(key, _("数值或文字本身，不能是公式"))
    facts = Facts(
        work_state=_work_state(row, cells["work_state"], states, wrong),
        percent=_percent(cells["percent"], wrong),
        **{key: _text(key, cells[key], wrong) for key in _LONGEST},
    )
    if facts.work_state == WorkState.DONE and facts.percent not in (None, _FULL):
        wrong("percent", _("已完成的进度应为 100"))
    if len(found.errors) > before:
        return
    same = (facts.work_state, facts.percent, facts.text, facts.difficulties) == (
        row.work_state, row.percent, row.text, row.difficulties,
    )  # fmt: skip
    if same:
        found.unchanged += 1
    elif row.phase not in REPORTABLE:
        wrong("line", _("这一项已提交审核或采纳，不能再改；请从表中删去这一行"))
    elif not policies.may_report(by, row.part, ItemKind(row.kind)):
        wrong("line", _("您有权填报的事项"))
    else:
        found.rows.append((row, facts))


def _work_state(row: Row, cell: Cell, states: tuple[str, ...], wrong: Callable[[str, str], None]) -> str:
    if not cell.text:
        return ""
    if row.is_task:
        wrong("work_state", _("空着：任务不填状态"))
        return ""
    known = {label: one for one in states for label in in_every_language(WorkState(one).label)}
    if cell.text not in known:
        wrong("work_state", "、".join(_state_label(one) for one in states))
    return known.get(cell.text, "")


def _percent(cell: Cell, wrong: Callable[[str, str], None]) -> int | None:
    if not cell.text:
        return None
    text = cell.text.removesuffix("%").removesuffix("％").strip()
    text = text.removesuffix(".0") if isinstance(cell.value, float) else text
    if not text.isdecimal() or not 0 <= int(text) <= _FULL:
        wrong("percent", _("0 到 100 的整数，如 65"))
        return None
    return int(text)


def _text(key: str, cell: Cell, wrong: Callable[[str, str], None]) -> str:
    if len(cell.text) > _LONGEST[key]:
        wrong(key, _("最多 %d 个字") % _LONGEST[key])
    return cell.text


@transaction.atomic
def carry_out(*, checked: Checked, key: str, by: Any, at: datetime) -> int:
    """Save all rows of a workbook without errors (导入), or none; return how many.

    Parameters
    ----------
    key : str
        Names this carrying out: the same one again saves nothing twice.

    Raises
    ------
    MixedUp
        The dry run found errors, or a row was handed in since.
    """
    if checked.errors:
        raise MixedUp(_("表中有 %d 处错误，没有写入任何内容。") % len(checked.errors))
    for row, facts in checked.rows:
        try:
            save_row(row=row, facts=facts, key=f"{key}-{row.pk}", by=by, at=at)
        except DispatchRefusal as refused:
            told = {"title": row.title, "why": refused}
            raise MixedUp(_("没有写入任何内容。“%(title)s”：%(why)s") % told) from refused
    return checked.count


def round_file(
    *, found: Round, rows: Iterable[Row], figures: RoundFigures, whole: bool, on: date
) -> IO[bytes]:
    """Return a round as a workbook: all rows that somebody sees, and the figures for who sees the whole."""
    rows = list(rows)
    names = names_now([row.part.department_id for row in rows], on)
    head = [
        _("单位"), *(str(label) for label, _shown in _SHOWN), *(str(label) for label in _FILLED.values()),
        _("填报状态"), _("疑点"), _("退回次数"), _("填报人"), _("审核人"), _("审核意见"),
    ]  # fmt: skip
    lines = [
        [
            names[row.part.department_id], *(shown(row) for _label, shown in _SHOWN),
            _state_label(row.work_state), row.percent, row.text, row.difficulties, str(row.phase.label),
            "、".join(str(one.label) for one in row.flagged), row.sent_back, row.reported_by, row.reviewed_by,
            row.review_note,
        ]
        for row in rows
    ]  # fmt: skip
    sheets = [Sheet(_("调度事项"), [head, *lines])]
    if whole:
        sheets += _figure_sheets(figures)
    notes = [str(found), _("模拟数据，不属于任何真实地区。")] if found.simulated else [str(found)]
    return write_workbook(sheets, as_of=figures.day, notes=notes)


def _figure_sheets(figures: RoundFigures) -> list[Sheet]:
    departments: list[list[Any]] = [
        [
            _("单位"), _("报送情况"), _("应报"), _("已报"), _("迟报"), _("未报"), _("退回次数"), _("采纳"),
            _("逾期任务"), _("虚报"),
        ],
        *(
            [
                one.name, str(one.phase.label), one.rows, one.reported, one.late, one.missing, one.sent_back,
                one.accepted, one.overdue_tasks, one.false_reports,
            ]
            for one in figures.departments
        ),
    ]  # fmt: skip
    chapters: list[list[Any]] = [
        [_("章"), _("事项"), _("完成"), _("已报进度"), _("平均进度（%）")],
        *([one.name, one.total, one.done, one.told, one.mean] for one in figures.chapters),
    ]
    lagging: list[list[Any]] = [
        [_("事项"), _("单位"), _("进度（%）"), _("时序进度（%）"), _("滞后（百分点）")],
        *([one.title, one.department, one.percent, one.expected, one.points] for one in figures.lagging),
    ]
    return [Sheet(_("单位"), departments), Sheet(_("分章进展"), chapters), Sheet(_("进度滞后"), lagging)]
