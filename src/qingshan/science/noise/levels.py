"""Levels from series: equivalent, percentile, day, night, day-night (等效声级、累积百分声级、昼夜等效声级).

A level is a logarithm of energy, so a mean of levels has no exact value. It is computed with
forty digits and judged on thirty: no binary float takes part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "DAY_HOURS",
    "NIGHT_HOURS",
    "NIGHT_PENALTY",
    "DayLevels",
    "Hours",
    "day_levels",
    "day_night_level",
    "equivalent_level",
    "exceeded_level",
    "period_level",
]

_DIGITS, _KEPT = 40, 30

DAY_HOURS, NIGHT_HOURS = 16, 8
"""Hours of day (06:00 to 22:00) and night, unless a government set others."""

NIGHT_PENALTY = 10
"""Added to the night level in the day-night level, in dB."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Which hours are day, and how many of each must be there (昼夜划分与有效小时数).

    ``first_of_day`` and ``first_of_night`` are the hours at which they begin. By default every
    hour is needed; fewer are accepted only where the caller says so.
    """

    first_of_day: int = 6
    first_of_night: int = 22
    fewest_of_day: int | None = None
    fewest_of_night: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.first_of_day < self.first_of_night <= 23:
            raise ValueError(f"day from {self.first_of_day} to {self.first_of_night}; give hours of one day")
        for fewest, most in ((self.fewest_of_day, self.day), (self.fewest_of_night, 24 - self.day)):
            if fewest is not None and not 1 <= fewest <= most:
                raise ValueError(f"at least {fewest} of {most} hours; give 1 to {most}")

    @property
    def day(self) -> int:
        """Number of hours of day."""
        return self.first_of_night - self.first_of_day

    def is_day(self, hour: int) -> bool:
        """Whether the hour that begins then is day."""
        return self.first_of_day <= hour < self.first_of_night


@dataclass(frozen=True, slots=True)
class DayLevels:
    """Day, night and day-night level of 24 hours, each with why it is missing.

    ``hours_of_day`` and ``hours_of_night`` count the valid hours behind them.
    """

    day: Fraction | Missing
    night: Fraction | Missing
    day_night: Fraction | Missing
    hours_of_day: int
    hours_of_night: int


def equivalent_level(levels: Sequence[Exact]) -> Fraction:
    """Return the equivalent level of levels that each stand for the same time (等效声级, Leq).

    Parameters
    ----------
    levels : sequence of Decimal, Fraction, int or str
        dB(A), one or more; samples, minutes or hours of one length.

    Returns
    -------
    Fraction
        dB(A), thirty decimals, not rounded further.

    Raises
    ------
    ValueError
        No level.
    TypeError
        A binary float.

    Notes
    -----
    Levels that are missing are left out by the caller, who says how many there must be.

    Source
    ------
    GB 3096—2008, clause 3, definition of the equivalent level: the energy mean over the measuring time.

    Examples
    --------
    >>> float(round(equivalent_level([50, 60]), 4))
    57.4036
    >>> equivalent_level([60, 60])
    Fraction(60, 1)
    """
    if not levels:
        raise ValueError("the equivalent level of no levels")
    return _level([(exact(level), 1) for level in levels])


def exceeded_level(levels: Sequence[Exact], percent: Exact) -> Fraction:
    """Return the level that is reached or exceeded in a share of the time (累积百分声级, L10, L50, L90).

    Parameters
    ----------
    levels : sequence of Decimal, Fraction, int or str
        dB(A), samples of equal length in any order, one or more.
    percent : decimal
        Above 0, up to 100: 10 for L10.

    Returns
    -------
    Fraction
        One of the levels, exactly.

    Raises
    ------
    ValueError
        No level, or a percentage outside 0 to 100.

    Notes
    -----
    The text gives no rule for a place that is not whole. We take the next one down, so that the
    level is reached in at least that share of the time: of 100 samples the tenth from the top is L10.

    Source
    ------
    GB 3096—2008, clause 3, definition of the cumulative percentage levels.

    Examples
    --------
    >>> [exceeded_level(range(1, 101), percent) for percent in (10, 50, 90)]
    [Fraction(91, 1), Fraction(51, 1), Fraction(11, 1)]
    """
    share = exact(percent)
    if not levels or not 0 < share <= 100:
        raise ValueError(f"the level exceeded {percent} % of the time by {len(levels)} levels")
    falling = sorted((exact(level) for level in levels), reverse=True)
    place = -(-len(falling) * share.numerator // (100 * share.denominator))
    return falling[place - 1]


def period_level(hours: Sequence[Exact | Missing], fewest: int) -> Fraction | Missing:
    """Return the level of a day or a night from its hours (昼间等效声级 Ld、夜间等效声级 Ln).

    Parameters
    ----------
    hours : sequence of decimals or Missing
        Equivalent levels of the hours, dB(A).
    fewest : int
        How many must be there; 16 and 8 when all are.

    Returns
    -------
    Fraction or Missing
        dB(A), the energy mean of the hours there are.

    Source
    ------
    GB 3096—2008, clause 3, definitions of day and night level; hours, clause 3.4.

    Examples
    --------
    >>> night = ["54", "52", "50", "48", "47", "47", "48", "51"]
    >>> float(round(period_level(night, 8), 4)), period_level(night[1:], 8)
    (50.3242, Missing(reason='valid_hours_below_8'))
    """
    there = [hour for hour in hours if not isinstance(hour, Missing)]
    return equivalent_level(there) if len(there) >= fewest else Missing(f"valid_hours_below_{fewest}")


def day_night_level(
    day: Exact, night: Exact, hours_of_day: int = DAY_HOURS, penalty: Exact = NIGHT_PENALTY
) -> Fraction:
    """Return the day-night level: the night counts with ten decibels more (昼夜等效声级, Ldn).

    Parameters
    ----------
    day, night : Decimal, Fraction, int or str, scalar
        Day and night level, dB(A).
    hours_of_day : int
        16 unless a government set other hours.
    penalty : decimal
        dB added to the night.

    Returns
    -------
    Fraction
        dB(A), thirty decimals.

    Source
    ------
    The usual formula of monitoring reports (one source); GB 3096—2008 judges day and night apart.

    Examples
    --------
    >>> float(round(day_night_level("59.2063", "50.3242"), 3))
    59.612
    """
    return _level([(exact(day), hours_of_day), (exact(night) + exact(penalty), 24 - hours_of_day)])


def day_levels(hours: Mapping[int, Exact | Missing], split: Hours | None = None) -> DayLevels:
    """Return day, night and day-night level of 24 hours.

    Parameters
    ----------
    hours : mapping of hour (0 to 23) to level or Missing
        The hour at which each level begins; an hour that is not there is missing. The night of a
        day is the one that follows it: its hours after midnight belong to the next calendar day.
    split : Hours, optional
        Which hours are day, and how many must be there; by default 06:00 to 22:00 and all of them.

    Returns
    -------
    DayLevels

    Raises
    ------
    ValueError
        An hour outside 0 to 23.

    Source
    ------
    GB 3096—2008, clause 3; the number of valid hours follows the caller.

    Examples
    --------
    >>> found = day_levels({hour: 60 if 6 <= hour < 22 else 50 for hour in range(24)})
    >>> found.day, found.night, found.day_night
    (Fraction(60, 1), Fraction(50, 1), Fraction(60, 1))
    """
    split = split or Hours()
    if strange := [hour for hour in hours if not 0 <= hour <= 23]:
        raise ValueError(f"hours {strange}; give 0 to 23")
    parts: dict[bool, list[Exact]] = {True: [], False: []}
    for hour, level in hours.items():
        if not isinstance(level, Missing):
            parts[split.is_day(hour)].append(level)
    day = period_level(parts[True], split.fewest_of_day or split.day)
    night = period_level(parts[False], split.fewest_of_night or 24 - split.day)
    return DayLevels(day, night, _both(day, night, split.day), len(parts[True]), len(parts[False]))


def _both(day: Fraction | Missing, night: Fraction | Missing, hours_of_day: int) -> Fraction | Missing:
    if isinstance(day, Missing):
        return day
    return night if isinstance(night, Missing) else day_night_level(day, night, hours_of_day)


def _level(parts: Sequence[tuple[Fraction, int]]) -> Fraction:
    """Energy mean of levels with their weights."""
    if len({level for level, _ in parts}) == 1:
        return parts[0][0]  # exact: nothing has to be taken to energy and back
    with localcontext() as context:
        context.prec = _DIGITS
        tenth = Decimal("0.1")
        energy = sum(
            (weight * 10 ** (tenth * level.numerator / level.denominator) for level, weight in parts),
            Decimal(0),
        )
        mean = 10 * (energy / sum(weight for _, weight in parts)).log10()
        return Fraction(mean.quantize(Decimal(1).scaleb(-_KEPT)))
