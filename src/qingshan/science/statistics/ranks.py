"""Ranks with ties (名次)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["mean_ranks", "ranks"]

Name = TypeVar("Name", bound=Hashable)


def ranks(
    figures: Mapping[Name, Sequence[Exact] | Missing], falling: Sequence[bool] = (False,)
) -> dict[Name, int | Missing]:
    """Return the rank of each: one more than the number of those before it (并列名次相同，其后顺延).

    Parameters
    ----------
    figures : mapping of name to sequence of decimals, or Missing
        The sorting keys of each, the first deciding first.
    falling : sequence of bool
        For each key, whether the largest comes first.

    Returns
    -------
    dict
        In the order of ``figures``. Equal in all keys shares the rank, and the next rank is
        skipped (4, 4, 6). What has no figure has no rank, with its own reason, and takes no place.

    Raises
    ------
    ValueError
        As many keys as ``falling`` says are not there.

    Source
    ------
    Published rankings (4, 4, 6 and 3, 3, 5); 城市环境空气质量排名技术规定.

    Examples
    --------
    >>> ranks({"甲": ["2.15"], "乙": ["2.12"], "丙": ["2.15"], "丁": ["2.51"]})
    {'甲': 2, '乙': 1, '丙': 2, '丁': 4}
    >>> ranks({"甲": [90, 20], "乙": [90, 18], "丙": [95, 30]}, falling=(True, False))
    {'甲': 3, '乙': 2, '丙': 1}
    """
    keys = {name: row if isinstance(row, Missing) else _key(row, falling) for name, row in figures.items()}
    present = sorted(key for key in keys.values() if not isinstance(key, Missing))
    first_place: dict[tuple[Fraction, ...], int] = {}
    for place, key in enumerate(present, 1):
        first_place.setdefault(key, place)
    return {name: key if isinstance(key, Missing) else first_place[key] for name, key in keys.items()}


def mean_ranks(values: Sequence[Exact]) -> tuple[Fraction, ...]:
    """Return the rising rank of each value; equal values share the mean of their places (平均秩).

    Parameters
    ----------
    values : sequence of decimals

    Returns
    -------
    tuple of Fraction
        In the order of the values.

    Source
    ------
    HJ 663-2013, annex B asks for ranks; the mean for ties is common usage and not verified there.

    Examples
    --------
    >>> [str(rank) for rank in mean_ranks([10, 20, 20, 30])]
    ['1', '5/2', '5/2', '4']
    """
    numbers = [exact(value) for value in values]
    rising = sorted(numbers)
    first = {number: place for place, number in reversed(list(enumerate(rising, 1)))}
    last = {number: place for place, number in enumerate(rising, 1)}
    return tuple(Fraction(first[number] + last[number], 2) for number in numbers)


def _key(row: Sequence[Exact], falling: Sequence[bool]) -> tuple[Fraction, ...]:
    if len(row) != len(falling):
        raise ValueError(f"{len(row)} keys where {len(falling)} decide")
    return tuple(-exact(value) if down else exact(value) for value, down in zip(row, falling, strict=True))
