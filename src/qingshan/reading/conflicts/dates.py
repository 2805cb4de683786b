"""Dates that cannot be: deadlines before the issue, base years that differ, projects outside the period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingshan.reading.conflicts.statements import Reading
from qingshan.reading.findings import Conflict
from qingshan.reading.text import Span

__all__ = [
    "base_year",
    "deadline_before_issue",
    "mixed_base_year",
    "period_leak",
    "period_mismatch",
    "start_before_plan",
]


def _place(reading: Reading, pattern: str) -> Span | None:
    found = re.search(pattern, reading.layout.everything.text)
    return reading.layout.everything.span(*found.span()) if found else None


def deadline_before_issue(reading: Reading) -> Iterator[Conflict]:
    """A deadline lies before the day the plan was issued."""
    issued = reading.plan.issued_on
    if not issued:
        return
    where = _place(reading, rf"{issued[:4]}年{int(issued[5:7])}月{int(issued[8:])}日")
    for one in reading.commitments:
        due = one.deadline or ""
        if due[:4].isdigit() and (due if len(due) == 10 else f"{due}-12-31") < issued:
            yield Conflict(
                "deadline_before_issue",
                "deadline_before_issue",
                "high",
                f"期限{due}早于印发日{issued}",
                one.span,
                where,
            )


def base_year(reading: Reading) -> Iterator[Conflict]:
    """The declared base year is not the one in the table head, or one value is given to two years."""
    declared = reading.plan.base_year
    heads = {
        (row.table, row.baseline.year): row
        for row in reversed(reading.indicators)
        if row.baseline and row.baseline.year
    }
    usual = _usual_years(reading)
    for (table, year), row in heads.items():
        if declared and year == usual.get(table) and int(year) != declared:
            where = _place(reading, rf"规划基准年[^，。]{{0,4}}{declared}年")
            yield Conflict(
                "base_year_mismatch",
                "base_year",
                "high",
                f"基准年为{declared}，指标表现状值为{year}年",
                where or row.span,
                row.span,
            )
    facts = [one for one in reading.said if one.role == "fact" and one.year]
    for one in facts:
        for other in facts:
            same = (
                one.metric is other.metric
                and one.value == other.value
                and one.source == "text"
                and other.source == "table"
            )
            if same and one.year != other.year and _is_uncommon(one.value):
                yield Conflict(
                    "base_year_mismatch",
                    "same_value_two_years",
                    "middle",
                    f"同一数值{one.value}既记{one.year}年又记{other.year}年",
                    one.span,
                    other.span,
                )


def _is_uncommon(value: object) -> bool:
    return str(value) not in ("0", "100")


def _usual_years(reading: Reading) -> dict[str, str | None]:
    counts: dict[str, dict[str, int]] = {}
    for row in reading.indicators:
        if row.baseline and row.baseline.year:
            table = counts.setdefault(row.table, {})
            table[row.baseline.year] = table.get(row.baseline.year, 0) + 1
    return {table: max(years, key=lambda year: years[year]) for table, years in counts.items()}


def mixed_base_year(reading: Reading) -> Iterator[Conflict]:
    """One column of base values holds values of several years, printed in the cells."""
    usual = _usual_years(reading)
    for table, year in usual.items():
        odd = [
            row
            for row in reading.indicators
            if row.table == table and row.baseline and row.baseline.year not in (None, year)
        ]
        printed = [row for row in odd if row.baseline and not re.fullmatch(r"\[.*\]", row.baseline.raw)]
        if printed:
            others = [
                row
                for row in printed
                if row.baseline and printed[0].baseline and row.baseline.year != printed[0].baseline.year
            ]
            yield Conflict(
                "mixed_base_year",
                "mixed_base_year",
                "middle",
                "同一列现状值混有不同年份",
                (others or printed)[-1].span,
                printed[0].span,
            )


def period_mismatch(reading: Reading) -> Iterator[Conflict]:
    """The text gives a group of projects one period, the table another."""
    for found in re.finditer(
        r"(近期|中期|远期|中远期)\((20\d\d)[-—–~至](20\d\d)年?\)(\d+)项", reading.layout.prose.text
    ):
        word, first, last = found.group(1), int(found.group(2)), int(found.group(3))
        rows = [row for row in reading.projects if f"({word})" in row.table or row.table.endswith(word)]
        outside = [row for row in rows if (row.end_year or last) > last or (row.start_year or first) < first]
        if outside:
            span = reading.layout.prose.span(*found.span())
            yield Conflict(
                "period_mismatch",
                "period_mismatch",
                "middle",
                f"正文称{word}为{first}-{last}年，表内有项目超出",
                span,
                outside[0].span,
            )


def period_leak(reading: Reading) -> Iterator[Conflict]:
    """The content of a project speaks of work in a year before the project starts."""
    for row in reading.projects:
        for found in re.finditer(
            r"(20\d\d)年(?:年?底前?)?(?:计划)?(?:完成|新建|建成|达到|实施)", row.content
        ):
            if row.start_year and int(found.group(1)) < row.start_year:
                where = reading.layout.source.find(found.group(1) + "年", *row.span)
                span = (where, min(where + 40, row.span[1])) if where >= 0 else row.span
                yield Conflict(
                    "period_leak",
                    "period_leak",
                    "middle",
                    f"{row.start_year}年起的项目含{found.group(1)}年任务",
                    span,
                    row.span,
                )


def start_before_plan(reading: Reading) -> Iterator[Conflict]:
    """A project starts before the plan's first year, or before the year in its own name."""
    first = reading.plan.first_year
    for row in reading.projects:
        named = re.search(r"(20\d\d)年", row.name or "")
        late = named is not None and row.start_year is not None and row.start_year < int(named.group(1))
        if late or (first and row.start_year and row.start_year < first):
            yield Conflict(
                "start_before_plan",
                "start_before_plan",
                "low",
                f"项目起始年{row.start_year}早于规划期",
                row.span,
                None,
            )
