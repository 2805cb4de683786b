"""Comparable statements: which quantity, which value, of which year, promised or reported, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

import yaml

from qingshan.reading.commitments.deadlines import deadlines_in
from qingshan.reading.commitments.read import is_about_the_past
from qingshan.reading.findings import Commitment, Indicator, Plan, Project
from qingshan.reading.indicators.values import meaning
from qingshan.reading.layout import Layout
from qingshan.reading.text import Span, fold

__all__ = ["Metric", "Reading", "Statement", "metric_of", "metrics", "statements"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One quantity and how plans write it."""

    id: str
    pattern: re.Pattern[str]
    better: str
    example: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One passage giving a quantity a value. ``value`` is None for a value handed down or worded."""

    metric: Metric
    value: Decimal | None
    operator: str | None
    year: int | None
    role: str  # target or fact
    source: str  # text, table or project
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the rules on conflicts look at."""

    layout: Layout
    plan: Plan
    indicators: tuple[Indicator, ...]
    projects: tuple[Project, ...]
    commitments: tuple[Commitment, ...]
    said: tuple[Statement, ...] = ()


@cache
def metrics() -> tuple[Metric, ...]:
    """Return the quantities of rules/metrics.yaml."""
    rows = yaml.safe_load(
        resources.files("qingshan.reading").joinpath("rules/metrics.yaml").read_text("utf-8")
    )
    return tuple(
        Metric(name, re.compile(row["pattern"]), row["better"], row["example"]) for name, row in rows.items()
    )


def metric_of(text: str) -> Metric | None:
    """Return the quantity a folded text names.

    >>> metric_of("全市农村生活污水治理率").id
    'rural_sewage'
    """
    return next((metric for metric in metrics() if metric.pattern.search(text)), None)


def statements(
    layout: Layout, plan: Plan, indicators: Sequence[Indicator], commitments: Sequence[Commitment]
) -> tuple[Statement, ...]:
    """Return the comparable statements of tables, commitments and reports."""
    return (*_of_tables(indicators), *_of_commitments(layout, commitments), *_of_text(layout, plan))


def _of_tables(indicators: Sequence[Indicator]) -> Iterator[Statement]:
    for row in indicators:
        metric = metric_of(fold(row.name))
        if metric is None:
            continue
        for target in row.targets:
            year = int(target.year) if target.year else None
            yield Statement(metric, target.value, target.operator, year, "target", "table", row.span)
        state = row.baseline or row.actual
        if state and (value := meaning(state.raw).value) is not None:
            yield Statement(
                metric, value, "=", int(state.year) if state.year else None, "fact", "table", row.span
            )


def _of_commitments(layout: Layout, commitments: Sequence[Commitment]) -> Iterator[Statement]:
    for one in commitments:
        metric = metric_of(fold("".join(layout.source[slice(*one.span)].split())))
        if metric and one.kind == "quantified" and isinstance(one.value, Decimal):
            year = int(one.deadline[:4]) if one.deadline and one.deadline[:4].isdigit() else None
            yield Statement(metric, one.value, one.operator, year, "target", "text", one.span)


_NUMBER = re.compile(
    r"[^，。；\d≥≤]{0,14}?(?P<value>\d+(?:\.\d+)?)(?P<unit>%|微克/立方米|μg/m3|平方米(?:/人)?|万元/亩)?(?P<side>及?以上|及?以下|以内)?"
)


def _of_text(layout: Layout, plan: Plan) -> Iterator[Statement]:
    """Read reports in the text, and promises in the contents of project tables."""
    flow = layout.everything
    in_tables = [grid.span for grid in layout.grids]
    for start, end in flow.sentences():
        sentence = flow.text[start:end]
        for metric in metrics():
            for name in metric.pattern.finditer(sentence):
                found = _NUMBER.match(sentence, name.end())
                if not found or not found.group("unit"):
                    continue
                place = flow.at[start + name.start()]
                tabled = any(low <= place < high for low, high in in_tables)
                past = is_about_the_past(layout.path(place))
                year = _year(sentence, name.start(), past)
                if past or (year and plan.first_year and year < plan.first_year and not tabled):
                    role, source = "fact", "text"
                elif tabled:
                    role, source = "target", "project"
                else:
                    continue  # promises of the running text come from the commitments
                side = found.group("side") or ""
                sign = ">=" if side.endswith("以上") else "<=" if side else "="
                span = flow.span(start + name.start(), start + found.end())
                yield Statement(metric, Decimal(found.group("value")), sign, year, role, source, span)


def _year(sentence: str, place: int, past: bool) -> int | None:
    due = [date.year for date in deadlines_in(sentence) if date.start <= place]
    if due and due[-1] and not past:
        return due[-1]
    years = re.findall(r"(20\d\d)年", sentence[:place])
    return int(years[-1]) if years else None
