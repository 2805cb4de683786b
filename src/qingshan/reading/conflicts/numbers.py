"""Numbers that disagree: between places, with the base, in sums and counts, in sign and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, takewhile

from qingshan.reading.commitments.rules import count_of
from qingshan.reading.conflicts.statements import Reading, Statement
from qingshan.reading.findings import Conflict, Indicator
from qingshan.reading.indicators.values import meaning
from qingshan.reading.text import fold

__all__ = [
    "counts",
    "levels",
    "same_target_twice",
    "sign_confusion",
    "sums",
    "target_below_base",
    "text_against_table",
    "unit_error",
]


def same_target_twice(reading: Reading) -> Iterator[Conflict]:
    """One quantity is promised twice, with another value, another date, or once without a date."""
    promised = [
        one
        for one in reading.said
        if one.role == "target" and one.source != "table" and one.value is not None
    ]
    seen: set[tuple[str, str]] = set()
    for one, other in combinations(promised, 2):
        kind = _disagreement(one, other)
        if (
            one.metric is other.metric
            and kind
            and (one.metric.id, kind[0]) not in seen
            and one.span != other.span
        ):
            seen.add((one.metric.id, kind[0]))
            yield Conflict(kind[0], "same_target_twice", kind[1], kind[2], one.span, other.span)


def _disagreement(one: Statement, other: Statement) -> tuple[str, str, str] | None:
    if one.value == other.value and one.operator == other.operator:
        if one.year and other.year and one.year != other.year:
            return "date_conflict", "high", f"同一目标两个期限：{one.year}、{other.year}"
        return None if one.year == other.year else ("duplicate_target", "low", "同一目标两处，一处无期限")
    if one.value == other.value and {one.year, other.year} != {None} and None in (one.year, other.year):
        return "duplicate_target", "low", "同一目标两处，力度与期限不一"
    if one.year == other.year and one.year is not None:
        return (
            "number_mismatch",
            "middle",
            f"同一年份两个目标：{one.operator}{one.value}、{other.operator}{other.value}",
        )
    return None


def target_below_base(reading: Reading) -> Iterator[Conflict]:
    """A target is easier than what was already reached."""
    facts = [one for one in reading.said if one.role == "fact" and one.value is not None]
    seen: set[str] = set()
    for one in reading.said:
        if one.role != "target" or one.value is None or one.metric.id in seen:
            continue
        for fact in facts:
            if (
                fact.metric is one.metric
                and fact.value is not None
                and _comes_later(one, fact, reading)
                and _easier(one, fact.value)
            ):
                seen.add(one.metric.id)
                yield Conflict(
                    "target_below_base",
                    "target_below_base",
                    "high",
                    f"目标{one.value}不及基准{fact.value}",
                    one.span,
                    fact.span,
                )
                break


def _comes_later(target: Statement, fact: Statement, reading: Reading) -> bool:
    """Say whether the target is for a later year; without a year, the plan's own period must hold it."""
    if fact.year and target.year:
        return fact.year < target.year
    return not (target.year and reading.plan.first_year and target.year < reading.plan.first_year)


def _easier(target: Statement, base: Decimal) -> bool:
    value = target.value
    assert value is not None  # noqa: S101 - the caller asked for targets with numbers
    return value < base if target.metric.better == "up" else value > base


def text_against_table(reading: Reading) -> Iterator[Conflict]:
    """Text and indicator table give one quantity different targets or base values for one year."""
    seen: set[tuple[str, str]] = set()
    tabled = [one for one in reading.said if one.source == "table"]
    for one in reading.said:
        if one.source != "text" or one.value is None:
            continue
        for row in tabled:
            same = (
                row.metric is one.metric
                and row.year == one.year
                and row.role == one.role
                and one.year is not None
            )
            if same and row.value != one.value and (one.metric.id, one.role) not in seen:
                seen.add((one.metric.id, one.role))
                yield Conflict(
                    "text_vs_table",
                    "text_against_table",
                    "high",
                    f"正文为{one.value}，表中为{row.value or '文字目标'}",
                    one.span,
                    row.span,
                )


