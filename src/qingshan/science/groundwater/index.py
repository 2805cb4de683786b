"""Standard index of groundwater, and the score of the edition of 1993 (标准指数、综合评价分值)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.groundwater.quality import GroundwaterClass

__all__ = [
    "Score",
    "ScoreRule",
    "acidity_index",
    "exceedance_multiple",
    "overall_score",
    "score_grade_columns",
    "standard_index",
]


def standard_index(value: Exact, limit: Exact) -> Fraction:
    """Return the standard index of an item (标准指数): its value over its limit.

    Parameters
    ----------
    value, limit : Decimal, Fraction, int or str, scalar
        Same unit; the limit of the target class, above zero.

    Returns
    -------
    Fraction
        Dimensionless, not rounded. Above 1 the item exceeds.

    Raises
    ------
    ValueError
        A negative value, or a limit that is not above zero.

    Source
    ------
    HJ 610—2016, clause 8.4.1.2.

    Examples
    --------
    >>> standard_index("0.25", "0.1")
    Fraction(5, 2)
    """
    number, divisor = exact(value), exact(limit)
    if number < 0 or divisor <= 0:
        raise ValueError(f"value {value} must not be negative, limit {limit} must be above zero")
    return number / divisor


def acidity_index(acidity: Exact, low: Exact, high: Exact, neutral: Exact = 7) -> Fraction:
    """Return the standard index of pH: its distance from neutral over that of the nearer limit.

    Parameters
    ----------
    acidity : Decimal, Fraction, int or str, scalar
        pH, 0 to 14.
    low, high : Decimal, Fraction, int or str, scalar
        Ends of the range of the target class, on either side of neutral.
    neutral : Decimal, Fraction, int or str, scalar

    Returns
    -------
    Fraction
        Dimensionless, not rounded. Above 1 the item exceeds.

    Raises
    ------
    ValueError
        A pH outside 0 to 14, or a range that does not hold neutral.

    Source
    ------
    HJ 610—2016, clause 8.4.1.2.

    Examples
    --------
    >>> acidity_index("8.2", "6.5", "8.5"), acidity_index("6.4", "6.5", "8.5")
    (Fraction(4, 5), Fraction(6, 5))
    """
    number, least, most, middle = exact(acidity), exact(low), exact(high), exact(neutral)
    if not 0 <= number <= 14 or not least < middle < most:
        raise ValueError(f"pH {acidity} in {low} to {high} around {neutral} has no index")
    if number <= middle:
        return (middle - number) / (middle - least)
    return (number - middle) / (most - middle)


def exceedance_multiple(value: Exact, limit: Exact) -> Fraction:
    """Return by how many times a value exceeds a limit (超标倍数).

    Parameters
    ----------
    value, limit : Decimal, Fraction, int or str, scalar
        As for `standard_index`; not for pH.

    Returns
    -------
    Fraction
        (value - limit) / limit, not rounded; zero or below when the limit is met.

    Raises
    ------
    ValueError
        As for `standard_index`.

    Source
    ------
    HJ 610—2016, clause 8.4.1.2.

    Examples
    --------
    >>> exceedance_multiple("0.25", "0.1")
    Fraction(3, 2)
    """
    return standard_index(value, limit) - 1


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """Points of each class and the lower bounds of the grades after the first.

    Parameters
    ----------
    points : mapping of GroundwaterClass to int
        For I to V.
    bounds : tuple of Fraction
        Least score of each grade but the best, rising.
    grades : tuple of str, one more than bounds
    basis : Basis

    Raises
    ------
    ValueError
        The bounds do not rise, or the grades do not fit them.
    """

    points: Mapping[GroundwaterClass, int]
    bounds: tuple[Fraction, ...]
    grades: tuple[str, ...]
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if list(self.bounds) != sorted(set(self.bounds)) or len(self.grades) != len(self.bounds) + 1:
            raise ValueError(f"bounds {self.bounds} and grades {self.grades} do not fit")


@dataclass(frozen=True, slots=True)
class Score:
    """The overall score (综合评价分值 F): its square is exact, a root seldom is."""

    squared: Fraction
    grade: str
    basis: Basis


def overall_score(classes: Iterable[GroundwaterClass], rule: ScoreRule) -> Score:
    """Return the overall score of the classes of a sample, and its grade.

    Parameters
    ----------
    classes : iterable of GroundwaterClass
        One class an item, bacteria left out; at least one.
    rule : ScoreRule

    Returns
    -------
    Score
        F squared, (mean² + greatest²) / 2, and the grade. Squares are compared with squared
        bounds, so no root is rounded before it decides.

    Raises
    ------
    ValueError
        No class, or one that has no points.

    Source
    ------
    GB/T 14848—93, clauses 6.3.3 to 6.3.5 and table 3. Only for data before 2018-05-01.

    Examples
    --------
    >>> points = dict(zip((GroundwaterClass(n) for n in (1, 2, 3, 4, 6)), (0, 1, 3, 6, 10)))
    >>> bounds = tuple(Fraction(text) for text in ("0.80", "2.50", "4.25", "7.20"))
    >>> rule = ScoreRule(points, bounds, ("优良", "良好", "较好", "较差", "极差"))
    >>> overall_score([GroundwaterClass.I, GroundwaterClass.III, GroundwaterClass.IV], rule)
    Score(squared=Fraction(45, 2), grade='较差', basis=Basis(editions=(), clauses=(), unverified=()))
    """
    points = []
    for found in classes:
        if found not in rule.points:
            raise ValueError(f"class {found.label} has no points")
        points.append(rule.points[found])
    if not points:
        raise ValueError("a score needs at least one class")
    mean = Fraction(sum(points), len(points))
    squared = (mean**2 + max(points) ** 2) / 2
    grade = rule.grades[sum(squared >= bound**2 for bound in rule.bounds)]
    return Score(squared, grade, rule.basis)


def score_grade_columns(classes: NDArray[np.integer], rule: ScoreRule) -> NDArray[np.uint8]:
    """Return the place of the grade of many samples, by the score of their item classes.

    Parameters
    ----------
    classes : array of integers, shape (items, samples)
        Numbers of `GroundwaterClass`, 0 where an item is missing.
    rule : ScoreRule

    Returns
    -------
    array of uint8, shape (samples,)
        1 for the best grade, rising; 0 where no item has a class. Equal to `overall_score`
        sample by sample.

    Raises
    ------
    ValueError
        A class that has no points.

    Source
    ------
    GB/T 14848—93, clauses 6.3.3 to 6.3.5 and table 3.

    Examples
    --------
    >>> points = dict(zip((GroundwaterClass(n) for n in (1, 2, 3, 4, 6)), (0, 1, 3, 6, 10)))
    >>> bounds = tuple(Fraction(text) for text in ("0.80", "2.50", "4.25", "7.20"))
    >>> rule = ScoreRule(points, bounds, ("优良", "良好", "较好", "较差", "极差"))
    >>> score_grade_columns(np.array([[1, 1, 0], [3, 1, 0], [4, 1, 0]]), rule)
    array([4, 1, 0], dtype=uint8)
    """
    known = [int(found) for found in rule.points]
    if strange := set(np.unique(classes).tolist()) - {0, *known}:
        raise ValueError(f"classes {sorted(strange)} have no points")
    table = np.zeros(max(known) + 1, dtype=np.int64)
    table[known] = list(rule.points.values())
    points, count = table[classes], (classes > 0).sum(axis=0, dtype=np.int64)
    # F² x 2 n² is a whole number: (sum of points)² + (n x greatest)².
    doubled = points.sum(axis=0) ** 2 + (count * points.max(axis=0)) ** 2
    return _places(doubled, count, rule.bounds)


def _places(
    doubled: NDArray[np.int64], count: NDArray[np.int64], bounds: Sequence[Fraction]
) -> NDArray[np.uint8]:
    places = (count > 0).astype(np.uint8)
    for bound in bounds:
        square = bound**2
        reached = doubled * square.denominator >= 2 * count**2 * square.numerator
        places += reached & (count > 0)
    return places
