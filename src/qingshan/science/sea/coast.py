"""Grade of a near-shore sea by the shares of its classes (近岸海域水质状况分级)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.science.sea.station import ClassShares

__all__ = ["CoastBands", "CoastGrade", "CoastResult", "coast_grade", "coast_grade_columns"]


class CoastGrade(IntEnum):
    """Grade of a near-shore sea, best first."""

    EXCELLENT = 1
    GOOD = 2
    FAIR = 3
    POOR = 4
    EXTREMELY_POOR = 5

    @property
    def label(self) -> str:
        """The word of the bulletins."""
        return ("优", "良好", "一般", "差", "极差")[self - 1]


@dataclass(frozen=True, slots=True)
class CoastBands:
    """Shares in percent at which the grade changes.

    Parameters
    ----------
    excellent_one, excellent_good : Fraction
        Least shares of class one and of classes one and two for 优.
    good : Fraction
        Least share of classes one and two for 良好.
    fair : Fraction
        Least share of classes one and two for 一般.
    fair_three : Fraction
        Least share of classes one to three for 一般 where that of one and two is less.
    poor, extremely_poor : Fraction
        A greater share worse than four is 差, or 极差.
    """

    excellent_one: Fraction
    excellent_good: Fraction
    good: Fraction
    fair: Fraction
    fair_three: Fraction
    poor: Fraction
    extremely_poor: Fraction


@dataclass(frozen=True, slots=True)
class CoastResult:
    """A grade, and whether the alternative way to 一般 had to be asked."""

    grade: CoastGrade
    asked_alternative: bool


def coast_grade(shares: ClassShares, bands: CoastBands) -> CoastResult:
    """Return the grade of a near-shore sea.

    Parameters
    ----------
    shares : ClassShares
        Percent of stations or of area; not rounded before.
    bands : CoastBands

    Returns
    -------
    CoastResult
        ``asked_alternative`` is true where classes one to three together decided between 一般
        and 差: no published grade has tested that way.

    Raises
    ------
    ValueError
        A negative share, or shares that do not add up to 100 within half a percent (published
        ones are rounded).

    Notes
    -----
    Rules are tried in order: 优, 良好, then the share worse than class four, then 一般. A sea with
    80 % good is 良好 whatever the rest.

    Source
    ------
    HJ 442—2008 and HJ 442.10—2020, grades of near-shore sea.

    Examples
    --------
    >>> bands = CoastBands(*(Fraction(n) for n in (60, 90, 80, 60, 90, 30, 40)))
    >>> shares = ClassShares(tuple(Fraction(t) for t in ("19.8", "48.1", "14.8", "7.4", "9.9")))
    >>> coast_grade(shares, bands)
    CoastResult(grade=<CoastGrade.FAIR: 3>, asked_alternative=False)
    """
    if any(share < 0 for share in shares.by_class) or abs(sum(shares.by_class, Fraction(-100))) > Fraction(
        1, 2
    ):
        raise ValueError(f"shares {[str(share) for share in shares.by_class]} are not a whole of 100 %")
    one, good, inferior = shares.by_class[0], shares.good, shares.inferior
    if one >= bands.excellent_one and good >= bands.excellent_good:
        return CoastResult(CoastGrade.EXCELLENT, asked_alternative=False)
    if good >= bands.good:
        return CoastResult(CoastGrade.GOOD, asked_alternative=False)
    if inferior > bands.extremely_poor:
        return CoastResult(CoastGrade.EXTREMELY_POOR, asked_alternative=False)
    if inferior > bands.poor:
        return CoastResult(CoastGrade.POOR, asked_alternative=False)
    if good >= bands.fair:
        return CoastResult(CoastGrade.FAIR, asked_alternative=False)
    enough = good + shares.by_class[2] >= bands.fair_three
    return CoastResult(CoastGrade.FAIR if enough else CoastGrade.POOR, asked_alternative=True)


def coast_grade_columns(parts: NDArray[np.integer], bands: CoastBands) -> NDArray[np.uint8]:
    """Return the grade of many seas from the counts or areas of their classes.

    Parameters
    ----------
    parts : array of integers, shape (5, seas)
        Stations of each class, or area in whole units, best class first; none negative.
    bands : CoastBands

    Returns
    -------
    array of uint8, shape (seas,)
        Number of `CoastGrade`, 0 for a sea without any part. Equal to `coast_grade` of the exact
        shares, sea by sea.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Not five rows, or a negative part.

    Source
    ------
    As `coast_grade`.

    Examples
    --------
    >>> bands = CoastBands(*(Fraction(n) for n in (60, 90, 80, 60, 90, 30, 40)))
    >>> coast_grade_columns(np.array([[65, 0], [27, 0], [4, 0], [2, 0], [2, 0]]), bands)
    array([1, 0], dtype=uint8)
    """
    if not np.issubdtype(parts.dtype, np.integer):
        raise TypeError(f"parts are {parts.dtype}; give whole numbers")
    if parts.ndim != 2 or parts.shape[0] != len(CoastGrade) or bool((parts < 0).any()):
        raise ValueError(f"parts of shape {parts.shape}; give 5 rows of counts, none negative")
    whole = parts.astype(np.int64)
    total, one, good = whole.sum(axis=0), whole[0], whole[0] + whole[1]
    three, inferior = good + whole[2], whole[4]

    def reaches(part: NDArray[np.int64], bound: Fraction) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = part * 100 * bound.denominator >= bound.numerator * total
        return found

    def beyond(part: NDArray[np.int64], bound: Fraction) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = part * 100 * bound.denominator > bound.numerator * total
        return found

    ways = [
        total == 0,
        reaches(one, bands.excellent_one) & reaches(good, bands.excellent_good),
        reaches(good, bands.good),
        beyond(inferior, bands.extremely_poor),
        beyond(inferior, bands.poor),
        reaches(good, bands.fair) | reaches(three, bands.fair_three),
    ]
    grades = [
        0,
        CoastGrade.EXCELLENT,
        CoastGrade.GOOD,
        CoastGrade.EXTREMELY_POOR,
        CoastGrade.POOR,
        CoastGrade.FAIR,
    ]
    return np.select(ways, [np.uint8(grade) for grade in grades], np.uint8(CoastGrade.POOR))
