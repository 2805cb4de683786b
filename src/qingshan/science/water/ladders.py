"""Limits of one item as a ladder of classes, and the scale that holds them all.

The limits are arguments: which edition supplies them is decided elsewhere. A value
equal to a limit meets it, and where two classes share a limit the better one is met.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.basis import Basis
from qingshan.science.water.classes import WaterClass

__all__ = ["AtLeast", "AtMost", "Ladder", "Scale", "Within", "exceedance_factor"]

Five = tuple[Fraction, Fraction, Fraction, Fraction, Fraction]
"""Limits of the classes I to V."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """An item that must not exceed its limit (most items).

    Examples
    --------
    >>> tp = AtMost("TP", "总磷", tuple(Fraction(n, 100) for n in (2, 10, 20, 30, 40)))
    >>> tp.class_of(Fraction(20, 100)).label, tp.class_of(Fraction(201, 1000)).label
    ('III', 'IV')
    """

    item: str
    name: str
    limits: Five

    def __post_init__(self) -> None:
        if len(self.limits) != 5 or list(self.limits) != sorted(self.limits) or self.limits[0] <= 0:
            raise ValueError(
                f"{self.item}: five limits above zero, none below the one before; found {self.limits}"
            )

    def class_of(self, value: Fraction) -> WaterClass:
        """Return the best class whose limit the value meets."""
        return WaterClass(1 + sum(value > limit for limit in self.limits))


@dataclass(frozen=True, slots=True)
class AtLeast:
    """An item that must reach its limit (dissolved oxygen).

    Examples
    --------
    >>> oxygen = AtLeast("DO", "溶解氧", tuple(Fraction(n, 2) for n in (15, 12, 10, 6, 4)))
    >>> oxygen.class_of(Fraction(5)).label, oxygen.class_of(Fraction(499, 100)).label
    ('III', 'IV')
    """

    item: str
    name: str
    limits: Five

    def __post_init__(self) -> None:
        if len(self.limits) != 5 or list(self.limits) != sorted(self.limits, reverse=True):
            raise ValueError(f"{self.item}: five limits, none above the one before; found {self.limits}")

    def class_of(self, value: Fraction) -> WaterClass:
        """Return the best class whose limit the value meets."""
        return WaterClass(1 + sum(value < limit for limit in self.limits))


@dataclass(frozen=True, slots=True)
class Within:
    """An item with one range for all classes (pH): inside class I, outside worse than V.

    Examples
    --------
    >>> acidity = Within("pH", "pH值", Fraction(6), Fraction(9))
    >>> acidity.class_of(Fraction(9)).label, acidity.class_of(Fraction(901, 100)).label
    ('I', '劣V')
    """

    item: str
    name: str
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"{self.item}: the range {self.low} to {self.high} is empty")

    def class_of(self, value: Fraction) -> WaterClass:
        """Return class I inside the range, both ends included, else worse than V."""
        return WaterClass.I if self.low <= value <= self.high else WaterClass.INFERIOR


Ladder = AtMost | AtLeast | Within


@dataclass(frozen=True, slots=True)
class Scale:
    """The items that decide a class, in the order of the standard's table (评价尺度).

    Parameters
    ----------
    ladders : tuple of Ladder
        Each item once. Rivers and lakes are two scales: their total phosphorus differs.
    foremost : frozenset of str
        Items named first among the main pollutants (cyanide and heavy metals).
    basis : Basis
        Edition and clauses that every result repeats.

    Raises
    ------
    ValueError
        An item occurs twice, or an item to be named first is not in the table.
    """

    ladders: tuple[Ladder, ...]
    foremost: frozenset[str] = frozenset()
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        items = [ladder.item for ladder in self.ladders]
        if len(set(items)) != len(items):
            raise ValueError(f"an item occurs twice in {items}")
        if strangers := self.foremost - set(items):
            raise ValueError(f"{sorted(strangers)} are to be named first but are not in the table")

    @property
    def items(self) -> tuple[str, ...]:
        """Item names in table order."""
        return tuple(ladder.item for ladder in self.ladders)

    def only(self, items: frozenset[str]) -> Scale:
        """Return the same scale with fewer items, in the same order."""
        kept = tuple(ladder for ladder in self.ladders if ladder.item in items)
        return Scale(kept, self.foremost & items, self.basis)


def exceedance_factor(
    value: Fraction, ladder: Ladder, against: WaterClass = WaterClass.III
) -> Fraction | None:
    """Return by how many times a value exceeds a limit (超标倍数).

    Parameters
    ----------
    value : Fraction, scalar
        Unit of the item.
    ladder : Ladder
        Limits of the item; a lake's own total phosphorus for a lake.
    against : WaterClass
        Class whose limit counts, I to V; III unless a section has another target.

    Returns
    -------
    Fraction or None
        (value - limit) / limit, not rounded, dimensionless; zero or below when the limit is
        met. None for items that have no factor: pH and dissolved oxygen.

    Source
    ------
    环办〔2011〕22号, 二(一)3: no factor for water temperature, pH and dissolved oxygen.

    Examples
    --------
    >>> cod = AtMost("CODCr", "化学需氧量", tuple(Fraction(n) for n in (15, 15, 20, 30, 40)))
    >>> exceedance_factor(Fraction(26), cod)
    Fraction(3, 10)
    """
    if not isinstance(ladder, AtMost):
        return None
    limit = ladder.limits[against - 1]
    return (value - limit) / limit
