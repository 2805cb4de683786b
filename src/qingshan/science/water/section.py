"""Class of one section by single factor, and its main pollutants (断面水质类别、主要污染指标)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact, round_places
from qingshan.science.water.classes import Grade, WaterClass, grade_of
from qingshan.science.water.ladders import Scale, exceedance_factor

__all__ = [
    "MainPollutant",
    "SectionClass",
    "Values",
    "factor_text",
    "main_pollutants",
    "section_class",
]

Values = Mapping[str, Exact | Missing]
"""Item to value, in the unit of its limits; a missing value says why."""


@dataclass(frozen=True, slots=True)
class SectionClass:
    """Class of a section and how it came about.

    ``water_class`` is Missing when no judged item has a value. ``aside`` names the items
    that were given but take no part (water temperature, total nitrogen, coliforms ...).
    """

    water_class: WaterClass | Missing
    item_classes: Mapping[str, WaterClass]
    missing: Mapping[str, Missing]
    aside: tuple[str, ...]
    basis: Basis

    @property
    def grade(self) -> Grade | Missing:
        """Grade in words, or why there is none."""
        return self.water_class if isinstance(self.water_class, Missing) else grade_of(self.water_class)

    @property
    def deciding(self) -> tuple[str, ...]:
        """Items of the worst class, in table order."""
        return tuple(item for item, found in self.item_classes.items() if found == self.water_class)


@dataclass(frozen=True, slots=True)
class MainPollutant:
    """One main pollutant (主要污染指标): item, its class, and its factor where it has one."""

    item: str
    name: str
    water_class: WaterClass
    factor: Fraction | None

    def label(self, places: int = 1) -> str:
        """Return the item's name with its factor in brackets, as in 高锰酸盐指数(1.2)."""
        return self.name if self.factor is None else f"{self.name}({factor_text(self.factor, places)})"


def section_class(values: Values, scale: Scale) -> SectionClass:
    """Return the class of a section: the worst class among its items.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int, str or Missing
        One value an item, in the unit of its limit; non-detects already as an amount.
    scale : Scale
        Items and limits of the edition in force, for a river or for a lake.

    Returns
    -------
    SectionClass
        Class and grade, class of each item, items without a value, items set aside.

    Raises
    ------
    TypeError
        A binary float: it could decide a class by an error of its last digit.

    Notes
    -----
    Values are compared as they are, not rounded first. Rounding to the digits of the
    report before comparing is seen in one implementation only; whoever wants it rounds
    before the call.

    Source
    ------
    GB 3838—2002, clause 5.1 and table 1; 环办〔2011〕22号, 二(一)1.

    Examples
    --------
    >>> from qingshan.science.water.ladders import AtMost, Within
    >>> nh3 = AtMost("NH3N", "氨氮", tuple(Fraction(n, 100) for n in (15, 50, 100, 150, 200)))
    >>> scale = Scale((Within("pH", "pH值", Fraction(6), Fraction(9)), nh3))
    >>> found = section_class({"pH": "7.8", "NH3N": "1.2", "TN": "3.2"}, scale)
    >>> found.water_class.label, found.grade.label, found.aside
    ('IV', '轻度污染', ('TN',))
    """
    classes: dict[str, WaterClass] = {}
    missing: dict[str, Missing] = {}
    for ladder in scale.ladders:
        value = values.get(ladder.item)
        if isinstance(value, Missing):
            missing[ladder.item] = value
        elif value is not None:
            classes[ladder.item] = ladder.class_of(exact(value))
    worst = max(classes.values(), default=Missing("no_judged_item_has_a_value"), key=int)
    aside = tuple(item for item in values if item not in scale.items)
    return SectionClass(worst, classes, missing, aside, scale.basis)


def main_pollutants(values: Values, scale: Scale, take: int = 3) -> tuple[MainPollutant, ...]:
    """Return the main pollutants of a section, the most important first.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int, str or Missing
        As for `section_class`.
    scale : Scale
        As for `section_class`; says which items are named first.
    take : int
        How many at most.

    Returns
    -------
    tuple of MainPollutant
        Empty when the section is class III or better.

    Raises
    ------
    TypeError
        A binary float.

    Notes
    -----
    The method is silent on three points. Items of one class without a factor (pH,
    dissolved oxygen) follow those with one; an equal factor keeps the order of the
    table; the metals named first are the set the scale gives. Factors are compared
    unrounded.

    Source
    ------
    环办〔2011〕22号, 二(一)3.

    Examples
    --------
    >>> from qingshan.science.water.ladders import AtMost
    >>> cod = AtMost("CODMn", "高锰酸盐指数", tuple(Fraction(n) for n in (2, 4, 6, 10, 15)))
    >>> nh3 = AtMost("NH3N", "氨氮", tuple(Fraction(n, 100) for n in (15, 50, 100, 150, 200)))
    >>> found = main_pollutants({"CODMn": "13.3", "NH3N": "1.77"}, Scale((cod, nh3)))
    >>> [pollutant.label() for pollutant in found]
    ['高锰酸盐指数(1.2)', '氨氮(0.8)']
    """
    found = []
    for ladder in scale.ladders:
        value = values.get(ladder.item)
        if value is None or isinstance(value, Missing):
            continue
        number = exact(value)
        water_class = ladder.class_of(number)
        if water_class > WaterClass.III:
            factor = exceedance_factor(number, ladder)
            found.append(MainPollutant(ladder.item, ladder.name, water_class, factor))
    found.sort(key=lambda pollutant: _importance(pollutant, scale.foremost))
    return tuple(found[:take])


def _importance(pollutant: MainPollutant, foremost: frozenset[str]) -> tuple[bool, int, Fraction]:
    # Every factor here is above zero, so zero puts an item without one behind them.
    factor = Fraction(0) if pollutant.factor is None else pollutant.factor
    return (pollutant.item not in foremost, -pollutant.water_class, -factor)


def factor_text(factor: Fraction, places: int = 1) -> str:
    """Return an exceedance factor as printed, never as zero.

    Parameters
    ----------
    factor : Fraction, scalar
        Above zero.
    places : int
        Decimals; one in the method's own illustration.

    Returns
    -------
    str
        More decimals are printed while the rounded factor would read as zero.

    Source
    ------
    环办〔2011〕22号, 二(一)3 (one decimal); rounding by GB/T 8170—2008. More decimals for
    a factor near zero are our choice.

    Examples
    --------
    >>> factor_text(Fraction(5, 4)), factor_text(Fraction(1, 20)), factor_text(Fraction(1, 500))
    ('1.2', '0.05', '0.002')
    """
    while True:
        text = round_places(factor, places)
        if text or not factor:
            return str(text)
        places += 1
