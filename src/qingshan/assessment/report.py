"""The text of an evaluation's report (评估报告): blocks, and every number in them with where it is from.

The table of indicators is laid out as plans print how the former plan ended: number, indicator, unit,
attribute, baseline, target, value, and whether it was reached or why it was not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.urls import reverse

from qingshan.assessment.models import Evaluation, Recommendation
from qingshan.assessment.queries import lessons_of, newest_version, score_of, since_last
from qingshan.assessment.reckoning import DepartmentScore, Scored
from qingshan.assessment.rows import ListRow
from qingshan.assessment.scoring.shapes import Line, ListKind, Sheet
from qingshan.assessment.vocabulary import EvaluatorKind, ListName, Purpose
from qingshan.kernel.refs import Ref
from qingshan.kernel.rounding import round_places
from qingshan.papers.public import Block, Heading, Paragraph, PrintedFigure, Table, mark
from qingshan.plans import public as plans

__all__ = ["Report", "figure_now", "report_of"]

_MISSING = "—"
_PREFIX = {ListKind.INDICATORS: "i", ListKind.MEASURES: "m", ListKind.PROJECTS: "p"}
_CHINESE_LISTS = {kind: str(ListName(kind.value).label) for kind in ListKind}


@dataclass(frozen=True, slots=True)
class Report:
    """A report's title, its blocks, and the figures they print."""

    title: str
    blocks: tuple[Block, ...]
    figures: tuple[PrintedFigure, ...]


def report_of(evaluation: Evaluation, scored: Scored) -> Report:
    """Return the report on what is stored of an evaluation."""
    head = plans.head_of(plan=evaluation.plan, on=evaluation.on)
    purpose = Purpose(evaluation.purpose).label
    figures = _figures(evaluation, scored)
    blocks = [
        *_overview(evaluation, head["name"]),
        *_judgement(evaluation, scored),
        *_indicators(scored),
        *_works(scored, ListKind.MEASURES, "措施实施情况"),
        *_works(scored, ListKind.PROJECTS, "重点工程完成情况"),
        *_beside(scored),
        *_departments(scored),
        *_since_last(evaluation, scored),
        *_texts("存在问题", evaluation.problems.splitlines()),
        *_texts("经验和教训", lessons_of(evaluation)),
        *_recommendations(evaluation.recommendations.all(), scored),
    ]
    _number(blocks)
    title = f"{head['short_name']}{evaluation.year}年{purpose}报告"
    return Report(title, tuple(blocks), tuple(figures.values()))


def _number(blocks: list[Block]) -> None:
    """Number the headings as official papers do: 一、二、三 (GB/T 9704-2012 7.3.3)."""
    at = (place for place, block in enumerate(blocks) if isinstance(block, Heading))
    for number, place in enumerate(at, start=1):
        heading = blocks[place]
        assert isinstance(heading, Heading)  # noqa: S101 - chosen above
        blocks[place] = replace(heading, text=f"{_ordinal(number)}、{heading.text}")


def _ordinal(number: int) -> str:
    """A number below twenty in Chinese."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (digits[ones - 1] if ones else "")


def figure_now(figure: PrintedFigure) -> PrintedFigure | None:
    """Return what the stored sheet says today for a figure of a report; appeals may have changed it."""
    ref = Ref.read(figure.source)
    evaluation = Evaluation.objects.select_related("plan__district").filter(pk=ref.key).first()
    if evaluation is None or newest_version(evaluation) is None:
        return None
    return _figures(evaluation, score_of(evaluation)).get(figure.key)


def _figures(evaluation: Evaluation, scored: Scored) -> dict[str, PrintedFigure]:
    page = reverse("assessment:points", args=[evaluation.pk])
    found = [_figure(evaluation, "total", "总分", str(scored.whole.total), "分", page)]
    for sheet in scored.whole.lists:
        name = f"{_CHINESE_LISTS[sheet.kind]}得分"
        found.append(_figure(evaluation, f"list_{sheet.kind.value}", name, _points(sheet.points), "分", page))
    for kind, rows in scored.rows.items():
        for number, row in enumerate(rows, start=1):
            if row.actual:
                value = row.actual.removesuffix("%") if kind is not ListKind.INDICATORS else row.actual
                unit = "%" if kind is not ListKind.INDICATORS else ""
                key = f"{_PREFIX[kind]}{number}"
                found.append(_figure(evaluation, key, row.row.name, value, unit, row.url, _day(row.as_of)))
    for one in scored.departments:
        url = f"{page}?department={one.department_id}"
        found.append(_figure(evaluation, _key(one), f"{one.name}得分", str(one.sheet.total), "", url))
    return {one.key: one for one in found}


def _key(one: DepartmentScore) -> str:
    """The key of a department's figure: not its rank, which an appeal may change under a printed table."""
    return f"d{one.department_id}"


