"""Trophic level index of lakes and reservoirs (综合营养状态指数, TLI).

The index holds natural logarithms, so it has no exact value. It is computed with thirty
digits and judged on those: no binary float takes part in a grade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "TrophicGrade",
    "TrophicItem",
    "TrophicScale",
    "TrophicState",
    "sub_index",
    "trophic_grade",
    "trophic_level_index",
    "trophic_state",
]

_DIGITS, _KEPT = 40, 30


class TrophicGrade(IntEnum):
    """Trophic grade (营养状态), poorest in nutrients first."""

    OLIGOTROPHIC = 1
    MESOTROPHIC = 2
    LIGHT_EUTROPHIC = 3
    MIDDLE_EUTROPHIC = 4
    HYPER_EUTROPHIC = 5

    @property
    def label(self) -> str:
        """The word of the evaluation method."""
        return ("贫营养", "中营养", "轻度富营养", "中度富营养", "重度富营养")[self - 1]


@dataclass(frozen=True, slots=True)
class TrophicItem:
    """One item: sub-index 10 × (a + b × ln value), and r², its squared correlation with chlorophyll a."""

    item: str
    a: Fraction
    b: Fraction
    r_squared: Fraction


@dataclass(frozen=True, slots=True)
class TrophicScale:
    """Items, and the bounds between the five grades.

    An index below the first bound is oligotrophic; an index equal to one of the other
    bounds still belongs to the grade below it.
    """

    items: tuple[TrophicItem, ...]
    bounds: tuple[Fraction, Fraction, Fraction, Fraction]
    reference: str = "Chla"
    basis: Basis = field(default_factory=Basis)

    def item(self, name: str) -> TrophicItem:
        """Return one item by its name.

        Raises
        ------
        KeyError
            The item takes no part in the index.
        """
        for found in self.items:
            if found.item == name:
                return found
        raise KeyError(f"{name} takes no part in the trophic level index")


@dataclass(frozen=True, slots=True)
class TrophicState:
    """Index and grade of a lake.

    ``left_out`` names the items without a value: the weights of the others were raised to
    make one. ``without_reference`` is true when chlorophyll a, against which all items are
    weighted, is among them; such an index is an estimate.
    """

    index: Fraction
    grade: TrophicGrade
    sub_indices: Mapping[str, Fraction]
    left_out: tuple[str, ...]
    without_reference: bool
    basis: Basis


def sub_index(value: Exact, item: TrophicItem) -> Fraction:
    """Return the trophic sub-index of one item.

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
        Above zero. Chlorophyll a in mg/m³, transparency in m, others in mg/L; total
        phosphorus too is in mg/L, not in µg/L.
    item : TrophicItem

    Returns
    -------
    Fraction
        Dimensionless, thirty decimals; below zero for very clear water.

    Raises
    ------
    ValueError
        The value is not above zero.

    Source
    ------
    总站生字〔2001〕090号, formulas of the five items; 环办〔2011〕22号, 二(三)2.

    Examples
    --------
    >>> chlorophyll = TrophicItem("Chla", Fraction("2.5"), Fraction("1.086"), Fraction(1))
    >>> float(round(sub_index("4.5", chlorophyll), 3))
    41.334
    """
    number = exact(value)
    if number <= 0:
        raise ValueError(f"{item.item}: {value} has no logarithm; give a value above zero")
    with localcontext() as context:
        context.prec = _DIGITS
        logarithm = (Decimal(number.numerator) / Decimal(number.denominator)).ln()
        index = 10 * (_decimal(item.a) + _decimal(item.b) * logarithm)
        return Fraction(index.quantize(Decimal(1).scaleb(-_KEPT)))


def trophic_level_index(sub_indices: Mapping[str, Exact], scale: TrophicScale) -> Fraction:
    """Return the index: the sub-indices weighted by r².

    Parameters
    ----------
    sub_indices : mapping of item to Decimal, Fraction, int or str
        At least one item of the scale.
    scale : TrophicScale

    Returns
    -------
    Fraction
        Not rounded. The weights add up to one over the items given.

    Raises
    ------
    ValueError
        No item.
    KeyError
        An item that takes no part.

    Source
    ------
    总站生字〔2001〕090号, weights; fewer items are silent there: the weights are renewed
    over those present, which reproduces a published series of ten years to 0.001.

    Examples
    --------
    >>> scale = TrophicScale(
    ...     (TrophicItem("Chla", Fraction("2.5"), Fraction("1.086"), Fraction(1)),
    ...      TrophicItem("TP", Fraction("9.436"), Fraction("1.624"), Fraction("0.7056"))),
    ...     (Fraction(30), Fraction(50), Fraction(60), Fraction(70)))
    >>> float(round(trophic_level_index({"Chla": "50", "TP": "60"}, scale), 3))
    54.137
    """
    if not sub_indices:
        raise ValueError("a trophic level index of no items")
    weights = {item: scale.item(item).r_squared for item in sub_indices}
    total = sum(weights.values(), Fraction(0))
    return sum((exact(sub) * weights[item] for item, sub in sub_indices.items()), Fraction(0)) / total


def trophic_grade(index: Exact, bounds: Sequence[Fraction]) -> TrophicGrade:
    """Return the grade of a trophic level index.

    Parameters
    ----------
    index : Decimal, Fraction, int or str, scalar
    bounds : sequence of four Fractions
        30, 50, 60 and 70 in the method.

    Returns
    -------
    TrophicGrade

    Source
    ------
    环办〔2011〕22号, 二(三)2: below 30; 30 to 50 with both ends; above 50 to 60; above 60 to
    70; above 70.

    Examples
    --------
    >>> bounds = [Fraction(n) for n in (30, 50, 60, 70)]
    >>> [trophic_grade(index, bounds).label for index in ("29.9", "30", "50", "50.1", "70", "70.2")]
    ['贫营养', '中营养', '中营养', '轻度富营养', '中度富营养', '重度富营养']
    """
    number = exact(index)
    return TrophicGrade(1 + (number >= bounds[0]) + sum(number > bound for bound in bounds[1:]))


def trophic_state(values: Mapping[str, Exact], scale: TrophicScale) -> TrophicState:
    """Return the index and the grade of a lake from its concentrations.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int or str
        Items of the scale in the units of `sub_index`; at least one.
    scale : TrophicScale

    Returns
    -------
    TrophicState

    Raises
    ------
    ValueError
        No item, or a value that is not above zero.
    KeyError
        An item that takes no part.

    Source
    ------
    环办〔2011〕22号, 二(三)2.

    Examples
    --------
    >>> chlorophyll = TrophicItem("Chla", Fraction("2.5"), Fraction("1.086"), Fraction(1))
    >>> scale = TrophicScale((chlorophyll,), (Fraction(30), Fraction(50), Fraction(60), Fraction(70)))
    >>> trophic_state({"Chla": "10"}, scale).grade.label
    '轻度富营养'
    """
    subs = {item: sub_index(value, scale.item(item)) for item, value in values.items()}
    index = trophic_level_index(subs, scale)
    left_out = tuple(item.item for item in scale.items if item.item not in subs)
    lacking = scale.reference in left_out
    return TrophicState(index, trophic_grade(index, scale.bounds), subs, left_out, lacking, scale.basis)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
