"""One indicator over the years, as its chart draws it: baseline, path, targets, values by kind, gaps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.models import IndicatorVersion
from qingshan.plans.queries.indicator_values import ValueRow
from qingshan.plans.queries.standing import Standing
from qingshan.plans.status import path
from qingshan.plans.targets import Typed, binding_operator, typed_in_words
from qingshan.plans.vocabulary import MeasuredKind, Operator, ValueKind

__all__ = ["chart_of"]

_BOUNDS = {
    Operator.AT_LEAST: "min",
    Operator.MORE_THAN: "min",
    Operator.AT_MOST: "max",
    Operator.LESS_THAN: "max",
    Operator.EQUAL: "eq",
}


def chart_of(standing: Standing, unit: str, values: list[ValueRow]) -> dict[str, Any]:
    """Return what the chart draws, one place for each year. Numbers become floats here, to be drawn only."""
    case, points = standing.case, {point.year: point for point in path(standing.case)}
    known = [*points, *standing.values, *case.targets, *([case.baseline_year] if case.baseline_year else [])]
    years = list(range(min(known), max(known) + 1)) if known else []
    kinds = dict.fromkeys(one.value.kind for one in values if one.value.whole_year)
    return {
        "years": [str(year) for year in years],
        "unit": unit,
        "baseline": {"x": str(case.baseline_year), "value": _drawn(case.baseline_number)}
        if case.baseline_year and case.baseline_number is not None
        else None,
        "path": [_drawn(points[year].value) if year in points else None for year in years],
        "targets": [_mark(case.targets.get(year), standing, year) for year in years],
        "limits": _limits(standing.version),
        "values": [
            {
                "name": str(MeasuredKind(kind).label),
                "points": [_point(values, kind, year) for year in years],
            }
            for kind in kinds
        ]
        + _parts(values, years),
        "words": {"path": _("目标路径"), "targets": _("目标"), "baseline": _("基准值")},
    }


def _mark(typed: Typed | None, standing: Standing, year: int) -> dict[str, Any] | None:
    if typed is None or typed.kind is not ValueKind.NUMBER or typed.value is None:
        return None
    bound = binding_operator(typed, standing.case.direction)
    return {
        "x": str(year),
        "value": _drawn(typed.value),
        "bound": _BOUNDS[bound],
        "label": typed_in_words(typed),
    }


def _limits(version: IndicatorVersion) -> list[dict[str, Any]]:
    typed = version.standard
    if typed is None or typed.kind is not ValueKind.NUMBER:
        return []
    return [{"value": _drawn(typed.value), "label": _("考核标准 %s") % typed_in_words(typed)}]


def _point(values: list[ValueRow], kind: MeasuredKind, year: int) -> float | None:
    found = [one.value for one in values if one.value.kind == kind and one.value.year == year]
    whole = [value for value in found if value.whole_year]
    return _drawn(whole[0].number) if whole else None


def _parts(values: list[ValueRow], years: list[int]) -> list[dict[str, Any]]:
    """Return what counts for a year so far: of a part of it, and so drawn apart from whole years."""
    counting = {one.value.year: one.value.number for one in values if one.counts and not one.value.whole_year}
    if not any(number is not None for number in counting.values()):
        return []
    points = [_drawn(counting.get(year)) for year in years]
    return [{"name": _("部分时段，不作结论"), "points": points, "part": True}]


def _drawn(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
