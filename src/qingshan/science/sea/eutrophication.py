"""Eutrophication index of sea water (海水富营养化指数)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "Eutrophication",
    "EutrophicationRule",
    "eutrophication_columns",
    "eutrophication_grade",
    "eutrophication_index",
]


class Eutrophication(IntEnum):
    """Grade of eutrophication, best first."""

    NONE = 1
    LIGHT = 2
    MODERATE = 3
    HEAVY = 4

    @property
    def label(self) -> str:
        """The word of the bulletins."""
        return ("非富营养化", "轻度富营养化", "中度富营养化", "重度富营养化")[self - 1]


@dataclass(frozen=True, slots=True)
class EutrophicationRule:
    """The factor of the index and the bounds of its grades.

    Parameters
    ----------
    factor : Fraction
        What the product of the three concentrations in mg/L is multiplied by.
    light, moderate, heavy : Fraction
        An index from ``light`` on is light; above ``moderate`` moderate; above ``heavy`` heavy.
    basis : Basis

    Raises
    ------
    ValueError
        The bounds do not rise.
    """

    factor: Fraction
    light: Fraction
    moderate: Fraction
    heavy: Fraction
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if not 0 < self.light < self.moderate < self.heavy:
            raise ValueError(f"the bounds {self.light}, {self.moderate}, {self.heavy} do not rise")


def eutrophication_index(oxygen_demand: Exact, nitrogen: Exact, phosphate: Exact, factor: Exact) -> Fraction:
    """Return the eutrophication index E.

    Parameters
    ----------
    oxygen_demand, nitrogen, phosphate : Decimal, Fraction, int or str, scalar
        COD, inorganic nitrogen and reactive phosphate (as P), mg/L.
    factor : Decimal, Fraction, int or str, scalar
        10⁶ / 4500.

    Returns
    -------
    Fraction
        Dimensionless, not rounded.

    Raises
    ------
    ValueError
        A negative concentration.

    Source
    ------
    E = COD x DIN x DIP x 10⁶ / 4500. At the limits of the four classes it gives 1.3, 6, 10.7 and
    25, as 海洋环境科学 prints them (hyhjkx.nmemc.org.cn, abstract 239).

    Examples
    --------
    >>> eutrophication_index("1.5", "0.45", "0.03", Fraction(10**6, 4500))
    Fraction(9, 2)
    """
    amounts = [exact(value) for value in (oxygen_demand, nitrogen, phosphate)]
    if min(amounts) < 0:
        raise ValueError(f"a concentration among {[str(amount) for amount in amounts]} mg/L is negative")
    return amounts[0] * amounts[1] * amounts[2] * exact(factor)


def eutrophication_grade(index: Exact, rule: EutrophicationRule) -> Eutrophication:
    """Return the grade of an index.

    Parameters
    ----------
    index : Decimal, Fraction, int or str, scalar
    rule : EutrophicationRule

    Returns
    -------
    Eutrophication

    Source
    ------
    Bounds as bulletins are remembered to use them; see `docs/science-sea.md`.

    Examples
    --------
    >>> rule = EutrophicationRule(Fraction(10**6, 4500), Fraction(1), Fraction(3), Fraction(9))
    >>> [eutrophication_grade(text, rule).label for text in ("0.99", "3", "9", "9.1")]
    ['非富营养化', '轻度富营养化', '中度富营养化', '重度富营养化']
    """
    number = exact(index)
    passed = (number >= rule.light, number > rule.moderate, number > rule.heavy)
    return Eutrophication(1 + sum(passed))


def eutrophication_columns(
    oxygen_demand: NDArray[np.integer],
    nitrogen: NDArray[np.integer],
    phosphate: NDArray[np.integer],
    places: int,
    rule: EutrophicationRule,
) -> NDArray[np.uint8]:
    """Return the grade of many samples from whole-number columns.

    Parameters
    ----------
    oxygen_demand, nitrogen, phosphate : arrays of integers, one length
        Concentrations in steps; a negative code stands for a missing value.
    places : int
        Decimals of the three steps together: 2 + 3 + 4 for 0.01, 0.001 and 0.0001 mg/L.
    rule : EutrophicationRule

    Returns
    -------
    array of uint8, same length
        Number of `Eutrophication`, 0 where one of the three is missing. Equal to
        `eutrophication_grade` sample by sample.

    Raises
    ------
    OverflowError
        Values so large, or steps so fine, that products cannot be compared exactly.

    Source
    ------
    As `eutrophication_grade`.

    Examples
    --------
    >>> rule = EutrophicationRule(Fraction(10**6, 4500), Fraction(1), Fraction(3), Fraction(9))
    >>> eutrophication_columns(np.array([150, -1]), np.array([45, 45]), np.array([3, 3]), 6, rule)
    array([3, 0], dtype=uint8)
    """
    columns = [column.astype(np.int64) for column in (oxygen_demand, nitrogen, phosphate)]
    there = np.all([column >= 0 for column in columns], axis=0)
    most = [max(0, int(column.max(initial=0))) for column in columns]
    bounds = (rule.light, rule.moderate, rule.heavy)
    # product x factor against bound, both as whole numbers of 10^-places.
    scales = [bound / rule.factor * 10**places for bound in bounds]
    if most[0] * most[1] * most[2] >= 1 << 63:
        raise OverflowError("values too large for steps so fine; use coarser steps")
    product = np.prod([np.where(there, column, 0) for column in columns], axis=0, dtype=np.int64)
    grades = np.ones(product.shape, dtype=np.uint8)
    for place, scale in enumerate(scales):
        # Whole numbers: at least n/d is at least its ceiling; more than n/d is more than its floor.
        if place == 0:
            grades += product >= -(-scale.numerator // scale.denominator)
        else:
            grades += product > scale.numerator // scale.denominator
    return np.where(there, grades, np.uint8(0))
