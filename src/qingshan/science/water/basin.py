"""Shares of sections by class, and the grade of a river or basin (断面水质类别比例、河流流域水质)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.water.classes import Grade

__all__ = [
    "RiverPollutant",
    "ShareBands",
    "Shares",
    "basin_grade",
    "grade_by_share",
    "rate_percent",
    "river_main_pollutants",
    "section_shares",
]


@dataclass(frozen=True, slots=True)
class ShareBands:
    """Shares, in percent, at which the grade of a river or basin changes.

    ``excellent`` and ``good`` are lowest shares of sections at class I to III;
    ``moderate`` and ``heavy`` lowest shares worse than class V; ``fewest_sections`` is the
    number of sections from which shares are used at all.
    """

    excellent: Fraction
    good: Fraction
    moderate: Fraction
    heavy: Fraction
    fewest_sections: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of sections, in percent of all sections, not rounded.

    ``by_class`` has six shares, class I to worse than V.
    """

    by_class: tuple[Fraction, ...]
    sections: Fraction

    @property
    def good(self) -> Fraction:
        """Share at class I to III (优良比例)."""
        return sum(self.by_class[:3], Fraction(0))

    @property
    def inferior(self) -> Fraction:
        """Share worse than class V (劣V类比例)."""
        return self.by_class[5]


@dataclass(frozen=True, slots=True)
class RiverPollutant:
    """A main pollutant of a river: the item, and the percent of sections where it exceeds class III."""

    item: str
    rate: Fraction


def rate_percent(part: Exact, whole: Exact) -> Fraction:
    """Return a part of a whole in percent, not rounded.

    Parameters
    ----------
    part, whole : Decimal, Fraction, int or str, scalar
        Same unit. Sections shared by districts count as fractions, so neither need be whole.

    Returns
    -------
    Fraction
        Percent.

    Raises
    ------
    ValueError
        The whole is not above zero, the part is negative, or the part is greater than the whole.

    Source
    ------
    环办〔2011〕22号, 二(二) (断面超标率); a shared section as a fraction is published practice
    (7.15 of 8.15 sections: 87.7 %).

    Examples
    --------
    >>> rate_percent("7.15", "8.15") == Fraction(71500, 815)
    True
    """
    share, total = exact(part), exact(whole)
    if total <= 0 or not 0 <= share <= total:
        raise ValueError(f"{part} of {whole} is not a share; give 0 to the whole, of a whole above 0")
    return share / total * 100


def section_shares(counts: Sequence[Exact]) -> Shares:
    """Return the share of sections in each class.

    Parameters
    ----------
    counts : sequence of six Decimal, Fraction, int or str
        Sections at class I, II, III, IV, V and worse than V; fractions for shared sections.

    Returns
    -------
    Shares
        Percent, not rounded: a grade is decided on the full shares.

    Raises
    ------
    ValueError
        Not six counts, a negative count, or no section at all.

    Source
    ------
    环办〔2011〕22号, 二(二)1.

    Examples
    --------
    >>> shares = section_shares([0, 16, 12, 6, 0, 8])
    >>> float(round(shares.good, 1)), float(round(shares.inferior, 1))
    (66.7, 19.0)
    """
    numbers = [exact(count) for count in counts]
    if len(numbers) != 6:
        raise ValueError(f"{len(numbers)} counts; give six, class I to worse than V")
    total = sum(numbers, Fraction(0))
    return Shares(tuple(rate_percent(number, total) for number in numbers), total)


def grade_by_share(good: Exact, inferior: Exact, bands: ShareBands) -> Grade:
    """Return the grade of a river or basin with enough sections.

    Parameters
    ----------
    good, inferior : Decimal, Fraction, int or str, scalar
        Percent of sections at class I to III, and worse than class V.
    bands : ShareBands
        Of the edition in force.

    Returns
    -------
    Grade
        The share at class I to III decides first: with 77.8 % good and 22.2 % worse than V
        the grade is good.

    Raises
    ------
    ValueError
        A share outside 0 to 100, or the two together above 100 by more than their printed
        rounding (0.1).

    Source
    ------
    环办〔2011〕22号, 二(二)1, table of river grades.

    Examples
    --------
    >>> bands = ShareBands(Fraction(90), Fraction(75), Fraction(20), Fraction(40), 5)
    >>> grade_by_share("77.8", "22.2", bands).label, grade_by_share("70", "20", bands).label
    ('良好', '中度污染')
    """
    better, worst = exact(good), exact(inferior)
    if better < 0 or worst < 0 or better + worst > 100 + Fraction(1, 10):
        raise ValueError(f"shares of {good} % and {inferior} %; give 0 to 100, together at most 100")
    if better >= bands.excellent:
        return Grade.EXCELLENT
    if better >= bands.good:
        return Grade.GOOD
    if worst >= bands.heavy:
        return Grade.HEAVY
    return Grade.MODERATE if worst >= bands.moderate else Grade.LIGHT


def basin_grade(counts: Sequence[Exact], bands: ShareBands) -> Grade | Missing:
    """Return the grade of a river or basin from its sections, or why shares may not decide it.

    Parameters
    ----------
    counts : sequence of six Decimal, Fraction, int or str
        As for `section_shares`.
    bands : ShareBands

    Returns
    -------
    Grade or Missing
        Missing below ``bands.fewest_sections``: then the means of the items over the
        sections are judged by single factor (`averaging.mean_over_sections`).

    Raises
    ------
    ValueError
        As `section_shares`.

    Source
    ------
    环办〔2011〕22号, 二(二)1.

    Examples
    --------
    >>> bands = ShareBands(Fraction(90), Fraction(75), Fraction(20), Fraction(40), 5)
    >>> basin_grade([0, 9, 0, 0, 0, 1], bands).label
    '优'
    >>> basin_grade([0, 3, 0, 1, 0, 0], bands)
    Missing(reason='fewer_than_5_sections')
    """
    shares = section_shares(counts)
    if shares.sections < bands.fewest_sections:
        return Missing(f"fewer_than_{bands.fewest_sections}_sections")
    return grade_by_share(shares.good, shares.inferior, bands)


def river_main_pollutants(
    exceeding: Mapping[str, Exact], sections: Exact, order: Sequence[str] = (), take: int = 3
) -> tuple[RiverPollutant, ...]:
    """Return the main pollutants of a river: items by the rate of sections that exceed class III.

    Parameters
    ----------
    exceeding : mapping of item to Decimal, Fraction, int or str
        Sections where the item is worse than class III.
    sections : Decimal, Fraction, int or str, scalar
        All sections of the river.
    order : sequence of str
        Items in table order, which an equal rate keeps; without it the order of ``exceeding``.
    take : int
        How many at most.

    Returns
    -------
    tuple of RiverPollutant
        Highest rate first, items that nowhere exceed left out. With fewer than five
        sections each section names its own instead; the caller decides.

    Raises
    ------
    ValueError
        More sections exceed than there are, or as `rate_percent`.

    Source
    ------
    环办〔2011〕22号, 二(二)2.

    Examples
    --------
    >>> found = river_main_pollutants({"TP": 3, "CODCr": 4, "NH3N": 0}, 10)
    >>> [(pollutant.item, int(pollutant.rate)) for pollutant in found]
    [('CODCr', 40), ('TP', 30)]
    """
    places = {item: place for place, item in enumerate(order or exceeding)}
    rates = [RiverPollutant(item, rate_percent(count, sections)) for item, count in exceeding.items()]
    rates.sort(key=lambda pollutant: (-pollutant.rate, places.get(pollutant.item, len(places))))
    return tuple(pollutant for pollutant in rates[:take] if pollutant.rate > 0)
