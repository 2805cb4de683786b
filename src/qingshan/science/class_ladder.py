"""Limits of one item as a ladder of classes, for standards of any number of classes (分级限值).

An item stands in its best class and falls by some classes at every limit it goes beyond. Each kind
of limit (at most, at least, more than, within) is written as such falls, so one sum gives the class
of a number, and the same sum over whole-number columns the classes of a million: `class_of` and
`class_columns` cannot come apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "NO_VALUE",
    "Beyond",
    "ClassLadder",
    "CodedLadder",
    "Fall",
    "at_least",
    "at_most",
    "class_columns",
    "encode_values",
    "falls_of",
    "more_than",
    "within",
]

NO_VALUE = int(np.iinfo(np.int32).min)
"""The code of a missing value. Not -1: a redox potential may be negative."""

_TILE = 8192


class Beyond(Enum):
    """On which side of a limit a value is worse."""

    ABOVE = "above"
    BELOW = "below"
    NOT_ABOVE = "not_above"
    """The value must be greater than the limit: equal to it is not enough."""


@dataclass(frozen=True, slots=True)
class Fall:
    """By how many classes an item falls when it goes beyond a limit."""

    beyond: Beyond
    limit: Fraction
    classes: int

    def is_beyond(self, value: Fraction) -> bool:
        """Whether a value goes beyond the limit."""
        if self.beyond is Beyond.ABOVE:
            return value > self.limit
        return value < self.limit if self.beyond is Beyond.BELOW else value <= self.limit


@dataclass(frozen=True, slots=True)
class ClassLadder:
    """One item: its name in reports, the number of its best class, and its falls.

    Raises
    ------
    ValueError
        A fall of no class, or none at all.
    """

    item: str
    name: str
    best: int
    falls: tuple[Fall, ...]

    def __post_init__(self) -> None:
        if not self.falls or any(fall.classes < 1 for fall in self.falls):
            raise ValueError(f"{self.item}: every limit must cost at least one class; found {self.falls}")

    def class_of(self, value: Exact) -> int:
        """Return the number of the class that a value stands in."""
        number = exact(value)
        return self.best + sum(fall.classes for fall in self.falls if fall.is_beyond(number))


def falls_of(beyond: Beyond, limits: Sequence[Fraction | None], classes: Sequence[int]) -> tuple[Fall, ...]:
    """Return the falls of an item that has one limit a class.

    Parameters
    ----------
    beyond : Beyond
        The side on which the item is worse.
    limits : sequence of Fraction or None
        Limit of each class, best first; None where the class has no limit, and every value of
        the class before meets it (no worse class can be reached).
    classes : sequence of int, one more than limits
        Number of each class, the last one for values beyond every limit.

    Returns
    -------
    tuple of Fall
        One for each different limit: classes that share a limit are passed in one fall.

    Raises
    ------
    ValueError
        The limits run backwards, the classes do not rise, or their numbers do not fit.

    Source
    ------
    Equal limits in two classes: the better class (GB/T 14848—2017, clause 6.2; GB 3097—1997, table 1).

    Examples
    --------
    >>> falls_of(Beyond.ABOVE, [Fraction(1), Fraction(1), Fraction(3)], (1, 2, 3, 4))[0].classes
    2
    """
    if len(classes) != len(limits) + 1 or any(two <= one for one, two in pairwise(classes)):
        raise ValueError(f"{len(limits)} limits need {len(limits) + 1} rising classes; found {classes}")
    known = [limit for limit in limits if limit is not None]
    if None in limits[: len(known)]:
        raise ValueError(f"a class without a limit stands before one with a limit: {limits}")
    ordered = sorted(known, reverse=beyond is not Beyond.ABOVE)
    if not known or ordered != known:
        raise ValueError(f"the limits of the classes run backwards: {limits}")
    falls: dict[Fraction, int] = {}
    for limit, (one, two) in zip(known, pairwise(classes), strict=False):
        falls[limit] = falls.get(limit, 0) + two - one
    return tuple(Fall(beyond, limit, count) for limit, count in falls.items())


def at_most(item: str, name: str, limits: Sequence[Fraction | None], classes: Sequence[int]) -> ClassLadder:
    """Return the ladder of an item that must not exceed its limits.

    Parameters
    ----------
    item, name : str
    limits : sequence of Fraction or None
    classes : sequence of int
        As for `falls_of`.

    Returns
    -------
    ClassLadder

    Source
    ------
    GB/T 14848—2017, tables 1 and 2; GB 3097—1997, table 1.

    Examples
    --------
    >>> limits = [Fraction(n) for n in (1, 1, 1, 2)]
    >>> fluoride = at_most("F", "氟化物", limits, (1, 2, 3, 4, 5))
    >>> [fluoride.class_of(value) for value in ("1.0", "1.1", "2.1")]
    [1, 4, 5]
    """
    return ClassLadder(item, name, classes[0], falls_of(Beyond.ABOVE, limits, classes))


def at_least(item: str, name: str, limits: Sequence[Fraction | None], classes: Sequence[int]) -> ClassLadder:
    """Return the ladder of an item that must reach its limits.

    Parameters
    ----------
    item, name : str
    limits : sequence of Fraction or None
    classes : sequence of int
        As for `falls_of`; the limits fall from class to class.

    Returns
    -------
    ClassLadder

    Source
    ------
    城市黑臭水体整治工作指南 (2015), table of grades.

    Examples
    --------
    >>> at_least("DO", "溶解氧", [Fraction(2), Fraction(1, 5)], (1, 2, 3)).class_of("0.2")
    2
    """
    return ClassLadder(item, name, classes[0], falls_of(Beyond.BELOW, limits, classes))


def more_than(item: str, name: str, limits: Sequence[Fraction | None], classes: Sequence[int]) -> ClassLadder:
    """Return the ladder of an item that must be greater than its limits; equal is not enough.

    Parameters
    ----------
    item, name : str
    limits : sequence of Fraction or None
    classes : sequence of int
        As for `falls_of`; the limits fall from class to class.

    Returns
    -------
    ClassLadder

    Source
    ------
    GB 3097—1997, table 1, item 9 (dissolved oxygen is written with ">").

    Examples
    --------
    >>> oxygen = more_than("DO", "溶解氧", [Fraction(n) for n in (6, 5, 4, 3)], (1, 2, 3, 4, 5))
    >>> oxygen.class_of("6.0"), oxygen.class_of("6.01")
    (2, 1)
    """
    return ClassLadder(item, name, classes[0], falls_of(Beyond.NOT_ABOVE, limits, classes))


def within(
    item: str, name: str, ranges: Sequence[tuple[Fraction, Fraction]], classes: Sequence[int]
) -> ClassLadder:
    """Return the ladder of an item with a range for each class or group of classes, ends included.

    Parameters
    ----------
    item, name : str
    ranges : sequence of pairs of Fraction
        Lowest and highest value, best class first; each range lies in the next one.
    classes : sequence of int, one more than ranges
        Best class of each range, the last one for values outside all of them.

    Returns
    -------
    ClassLadder

    Raises
    ------
    ValueError
        A range is empty or sticks out of the next one, or the classes do not rise.

    Source
    ------
    GB/T 14848—2017, table 1, and GB 3097—1997, table 1: pH.

    Examples
    --------
    >>> ranges = [(Fraction("6.5"), Fraction("8.5")), (Fraction("5.5"), Fraction(9))]
    >>> acidity = within("pH", "pH", ranges, (1, 4, 5))
    >>> [acidity.class_of(value) for value in ("8.5", "6.4", "9.1")]
    [1, 4, 5]
    """
    if any(low > high for low, high in ranges):
        raise ValueError(f"{item}: a range of {ranges} is empty")
    lows = falls_of(Beyond.BELOW, [low for low, _ in ranges], classes)
    highs = falls_of(Beyond.ABOVE, [high for _, high in ranges], classes)
    return ClassLadder(item, name, classes[0], (*lows, *highs))


@dataclass(frozen=True, slots=True)
class CodedLadder:
    """A ladder whose limits are whole numbers of a step.

    Parameters
    ----------
    ladder : ClassLadder
    places : int
        Decimals of the step.

    Raises
    ------
    ValueError
        A limit is finer than the step.
    """

    ladder: ClassLadder
    places: int

    def __post_init__(self) -> None:
        if any((fall.limit * 10**self.places).denominator != 1 for fall in self.ladder.falls):
            raise ValueError(f"{self.ladder.item}: {self.places} decimals are too few for its limits")

    @property
    def falls(self) -> tuple[tuple[Beyond, int, int], ...]:
        """Side, limit in steps, and classes of each fall."""
        step = 10**self.places
        return tuple((fall.beyond, int(fall.limit * step), fall.classes) for fall in self.ladder.falls)


def encode_values(values: Sequence[Fraction | Missing | None], places: int) -> NDArray[np.int64]:
    """Return values of either sign as whole numbers of a step.

    Parameters
    ----------
    values : sequence of Fraction, Missing or None
        Unit of the item's limits.
    places : int
        Decimals of the step.

    Returns
    -------
    array of int64, same length
        `NO_VALUE` where there is none.

    Raises
    ------
    ValueError
        A value is finer than the step: rounding it could decide a class.

    Source
    ------
    None: a matter of storage.

    Examples
    --------
    >>> encode_values([Fraction("-0.5"), None], 1).tolist() == [-5, NO_VALUE]
    True
    """
    codes = np.full(len(values), NO_VALUE, dtype=np.int64)
    for place, value in enumerate(values):
        if value is None or isinstance(value, Missing):
            continue
        code = value * 10**places
        if code.denominator != 1:
            raise ValueError(f"{value} is finer than {places} decimals")
        codes[place] = code.numerator
    return codes


def class_columns(codes: NDArray[np.integer], ladders: Sequence[CodedLadder]) -> NDArray[np.uint8]:
    """Return the class of every item of many samples.

    Parameters
    ----------
    codes : array of integers, shape (items, samples)
        One row a ladder, in its steps; `NO_VALUE` for no value.
    ladders : sequence of CodedLadder

    Returns
    -------
    array of uint8, shape (items, samples)
        Number of the class, 0 where there is no value. The worst of a sample is the greatest of
        its column. Equal to `ClassLadder.class_of` value by value.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Not one row a ladder.

    Source
    ------
    As the ladders.

    Examples
    --------
    >>> ladder = at_most("F", "氟化物", [Fraction(n) for n in (1, 1, 1, 2)], (1, 2, 3, 4, 5))
    >>> class_columns(np.array([[10, 11, NO_VALUE]]), [CodedLadder(ladder, 1)])
    array([[1, 4, 0]], dtype=uint8)
    """
    if not np.issubdtype(codes.dtype, np.integer):
        raise TypeError(f"codes are {codes.dtype}; give whole numbers of a step")
    if codes.ndim != 2 or codes.shape[0] != len(ladders):
        raise ValueError(f"codes of shape {codes.shape}; give {len(ladders)} rows, one a ladder")
    found = np.zeros(codes.shape, dtype=np.uint8)
    plans = [(row, ladder.ladder.best, ladder.falls) for row, ladder in enumerate(ladders)]
    for start in range(0, codes.shape[1], _TILE):
        tile = slice(start, start + _TILE)
        for row, best, falls in plans:
            _classify(codes[row, tile], best, falls, found[row, tile])
    return found


_COMPARE = {Beyond.ABOVE: np.greater, Beyond.BELOW: np.less, Beyond.NOT_ABOVE: np.less_equal}


def _classify(
    codes: NDArray[np.integer], best: int, falls: tuple[tuple[Beyond, int, int], ...], into: NDArray[np.uint8]
) -> None:
    flags = np.empty(codes.shape, dtype=np.bool_)
    ones = flags.view(np.uint8)  # adding bytes to bytes; adding truth values would convert each time
    into += np.uint8(best)
    for beyond, limit, classes in falls:
        _COMPARE[beyond](codes, limit, out=flags)
        into += ones if classes == 1 else ones * np.uint8(classes)
    np.not_equal(codes, NO_VALUE, out=flags)
    into *= ones  # a missing value has no class
