"""Water class and main pollutants of many samples at once, over whole numbers of a step.

A column holds decimals as whole numbers of a step (``0.25`` mg/L with three decimals is
``250``), so every comparison is exact and equals `section` on every value. Work goes
through tiles that stay in the processor's cache.

A class is found by comparing with the five limits. A lookup table over all codes is 1.7
times as fast for that part, but unrounded values with eight decimals would need a table of a
thousand million places; so both kinds of values take one path here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.basis import Missing
from qingshan.science.water.classes import WaterClass
from qingshan.science.water.ladders import AtLeast, AtMost, Ladder, Scale

__all__ = ["MISSING", "NO_ITEM", "CodedScale", "Verdicts", "encode", "evaluate", "places_needed", "places_of"]

Codes = NDArray[np.integer]

MISSING = -1
"""The code of a missing value; no amount in water is negative."""
NO_ITEM = -1
"""Stands where a sample has fewer main pollutants, or a pollutant no factor."""

_TILE = 8192
_ORDER_BITS = 7
_CLASS_SHIFT = 58
_FOREMOST_SHIFT = 61
_LAST = (1 << _ORDER_BITS) - 1
_WORST_UNPOLLUTED = int(WaterClass.III)
_UNPOLLUTED = -(1 << 62)


@dataclass(frozen=True, slots=True)
class CodedScale:
    """A scale whose limits are whole numbers of each item's step.

    Parameters
    ----------
    scale : Scale
    places : tuple of int
        Decimals of each item's step, in the order of the scale.

    Raises
    ------
    ValueError
        As many places as items are needed, and each limit must lie on its item's step.
    """

    scale: Scale
    places: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.places) != len(self.scale.ladders):
            raise ValueError(f"{len(self.places)} places for {len(self.scale.ladders)} items")
        if len(self.places) >= 1 << _ORDER_BITS:
            raise ValueError(f"{len(self.places)} items; fewer than {1 << _ORDER_BITS} fit")
        for row in range(len(self.places)):
            self.limits(row)

    def limits(self, row: int) -> tuple[int, ...]:
        """Return the limits of one item in its steps."""
        ladder, step = self.scale.ladders[row], 10 ** self.places[row]
        coded = [limit * step for limit in _limits_of(ladder)]
        if any(limit.denominator != 1 for limit in coded):
            raise ValueError(f"{ladder.item}: {self.places[row]} decimals are too few for its limits")
        return tuple(limit.numerator for limit in coded)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Results of many samples, as columns.

    Attributes
    ----------
    classes : uint8, shape (samples,)
        1 to 6 as `WaterClass`, 0 where no item has a value.
    item_classes : uint8, shape (items, samples)
        0 where the item is missing.
    main_items : int8, shape (take, samples)
        Place of the item in the scale, most important first; `NO_ITEM` where there is none.
    main_excess : int64, shape (take, samples)
        Value less the class III limit, in steps: the factor is this over the limit.
        `NO_ITEM` where the item has no factor.
    """

    classes: NDArray[np.uint8]
    item_classes: NDArray[np.uint8]
    main_items: NDArray[np.int8]
    main_excess: NDArray[np.int64]


def places_of(value: Fraction) -> int:
    """Return how many decimals a value needs.

    Parameters
    ----------
    value : Fraction, scalar

    Returns
    -------
    int
        Digits behind the point that write the value in full.

    Raises
    ------
    ValueError
        The value has no end as a decimal.

    Source
    ------
    No clause: the arithmetic by which columns keep exact values as whole steps.

    Examples
    --------
    >>> places_of(Fraction("0.025")), places_of(Fraction(7))
    (3, 0)
    """
    rest, powers = value.denominator, []
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            power, rest = power + 1, rest // prime
        powers.append(power)
    if rest != 1:
        raise ValueError(f"{value} has no end as a decimal")
    return max(powers)