def sums(reading: Reading) -> Iterator[Conflict]:
    """Yearly parts do not add up to the total said before 其中."""
    flow = reading.layout.everything
    unit = "万亩|亩|hm2|公顷|公里|个|座|家|万吨|吨|台|处|项"
    pattern = rf"(?<![\d.])(?P<total>\d[\d.]{{0,11}})(?P<unit>{unit})，其中(?P<parts>[^。；\n]{{4,90}})"
    for found in re.finditer(pattern, flow.text):
        parts = re.findall(
            rf"20\d\d年[^，。；、\d]{{0,8}}(\d[\d.]*){found.group('unit')}", found.group("parts")
        )
        total = sum((Decimal(part.rstrip(".")) for part in parts), Decimal(0))
        if len(parts) >= 2 and total != Decimal(found.group("total").rstrip(".")):
            span = flow.span(max(0, found.start() - 24), found.end())
            yield Conflict(
                "arithmetic", "sums", "high", f"分年之和{total}与总数{found.group('total')}不符", span, None
            )


def counts(reading: Reading) -> Iterator[Conflict]:
    """The number of indicators or projects said in the text is not that of the table."""
    tables = _tables(reading)
    for one in reading.commitments:
        text = fold("".join(reading.layout.source[slice(*one.span)].split()))
        found = re.search(r"共(?:设置|提出|有)?(\d+)[个项](?:[\u4e00-\u9fa5]{0,2}指标)", text)
        after = [rows for rows in tables if rows[0].span[0] > one.span[0]]
        if found and after and len(after[0]) != int(found.group(1)):
            rows = after[0]
            yield Conflict(
                "count_mismatch",
                "counts",
                "middle",
                f"正文称{found.group(1)}项，表有{len(rows)}行",
                one.span,
                rows[0].span,
            )


def _tables(reading: Reading) -> list[list[Indicator]]:
    tables: dict[str, list[Indicator]] = {}
    for row in reading.indicators:
        tables.setdefault(row.table, []).append(row)
    return list(tables.values())


_LEVELS = re.compile(
    r"(?<![一二三四五六七八九十第])([二三四五六七八九十])级(?=[\u4e00-\u9fa5]{2,12}(?:体系|网络|机制|管理))"
)
_REACH = 150  # characters before the number in which its levels are listed
_LONGEST_LEVEL = 14


def levels(reading: Reading) -> Iterator[Conflict]:
    """More or fewer levels are listed than the number before 级 says.

    The list is cut backwards from the number: one pattern for both would try every way of parting it.
    """
    flow = reading.layout.prose
    for found in _LEVELS.finditer(flow.text):
        before = flow.text[max(0, found.start() - _REACH) : found.start()]
        named = re.split(r"[，。；\n建立构]", before)[-1]
        listed = _last_levels(re.split(r"、|以及|和|及", re.sub(r"\([^)]*\)", "", named)))
        if listed > 2 and listed != count_of(found.group(1)) and "等" not in named[-2:]:
            what = f"称{found.group(1)}级，列出{listed}个层级"
            span = flow.span(found.start() - len(named), found.end())
            yield Conflict("count_mismatch", "levels", "low", what, span, None)


def _last_levels(names: list[str]) -> int:
    """Count the names at the end of a list that are short enough to name a level."""
    return len(list(takewhile(lambda name: 0 < len(name) <= _LONGEST_LEVEL, reversed(names))))


def sign_confusion(reading: Reading) -> Iterator[Conflict]:
    """A reduction has target and result of opposite sign, or a base value that means an increase."""
    for row in reading.indicators:
        if not re.search(r"减少|降低|下降|削减|减排", row.name):
            continue
        values = [target.value for target in row.targets if target.value is not None]
        state = row.actual or row.baseline
        base = meaning(state.raw).value if state else None
        if base is not None and ((values and values[0] * base < 0) or (base < 0 and not values)):
            yield Conflict(
                "sign_confusion", "sign_confusion", "middle", "减少类指标的正负号含义不一", row.span, None
            )


def unit_error(reading: Reading) -> Iterator[Conflict]:
    """A worded indicator has a unit, or a value is printed with another unit than its row."""
    for row in reading.indicators:
        if not row.unit or row.unit in "-—/":
            continue
        state = row.baseline or row.actual
        kinds = {target.kind for target in row.targets} | ({meaning(state.raw).kind} if state else set())
        if kinds == {"qualitative"}:
            yield Conflict(
                "unit_error", "worded_with_unit", "low", f"定性指标印有单位{row.unit}", row.span, None
            )
            continue
        printed = (
            re.match(r"(?:20\d\d年)?[^\d]{0,4}-?\d[\d.]*(%|天|吨|家|个|公里|亩)", fold(state.raw))
            if state
            else None
        )
        if printed and printed.group(1) not in row.unit:
            yield Conflict(
                "unit_error",
                "value_with_other_unit",
                "middle",
                f"单位为{row.unit}，数值却带{printed.group(1)}",
                row.span,
                None,
            )
