"""How noisy a city is: area and road means, grades, attainment of function zones (声环境质量等级)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact, exact, mean, round_places

__all__ = [
    "GradeScale",
    "NoiseGrade",
    "Road",
    "area_mean",
    "attainment_rate",
    "noise_grade",
    "road_mean",
]


class NoiseGrade(IntEnum):
    """Grade of area or road noise (声环境质量等级), the best first."""

    GOOD = 1
    FAIRLY_GOOD = 2
    ORDINARY = 3
    FAIRLY_BAD = 4
    BAD = 5

    @property
    def label(self) -> str:
        """The word of the standard."""
        return ("好", "较好", "一般", "较差", "差")[self - 1]

    @property
    def level_label(self) -> str:
        """Level and word, as bulletins print them: 三级(一般)."""
        return f"{'一二三四五'[self - 1]}级({self.label})"


@dataclass(frozen=True, slots=True)
class GradeScale:
    """Upper bounds of grades 1 to 4, each still belonging to its grade, in dB(A).

    ``places`` is the number of decimals a mean is rounded to before it is graded.
    """

    bounds: tuple[Fraction, Fraction, Fraction, Fraction]
    places: int = 1
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if list(self.bounds) != sorted(set(self.bounds)) or len(self.bounds) != 4:
            raise ValueError(f"four rising bounds are needed; found {self.bounds}")


@dataclass(frozen=True, slots=True)
class Road:
    """A stretch of road (路段): its length in any unit, and its level in dB(A)."""

    length: Exact
    level: Exact


def area_mean(levels: Sequence[Exact]) -> Fraction:
    """Return the mean level of the grid points of a city (区域环境噪声平均等效声级).

    Parameters
    ----------
    levels : sequence of decimals
        Equivalent level of each grid point, dB(A); one or more.

    Returns
    -------
    Fraction
        dB(A): the arithmetic mean, not rounded.

    Raises
    ------
    ValueError
        No level.

    Source
    ------
    HJ 640—2012, area noise: arithmetic mean over the points.

    Examples
    --------
    >>> area_mean(["54.2", "55.4"])
    Fraction(274, 5)
    """
    if not levels:
        raise ValueError("the mean of no points")
    return mean(levels)


def road_mean(roads: Sequence[Road]) -> Fraction:
    """Return the mean level of roads, weighted by their length (道路交通噪声平均等效声级).

    Parameters
    ----------
    roads : sequence of Road
        One or more, lengths above zero and in one unit.

    Returns
    -------
    Fraction
        dB(A), not rounded.

    Raises
    ------
    ValueError
        No road, or a length that is not above zero.

    Source
    ------
    HJ 640—2012, road traffic noise: sum of length times level over the sum of lengths.

    Examples
    --------
    >>> road_mean([Road(3, "68.0"), Road(1, "72.0")])
    Fraction(69, 1)
    """
    lengths = [exact(road.length) for road in roads]
    if not roads or min(lengths) <= 0:
        raise ValueError(f"lengths {[str(length) for length in lengths]}; give one or more above zero")
    weighted = (length * exact(road.level) for length, road in zip(lengths, roads, strict=True))
    return sum(weighted, Fraction(0)) / sum(lengths)


def noise_grade(level: Exact, scale: GradeScale) -> NoiseGrade:
    """Return the grade of a mean level.

    Parameters
    ----------
    level : Decimal, Fraction, int or str, scalar
        Mean of a city, dB(A).
    scale : GradeScale
        For area or roads, day or night.

    Returns
    -------
    NoiseGrade

    Notes
    -----
    The bounds have one decimal (50.1 to 55.0), so the mean is rounded first; 50.04 is grade 1.

    Source
    ------
    HJ 640—2012, tables of grades.

    Examples
    --------
    >>> scale = GradeScale((Fraction(50), Fraction(55), Fraction(60), Fraction(65)))
    >>> [noise_grade(level, scale).label for level in ("50.0", "50.04", "50.1", "65.1")]
    ['好', '好', '较好', '差']
    """
    rounded = exact(round_places(level, scale.places))
    return NoiseGrade(1 + sum(rounded > bound for bound in scale.bounds))


def attainment_rate(attained: int, monitored: int, places: int = 1) -> Decimal:
    """Return the share of point-times that attain their limit (功能区声环境质量达标率).

    Parameters
    ----------
    attained, monitored : int
        Point-times; day and night are counted apart.
    places : int
        Decimals to print.

    Returns
    -------
    Decimal
        Percent.

    Raises
    ------
    ValueError
        None monitored, or more attained than monitored.

    Source
    ------
    HJ 640—2012, function zones: each point-time is compared by itself.

    Examples
    --------
    >>> attainment_rate(151, 156)
    Decimal('96.8')
    """
    if not 0 <= attained <= monitored or not monitored:
        raise ValueError(f"{attained} attained of {monitored} monitored point-times")
    return round_places(Fraction(100 * attained, monitored), places)