def encode(values: Sequence[Fraction | Missing | None], places: int) -> NDArray[np.int64]:
    """Return values as whole numbers of a step.

    Parameters
    ----------
    values : sequence of Fraction, Missing or None
        Amounts of one item, unit of its limit, none negative.
    places : int
        Decimals of the step.

    Returns
    -------
    array of int64, same length
        `MISSING` where there is no value.

    Raises
    ------
    ValueError
        A value is negative or finer than the step: it would have to be rounded, and rounding
        could decide a class.

    Source
    ------
    None: a matter of storage.

    Examples
    --------
    >>> encode([Fraction("0.25"), None], 3)
    array([250,  -1])
    """
    codes = np.full(len(values), MISSING, dtype=np.int64)
    for place, value in enumerate(values):
        if value is None or isinstance(value, Missing):
            continue
        code = value * 10**places
        if code.denominator != 1 or code < 0:
            raise ValueError(f"{value} is negative or finer than {places} decimals")
        codes[place] = code.numerator
    return codes


def evaluate(codes: Codes, coded: CodedScale, take: int = 3) -> Verdicts:
    """Return the class and the main pollutants of each sample.

    Parameters
    ----------
    codes : array of integers, shape (items, samples)
        One row an item of the scale, in its order and steps; `MISSING` for no value.
    coded : CodedScale
        For rivers or for lakes; evaluate the two kinds of samples apart.
    take : int
        How many main pollutants at most.

    Returns
    -------
    Verdicts
        Equal to `section.section_class` and `section.main_pollutants` sample by sample.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Not one row an item.
    OverflowError
        Values so large, or steps so fine, that factors cannot be compared exactly.

    Source
    ------
    GB 3838—2002, table 1; 环办〔2011〕22号, 二(一)1 and 3.

    Examples
    --------
    >>> nh3 = AtMost("NH3N", "氨氮", tuple(Fraction(n, 100) for n in (15, 50, 100, 150, 200)))
    >>> found = evaluate(np.array([[250, 1770, -1]]), CodedScale(Scale((nh3,)), (3,)))
    >>> found.classes, found.main_items[0], found.main_excess[0]
    (array([2, 5, 0], dtype=uint8), array([-1,  0, -1], dtype=int8), array([ -1, 770,  -1]))
    """
    items, samples = _shape(codes, coded)
    found = Verdicts(
        np.zeros(samples, dtype=np.uint8),
        np.zeros((items, samples), dtype=np.uint8),
        np.full((take, samples), NO_ITEM, dtype=np.int8),
        np.full((take, samples), NO_ITEM, dtype=np.int64),
    )
    ranking = _Ranking.of(coded)
    ranking.check(codes)
    limits = [coded.limits(row) for row in range(items)]
    for start in range(0, samples, _TILE):
        tile = slice(start, min(start + _TILE, samples))
        classes = found.item_classes[:, tile]
        for row, ladder in enumerate(coded.scale.ladders):
            _classify(codes[row, tile], ladder, limits[row], classes[row])
        found.classes[tile] = classes.max(axis=0, initial=0)
        polluted = np.flatnonzero(found.classes[tile] > _WORST_UNPOLLUTED)
        if polluted.size:
            places, excess = ranking.first(codes[:, tile][:, polluted], classes[:, polluted], take)
            found.main_items[:, start + polluted] = places
            found.main_excess[:, start + polluted] = excess
    return found


def _shape(codes: Codes, coded: CodedScale) -> tuple[int, int]:
    if not np.issubdtype(codes.dtype, np.integer):
        raise TypeError(f"codes are {codes.dtype}; give whole numbers of a step")
    items = len(coded.places)
    if codes.ndim != 2 or codes.shape[0] != items:
        raise ValueError(f"codes of shape {codes.shape}; give {items} rows, one an item")
    return items, codes.shape[1]


def _classify(codes: Codes, ladder: Ladder, limits: tuple[int, ...], into: NDArray[np.uint8]) -> None:
    flags = np.empty(codes.shape, dtype=np.bool_)
    ones = flags.view(np.uint8)  # adding bytes to bytes; adding truth values would convert each time
    if isinstance(ladder, AtMost | AtLeast):
        beyond = np.greater if isinstance(ladder, AtMost) else np.less
        for limit, classes in Counter(limits).items():
            beyond(codes, limit, out=flags)
            into += ones * np.uint8(classes)
    else:
        for beyond, limit in ((np.less, limits[0]), (np.greater, limits[1])):
            beyond(codes, limit, out=flags)
            into += ones * np.uint8(WaterClass.INFERIOR - WaterClass.I)
    into += 1
    np.greater_equal(codes, 0, out=flags)
    into *= ones  # a missing value has no class


