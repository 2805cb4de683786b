"""Reading what a laboratory or a feed wrote: numbers, non-detects, missing marks, damage.

A reading never becomes a number by guessing: below the detection limit it keeps that
limit, missing it keeps its reason, and what is neither is damage with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact

__all__ = ["DAMAGE", "NonDetects", "Reading", "amount", "read_value"]


class NonDetects(StrEnum):
    """What a value below the detection limit counts as (未检出的取值)."""

    HALF = "half"
    """Half the limit: statistics, class and city index."""
    FULL = "full"
    """The limit itself: only to show the difference."""
    ZERO = "zero"
    """Zero: loads of pollutants."""

    @property
    def share(self) -> Fraction:
        """Part of the detection limit."""
        return {"half": Fraction(1, 2), "full": Fraction(1), "zero": Fraction(0)}[self.value]


_MISSING = {
    "": "blank",
    "--": "no_value_at_this_time",
    "-": "no_value_at_this_time",
    "—": "no_value_at_this_time",
    "——": "no_value_at_this_time",
    "/": "no_value_at_this_time",
    "*": "not_measured_here",
    "未监测": "not_measured_here",
    "停测": "no_value_at_this_time",
    "未检出": "non_detect_without_limit",
    "ND": "non_detect_without_limit",
    "nd": "non_detect_without_limit",
}

_SENTINELS = frozenset(exact(text) for text in ("999.9", "99.99", "9999", "-9999", "-999.9", "-99"))

DAMAGE = frozenset({"negative", "not_a_number", "detection_limit_not_above_zero"})
"""Reasons that mean somebody has to look; every other reason is an ordinary gap."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value (监测值): a number, or below a detection limit.

    Parameters
    ----------
    value : Fraction
        The number, or the detection limit where ``below`` is true; unit of the item.
    below : bool
        The result lies below the detection limit ("0.004L").
    """

    value: Fraction
    below: bool = False


def read_value(text: str, *, zero_is_possible: bool = True) -> Reading | Missing:
    """Return what a field of a table says.

    Parameters
    ----------
    text : str
        ``3.2``, ``.03``, ``0.004L``, ``0.004l``, ``<0.004``, a missing mark (blank, ``--``,
        ``-``, ``—``, ``*``, ``/``, 999.9, 99.99), or damage.
    zero_is_possible : bool
        False where the item cannot be zero (pH, a concentration printed from an analyser):
        a zero is then missing.

    Returns
    -------
    Reading or Missing
        Missing carries its reason; the reasons in `DAMAGE` are to be reported by row and field.

    Notes
    -----
    Some systems write a non-detect as a bare negative number. That cannot be told from a
    fault of the instrument, so a negative value is reported as damage and not guessed.

    Source
    ------
    GB 3838—2002 names no marks; the letter L behind the detection limit follows the habit
    of HJ/T 91, the others are those found in published feeds.

    Examples
    --------
    >>> read_value("0.004L")
    Reading(value=Fraction(1, 250), below=True)
    >>> read_value("*"), read_value("0", zero_is_possible=False).reason, read_value("-0.3").reason
    (Missing(reason='not_measured_here'), 'impossible_zero', 'negative')
    """
    word = text.strip()
    if word in _MISSING:
        return Missing(_MISSING[word])
    bare = word.lstrip("<＜").removesuffix("L").removesuffix("l").strip()
    below = bare != word
    if not _NUMBER.fullmatch(bare):
        return Missing("not_a_number")
    number = exact(bare)
    if number in _SENTINELS:
        return Missing("missing_mark")
    return _checked(number, below, zero_is_possible)


def _checked(number: Fraction, below: bool, zero_is_possible: bool) -> Reading | Missing:
    if number < 0:
        return Missing("negative")
    if below:
        return Reading(number, below=True) if number else Missing("detection_limit_not_above_zero")
    if number == 0 and not zero_is_possible:
        return Missing("impossible_zero")
    return Reading(number)


def amount(reading: Reading, non_detects: NonDetects = NonDetects.HALF) -> Fraction:
    """Return the number that a reading counts as.

    Parameters
    ----------
    reading : Reading, scalar
    non_detects : NonDetects
        Half the detection limit for class, means and the city index; zero for loads.

    Returns
    -------
    Fraction
        Unit of the reading.

    Source
    ------
    环办监测函〔2020〕82号, item 7 (half the limit). Zero for loads: SL 219—2013, 12.2.5.

    Examples
    --------
    >>> amount(read_value("0.004L")), amount(read_value("0.004L"), NonDetects.ZERO)
    (Fraction(1, 500), Fraction(0, 1))
    """
    return reading.value * non_detects.share if reading.below else reading.value
