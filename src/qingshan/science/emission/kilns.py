"""Grades of firms with industrial kilns, as a plan of the area defines them (工业炉窑分级)."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["KilnGrade", "KilnRule", "KilnSeries", "kiln_grade"]


class KilnGrade(enum.StrEnum):
    """Grade of a firm (分级): A the best."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class KilnRule:
    """Up to which share of the limit a firm is grade A, percent."""

    grade_a_percent: Fraction
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class KilnSeries:
    """One main pollutant of a kiln in a period: its values, its limit, its ultra-low limit if it has one.

    Values under a mark are Missing and take no part.
    """

    pollutant: str
    values: tuple[Exact | Missing, ...]
    limit: Exact
    ultra_low: Exact | None = None


def kiln_grade(series: Sequence[KilnSeries], rule: KilnRule) -> KilnGrade | Missing:
    """Return the grade of a firm by what its kilns discharge.

    Parameters
    ----------
    series : sequence of KilnSeries
        Every main pollutant of every kiln, in the period of grading.
    rule : KilnRule

    Returns
    -------
    KilnGrade or Missing
        A: every pollutant within its ultra-low limit, or every pollutant at most half its limit. B: every
        value within its limit. C: one value beyond it. Missing where a pollutant has no valid value.

    Raises
    ------
    ValueError
        No series, a negative value, or a limit of zero or below.

    Notes
    -----
    Silent: what "steadily" within the limit means. Here: every judged value of the period. Silent:
    whether half the limit is asked of the mean or of each value. Here: of each value.

    Source
    ------
    阳江高新区生态环境保护“十四五”规划, note 8.

    Examples
    --------
    >>> rule = KilnRule(Fraction(50))
    >>> tried = (("90", "100"), ("101",), ("201",))
    >>> [kiln_grade([KilnSeries("NOx", values, 200)], rule).value for values in tried]
    ['A', 'B', 'C']
    """
    if not series:
        raise ValueError("no pollutant of the kiln is given")
    worst = [_worst(one) for one in series]
    if any(
        not isinstance(one, Missing) and one > exact(given.limit)
        for one, given in zip(worst, series, strict=True)
    ):
        return KilnGrade.C
    known = [one for one in worst if not isinstance(one, Missing)]
    if len(known) < len(worst):
        return next(one for one in worst if isinstance(one, Missing))
    half = all(
        100 * value <= rule.grade_a_percent * exact(given.limit)
        for value, given in zip(known, series, strict=True)
    )
    ultra_low = all(
        given.ultra_low is not None and value <= exact(given.ultra_low)
        for value, given in zip(known, series, strict=True)
    )
    return KilnGrade.A if half or ultra_low else KilnGrade.B


def _worst(one: KilnSeries) -> Fraction | Missing:
    values = [exact(value) for value in one.values if not isinstance(value, Missing)]
    if exact(one.limit) <= 0 or (values and min(values) < 0):
        raise ValueError(f"{one.pollutant}: a limit of {one.limit}, or a negative value")
    return max(values) if values else Missing(f"no_valid_value_of_{one.pollutant}")
