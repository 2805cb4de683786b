"""What the chart of a series draws: a line for each stretch counted one way, targets, breaks."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.succession.queries.series import Point, Series

__all__ = ["chart_of"]


def chart_of(series: Series) -> dict[str, Any]:
    """Return what the chart draws; numbers become floats here, to be drawn only. Empty where nothing is
    drawn.

    A line has a place for every year; a year without a value is a gap in it, and lines of two definitions are
    never joined.
    """
    lines: dict[tuple[Any, ...], list[Point]] = defaultdict(list)
    for point in series.points:
        if point.drawn is not None:
            lines[point.line].append(point)
    aims = [one for one in series.promises if one.drawn is not None]
    known = [*(point.year for some in lines.values() for point in some), *(one.year for one in aims)]
    if not known:
        return {}
    years = list(range(min(known), max(known) + 1))
    return {
        "years": [str(year) for year in years],
        "unit": series.unit,
        "lines": [{"name": _name(some), "points": _along(some, years)} for some in lines.values()],
        "targets": [
            {
                "x": str(one.year), "value": _float(one.drawn), "bound": one.bound,
                "label": f"{one.plan.short_name} {one.words}",
            }
            for one in aims
        ],
        "breaks": [
            {"x": str(one.year), "label": _("%(what)s变化") % {"what": one.what}}
            for one in series.breaks
            if years[0] <= one.year <= years[-1]
        ],
        "words": {"targets": _("目标")},
    }  # fmt: skip


def _along(points: list[Point], years: list[int]) -> list[float | None]:
    """A value goes before a baseline of the same year."""
    held: dict[int, Decimal | None] = {}
    for point in points:  # values stand before baselines within a year
        held.setdefault(point.year, point.drawn)
    return [_float(held.get(year)) for year in years]


def _name(points: list[Point]) -> str:
    first = points[0]
    told = [str(first.plan.subject.district), first.plan.get_level_display(), first.scope, first.condition]
    if first.definition:
        told.append(_("第 %d 口径") % (first.definition + 1))
    return " ".join(part for part in told if part)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