@dataclass(frozen=True, slots=True)
class _Ranking:
    """One whole number a pollutant, greater for a more important one.

    From the top: named first or not, class, factor over a common denominator, place in
    the table. No two items of a sample have the same number, so the order is settled. An
    item that is class III or better has a number below zero.
    """

    heads: tuple[NDArray[np.int64], ...]
    widths: tuple[int, ...]
    references: tuple[int, ...]

    @classmethod
    def of(cls, coded: CodedScale) -> _Ranking:
        ladders = coded.scale.ladders
        references = [
            coded.limits(row)[WaterClass.III - 1] if isinstance(ladder, AtMost) else 0
            for row, ladder in enumerate(ladders)
        ]
        common = lcm(*(limit for limit in references if limit))
        heads = [_heads(row, ladder.item in coded.scale.foremost) for row, ladder in enumerate(ladders)]
        widths = [common // limit if limit else 0 for limit in references]
        return cls(tuple(heads), tuple(widths), tuple(references))

    def check(self, codes: Codes) -> None:
        """Refuse values whose factor would run into the class."""
        for row, width in enumerate(self.widths):
            if codes.shape[1] and int(codes[row].max()) * width >= 1 << (_CLASS_SHIFT - _ORDER_BITS):
                raise OverflowError(f"row {row}: values too large for steps so fine; use coarser steps")

    def first(
        self, codes: Codes, classes: NDArray[np.uint8], take: int
    ) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        best = np.full((take, codes.shape[1]), NO_ITEM, dtype=np.int64)
        keys, lesser = np.empty((2, codes.shape[1]), dtype=np.int64)
        for row, (heads, width) in enumerate(zip(self.heads, self.widths, strict=True)):
            if classes[row].max() <= _WORST_UNPOLLUTED:
                continue
            np.multiply(codes[row], width << _ORDER_BITS, out=keys, dtype=np.int64)
            keys += heads[classes[row]]
            for rank in range(take):  # what is displaced goes on to the next rank
                np.minimum(best[rank], keys, out=lesser)
                np.maximum(best[rank], keys, out=best[rank])
                keys, lesser = lesser, keys
        return self._read(best, codes)

    def _read(self, keys: NDArray[np.int64], codes: Codes) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        references, samples = np.array(self.references, dtype=np.int64), np.arange(codes.shape[1])
        there = keys >= 0
        rows = np.where(there, _LAST - (keys & _LAST), 0)
        excess = codes[rows, samples] - references[rows]
        with_factor = there & (references[rows] > 0)
        return np.where(there, rows, NO_ITEM).astype(np.int8), np.where(with_factor, excess, NO_ITEM)


def _heads(row: int, is_foremost: bool) -> NDArray[np.int64]:
    """What each class adds to the number of an item; index 0 is a missing value."""
    own = (is_foremost << _FOREMOST_SHIFT) + _LAST - row
    return np.array(
        [
            own + (int(found) << _CLASS_SHIFT) if found > _WORST_UNPOLLUTED else _UNPOLLUTED
            for found in (0, *WaterClass)
        ],
        dtype=np.int64,
    )


def _limits_of(ladder: Ladder) -> tuple[Fraction, ...]:
    return ladder.limits if isinstance(ladder, AtMost | AtLeast) else (ladder.low, ladder.high)


def places_needed(scale: Scale, values: Mapping[str, Sequence[Fraction]]) -> tuple[int, ...]:
    """Return the fewest decimals of each item that hold its limits and its values.

    Parameters
    ----------
    scale : Scale
    values : mapping of item to sequence of Fraction
        Amounts that will be encoded; an item may be left out.

    Returns
    -------
    tuple of int
        In the order of the scale.

    Raises
    ------
    ValueError
        A value has no end as a decimal.

    Source
    ------
    No clause: the arithmetic by which columns keep exact values as whole steps.

    Examples
    --------
    >>> nh3 = AtMost("NH3N", "氨氮", tuple(Fraction(n, 100) for n in (15, 50, 100, 150, 200)))
    >>> places_needed(Scale((nh3,)), {"NH3N": [Fraction("0.0125")]})
    (4,)
    """
    return tuple(
        max(places_of(value) for value in (*_limits_of(ladder), *values.get(ladder.item, ())))
        for ladder in scale.ladders
    )
