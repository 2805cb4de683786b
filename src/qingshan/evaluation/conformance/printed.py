"""Rounds a computed number to the decimals that the published one has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.kernel.rounding import round_places

__all__ = ["as_printed", "same_decimals"]


def as_printed(number: Fraction, printed: Any, fewest: int = 0) -> Decimal:
    """Return a number with as many decimals as the published one, and never fewer than the kind asks.

    Without the lower bound a figure published as 0.7 would accept 0.74.

    Examples
    --------
    >>> as_printed(Fraction(2, 3), Decimal("0.667")), as_printed(Fraction(2, 3), Decimal("0.7"), fewest=2)
    (Decimal('0.667'), Decimal('0.67'))
    """
    exponent = printed.as_tuple().exponent if isinstance(printed, Decimal) else 0
    places = -exponent if isinstance(exponent, int) else 0
    return round_places(number, max(places, fewest, 0))


def same_decimals(numbers: Sequence[Fraction], printed: Any) -> list[Decimal]:
    """Return numbers, each with as many decimals as its published one."""
    given = printed if isinstance(printed, list) and len(printed) == len(numbers) else [None] * len(numbers)
    return [as_printed(number, figure) for number, figure in zip(numbers, given, strict=True)]