def _figure(
    evaluation: Evaluation, key: str, label: str, value: str, unit: str, url: str, as_of: date | None = None
) -> PrintedFigure:
    return PrintedFigure(
        key=key, label=label, value=value, unit=unit, as_of=as_of or evaluation.on,
        source=str(evaluation.ref), url=url, simulated=evaluation.plan.simulated,
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _overview(evaluation: Evaluation, name: str) -> list[Block]:
    who = evaluation.evaluator_name
    kind = EvaluatorKind(evaluation.evaluator_kind).label
    told = (
        f"对《{name}》{evaluation.year}年实施情况开展{Purpose(evaluation.purpose).label}，由{who}承担（{kind}）。"
        f"数据取自规划台账，截至{_in_words(evaluation.on)}；评分依据《{evaluation.scheme_name}》"
        f"（SHA-256：{evaluation.scheme_sha256[:16]}……）。"
    )
    return [Heading("评估概况"), Paragraph(told)]


def _in_words(day: date) -> str:
    """A day as papers write it, without leading zeros (GB/T 9704-2012 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _judgement(evaluation: Evaluation, scored: Scored) -> list[Block]:
    sheet = scored.whole
    grade = f"，等级为“{sheet.grade}”" if sheet.grade else ""
    rows = [
        (_CHINESE_LISTS[one.kind], _points(one.full), mark(f"list_{one.kind.value}"), one.cut or _MISSING)
        for one in sheet.lists
    ]
    return [
        Heading("总体评价"),
        Paragraph(evaluation.narrative),
        Paragraph(
            f"评估总分{mark('total')}（满分{sheet.scheme.full}分）{grade}。{_cut(sheet)}{_share(sheet)}"
        ),
        Table("各清单得分", ("清单", "满分", "得分", "扣减"), tuple(rows)),
    ]


def _cut(sheet: Sheet) -> str:
    return f"扣减事由：{'；'.join(sheet.cut)}。" if sheet.cut else ""


def _share(sheet: Sheet) -> str:
    whole = sheet.scheme.total_assessment
    if whole is None:
        return ""
    share = round_places(Fraction(sheet.scheme.full) / Fraction(whole) * 100, 1)
    return f"本评估占党政实绩考核总分{whole}分的{share}%。"


def _indicators(scored: Scored) -> list[Block]:
    columns = ("序号", "指标", "单位", "属性", "基准值", "目标值", "完成值", "是否完成/不予评估及原因")
    lines = _lines(scored.whole, ListKind.INDICATORS)
    rows = [
        (
            str(number), row.row.name, row.unit or _MISSING, row.attribute, row.baseline or _MISSING,
            row.target or _MISSING, mark(f"i{number}") if row.actual else _MISSING, _ended(row, lines),
        )
        for number, row in enumerate(scored.rows.get(ListKind.INDICATORS, ()), start=1)
    ]  # fmt: skip
    return [Heading("指标完成情况"), Table("规划指标完成情况", columns, tuple(rows))] if rows else []


def _ended(row: ListRow, lines: Mapping[str, Line]) -> str:
    if row.row.excluded:
        return f"不予评估：{row.row.excluded}"
    words = {plans.Status.MET: "完成", plans.Status.MISSED: "未完成"}
    phase = row.phase
    told = words.get(phase, str(phase.label)) if isinstance(phase, plans.Status) else _MISSING
    line = lines.get(row.row.code)
    return f"{told}（{line.left_out}）" if line and line.left_out else told


def _works(scored: Scored, kind: ListKind, heading: str) -> list[Block]:
    lines = _lines(scored.whole, kind)
    rows: list[tuple[str, ...]] = []
    for number, row in enumerate(scored.rows.get(kind, ()), start=1):
        line = lines.get(row.row.code)
        points = _points(line.points) if line and not line.left_out else _MISSING
        why = line.left_out if line and line.left_out else row.row.excluded
        done = mark(f"{_PREFIX[kind]}{number}") if row.actual else "未报告"
        rows.append((str(number), row.row.name, row.row.lead or _MISSING, done, points, why or _MISSING))
    columns = ["序号", _CHINESE_LISTS[kind], "牵头单位", "完成比例", "得分", "不计原因"]
    if all(row[-1] == _MISSING for row in rows):  # every row counts: no column of dashes
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    return [Heading(heading), Table(f"规划{heading}", tuple(columns), tuple(rows))] if rows else []


def _lines(sheet: Sheet, kind: ListKind) -> dict[str, Line]:
    return {line.row.code: line for one in sheet.lists if one.kind is kind for line in one.lines}


def _beside(scored: Scored) -> list[Block]:
    rows = [
        (
            one.rule.name,
            "、".join(dict.fromkeys(case.department or "全局" for case in one.cases)),
            one.why,
            _points(one.points),
        )
        for one in scored.whole.conduct
    ]
    return (
        [Heading("加减分情况"), Table("加减分事项", ("事项", "单位", "计算", "得分"), tuple(rows))]
        if rows
        else []
    )


def _departments(scored: Scored) -> list[Block]:
    rows = [
        (str(number), one.name, mark(_key(one)), one.sheet.grade or _MISSING)
        for number, one in enumerate(scored.departments, start=1)
    ]
    columns = ("序号", "单位", "得分", "等级")
    return [Heading("各单位得分"), Table("部门和镇街得分", columns, tuple(rows))] if rows else []


def _since_last(evaluation: Evaluation, scored: Scored) -> list[Block]:
    found = since_last(evaluation, scored)
    if found is None:
        return []
    earlier, changed = found
    other = (
        "" if earlier.scheme_sha256 == evaluation.scheme_sha256 else "两次评估的方案不同，分值不可直接比较。"
    )
    sign = "提高" if changed.by > 0 else "降低"
    moved = f"{sign}{abs(changed.by)}分" if changed.by else "持平"
    totals = f"总分由{changed.total_before}分变为{changed.total_after}分"
    told = f"与{earlier.year}年{Purpose(earlier.purpose).label}相比，{totals}，{moved}。"
    return [Heading("与上次评估相比"), Paragraph(told + other)]


def _texts(heading: str, lines: Iterable[str]) -> list[Block]:
    found = [Paragraph(_sentence(line)) for line in lines if line.strip()]
    return [Heading(heading), *found] if found else []


def _sentence(line: str) -> str:
    """A line as a sentence: it ends."""
    told = line.strip()
    return told if told[-1] in "。！？；…" else f"{told}。"


def _recommendations(rows: Iterable[Recommendation], scored: Scored) -> list[Block]:
    names = {row.row.code: row.row.name for row in scored.rows.get(ListKind.INDICATORS, ())}
    found = tuple(
        (
            names.get(one.code, one.code),
            str(one.year),
            plans.typed_in_words(plans.typed_from(one.typed)),
            one.reason,
        )
        for one in rows
    )
    columns = ("指标", "目标年", "建议目标", "理由")
    return [Heading("目标调整建议"), Table("目标调整建议", columns, found)] if found else []


def _points(points: Fraction) -> str:
    return str(round_places(points, 2))
