"""Surface sources of drinking water: compliance and rates (集中式饮用水水源地)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import exact
from qingshan.science.water.basin import rate_percent
from qingshan.science.water.classes import WaterClass
from qingshan.science.water.section import Values, factor_text

__all__ = [
    "Compliance",
    "Intake",
    "SourceExceedance",
    "SourceLimit",
    "SourceScale",
    "amount_rate",
    "complied_all_year",
    "source_compliance",
]


@dataclass(frozen=True, slots=True)
class SourceLimit:
    """Limit of one supplementary or specific item (表2、表3), in the unit of its table."""

    item: str
    name: str
    limit: Fraction

    def __post_init__(self) -> None:
        if self.limit <= 0:
            raise ValueError(f"{self.item}: a limit of {self.limit}; give one above zero")


@dataclass(frozen=True, slots=True)
class SourceScale:
    """Limits of the supplementary and specific items, and the class the basic items must meet."""

    limits: tuple[SourceLimit, ...]
    basic_class: WaterClass
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class SourceExceedance:
    """An item above its limit, and by how many times."""

    item: str
    name: str
    factor: Fraction

    def label(self, places: int = 1) -> str:
        """Return the item's name with its factor in brackets."""
        return f"{self.name}({factor_text(self.factor, places)})"


@dataclass(frozen=True, slots=True)
class Compliance:
    """Whether a source complied, and why not.

    ``complied`` is Missing when the class of the basic items is unknown and nothing else
    was exceeded. ``aside`` names items given that have no limit here.
    """

    complied: bool | Missing
    exceedances: tuple[SourceExceedance, ...]
    basic_class: WaterClass | Missing
    missing: Mapping[str, Missing]
    aside: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Intake:
    """Water taken from a source in a period, any unit, and whether the source complied in it."""

    water: Fraction
    complied: bool


def source_compliance(basic_class: WaterClass | Missing, values: Values, scale: SourceScale) -> Compliance:
    """Return whether a surface source complies: its class, and every supplementary and specific item.

    Parameters
    ----------
    basic_class : WaterClass or Missing
        Class of the basic items (without chemical oxygen demand at a source, total nitrogen,
        coliforms and water temperature), as `section.section_class` gives it.
    values : mapping of item to Decimal, Fraction, int, str or Missing
        Supplementary and specific items, unit of their limits.
    scale : SourceScale

    Returns
    -------
    Compliance
        A limit that is met exactly is met.

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    GB 3838—2002, clause 5.3, tables 2 and 3; an exceedance by the natural background is
    still one.

    Examples
    --------
    >>> manganese = SourceLimit("Mn", "锰", Fraction(1, 10))
    >>> scale = SourceScale((manganese,), WaterClass.III)
    >>> found = source_compliance(WaterClass.II, {"Mn": "0.12"}, scale)
    >>> found.complied, found.exceedances[0].label()
    (False, '锰(0.2)')
    """
    known = {limit.item for limit in scale.limits}
    missing = {item: value for item, value in values.items() if isinstance(value, Missing)}
    exceedances = tuple(found for limit in scale.limits if (found := _exceedance(values, limit)))
    aside = tuple(item for item in values if item not in known)
    complied: bool | Missing
    if exceedances or (not isinstance(basic_class, Missing) and basic_class > scale.basic_class):
        complied = False
    else:
        complied = basic_class if isinstance(basic_class, Missing) else True
    return Compliance(complied, exceedances, basic_class, missing, aside, scale.basis)


def _exceedance(values: Values, limit: SourceLimit) -> SourceExceedance | None:
    value = values.get(limit.item)
    if value is None or isinstance(value, Missing):
        return None
    number = exact(value)
    if number <= limit.limit:
        return None
    return SourceExceedance(limit.item, limit.name, (number - limit.limit) / limit.limit)


def amount_rate(intakes: Sequence[Intake]) -> Fraction:
    """Return the compliance rate by amount of water (水量达标率).

    Parameters
    ----------
    intakes : sequence of Intake
        Sources in a month, or months of a source, all in one unit.

    Returns
    -------
    Fraction
        Percent, not rounded (one decimal is printed).

    Raises
    ------
    ValueError
        A negative amount, or no water at all.

    Source
    ------
    Definition as printed in provincial bulletins: compliant intake in total intake.

    Examples
    --------
    >>> amount_rate([Intake(Fraction(100), True), Intake(Fraction(120), False), Intake(Fraction(80), True)])
    Fraction(60, 1)
    """
    if any(intake.water < 0 for intake in intakes):
        raise ValueError("a negative amount of water")
    compliant = sum((intake.water for intake in intakes if intake.complied), Fraction(0))
    return rate_percent(compliant, sum((intake.water for intake in intakes), Fraction(0)))


def complied_all_year(months: Sequence[bool | Missing], expected: int = 12) -> bool | Missing:
    """Return whether a source complied in every month of a year.

    Parameters
    ----------
    months : sequence of bool or Missing
        Result of each month.
    expected : int
        Months that have to be there.

    Returns
    -------
    bool or Missing
        False as soon as one month did not comply; Missing when none failed but some are not there.

    Source
    ------
    National bulletin: sources are counted that met the standard all year.

    Examples
    --------
    >>> complied_all_year([True] * 12), complied_all_year([True] * 11)
    (True, Missing(reason='11_of_12_months'))
    """
    known = [month for month in months if not isinstance(month, Missing)]
    if not all(known):
        return False
    return True if len(known) >= expected else Missing(f"{len(known)}_of_{expected}_months")
