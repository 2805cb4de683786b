"""Farmland: values by pH and land, class of a sample, share safely used (农用地)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.soil.screening import Pair, RiskLevel, risk_level

__all__ = [
    "Contents",
    "FarmlandClass",
    "FarmlandItem",
    "FarmlandScale",
    "FarmlandVerdict",
    "Land",
    "ph_band",
    "safe_use_rate",
    "screen_farmland",
]

Contents = Mapping[str, Exact | Missing]
"""Item to content in mg/kg; a missing one says why."""


class Land(StrEnum):
    """Use of farmland, as far as it changes a value (农用地类型)."""

    PADDY = "paddy"
    OTHER = "other"
    ORCHARD = "orchard"
    ROTATION = "rotation"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"paddy": "水田", "other": "其他", "orchard": "果园", "rotation": "水旱轮作"}[self.value]


class FarmlandClass(IntEnum):
    """Class of farmland for management (农用地土壤环境质量类别), the best first."""

    PRIORITY = 1
    SAFE_USE = 2
    STRICT_CONTROL = 3

    @property
    def label(self) -> str:
        """The word of the guide."""
        return ("优先保护类", "安全利用类", "严格管控类")[self - 1]


Four = tuple[Fraction, Fraction, Fraction, Fraction]
"""One value a pH band."""


@dataclass(frozen=True, slots=True)
class FarmlandItem:
    """One item: screening values by land and pH band, and intervention values where there are any.

    A land without a row of its own takes the row of `Land.OTHER`; rotation takes the lower of
    paddy and other.
    """

    item: str
    screening: Mapping[Land, Four]
    intervention: Four | None = None

    def __post_init__(self) -> None:
        if Land.OTHER not in self.screening or Land.ROTATION in self.screening:
            raise ValueError(f"{self.item}: a row for other land is needed, and none for rotation")
        for land in Land:
            for band in (1, 2, 3, 4):
                self.pair(land, band)  # refuses values out of order

    def pair(self, land: Land, band: int) -> Pair:
        """Return the two values for a land and a pH band."""
        other = self.screening[Land.OTHER][band - 1]
        if land is Land.ROTATION:
            screening = min(self.screening.get(Land.PADDY, (other,) * 4)[band - 1], other)
        else:
            screening = self.screening.get(land, self.screening[Land.OTHER])[band - 1]
        return Pair(screening, None if self.intervention is None else self.intervention[band - 1])


@dataclass(frozen=True, slots=True)
class FarmlandScale:
    """Items, pH bands and the items that decide the class (评价尺度).

    Parameters
    ----------
    items : tuple of FarmlandItem
    ph_bounds : tuple of three Fractions
        Upper bounds of the first three bands; a bound belongs to the band below it.
    class_items : frozenset of str
        Items that decide the class; each has intervention values.
    basis : Basis
    """

    items: tuple[FarmlandItem, ...]
    ph_bounds: tuple[Fraction, Fraction, Fraction]
    class_items: frozenset[str]
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        names = [item.item for item in self.items]
        if len(set(names)) != len(names):
            raise ValueError(f"an item occurs twice in {names}")
        if strange := self.class_items - set(names):
            raise ValueError(f"{sorted(strange)} decide the class and have no values")
        if list(self.ph_bounds) != sorted(set(self.ph_bounds)) or len(self.ph_bounds) != 3:
            raise ValueError(f"three rising bounds of pH are needed; found {self.ph_bounds}")


@dataclass(frozen=True, slots=True)
class FarmlandVerdict:
    """Class of a sample, and where each item stands.

    ``farmland_class`` is Missing when pH or every deciding item is. ``all_items_class`` counts
    the items outside the list of deciding ones, too: where it differs, the list decided.
    """

    farmland_class: FarmlandClass | Missing
    all_items_class: FarmlandClass | Missing
    levels: Mapping[str, RiskLevel]
    pairs: Mapping[str, Pair]
    missing: Mapping[str, Missing]
    aside: tuple[str, ...]
    basis: Basis

    @property
    def above(self) -> tuple[str, ...]:
        """Items above their screening value, in the order of the scale."""
        return tuple(item for item, level in self.levels.items() if level > RiskLevel.NOT_ABOVE_SCREENING)

    @property
    def list_decides(self) -> bool:
        """Whether the class would be another one if every item took part."""
        return self.farmland_class != self.all_items_class


def ph_band(acidity: Exact, bounds: tuple[Fraction, Fraction, Fraction]) -> int:
    """Return the band of pH that a sample belongs to (pH 分段).

    Parameters
    ----------
    acidity : Decimal, Fraction, int or str, scalar
        pH, 0 to 14.
    bounds : tuple of three Fractions
        Upper bounds of the first three bands.

    Returns
    -------
    int
        1 to 4; a bound belongs to the band below it.

    Raises
    ------
    ValueError
        Outside 0 to 14.

    Source
    ------
    GB 15618—2018, table 1: up to 5.5, to 6.5, to 7.5, above.

    Examples
    --------
    >>> bounds = (Fraction("5.5"), Fraction("6.5"), Fraction("7.5"))
    >>> [ph_band(acidity, bounds) for acidity in ("5.5", "5.51", "7.5", "8")]
    [1, 2, 3, 4]
    """
    number = exact(acidity)
    if not 0 <= number <= 14:
        raise ValueError(f"pH {acidity} is outside 0 to 14")
    return 1 + sum(number > bound for bound in bounds)


def screen_farmland(
    contents: Contents, acidity: Exact | Missing, land: Land, scale: FarmlandScale
) -> FarmlandVerdict:
    """Return the class of a sample of farmland and where each item stands.

    Parameters
    ----------
    contents : mapping of item to decimal or Missing
        mg/kg, total contents.
    acidity : decimal or Missing
        pH of the sample.
    land : Land
    scale : FarmlandScale

    Returns
    -------
    FarmlandVerdict
        The class is that of the worst deciding item.

    Raises
    ------
    TypeError
        A binary float.
    ValueError
        A pH outside 0 to 14.

    Notes
    -----
    The guide adjusts the class by what was found in crops; that part is not confirmed and not computed.

    Source
    ------
    GB 15618—2018, tables 1 to 3; 农用地土壤环境质量类别划分技术指南, first division by soil.

    Examples
    --------
    >>> paddy, other = (tuple(Fraction(n, 10) for n in row) for row in ((3, 4, 6, 8), (3, 3, 3, 6)))
    >>> cadmium = FarmlandItem("Cd", {Land.PADDY: paddy, Land.OTHER: other},
    ...                        tuple(Fraction(n, 2) for n in (3, 4, 6, 8)))
    >>> bounds = (Fraction("5.5"), Fraction("6.5"), Fraction("7.5"))
    >>> scale = FarmlandScale((cadmium,), bounds, frozenset({"Cd"}))
    >>> screen_farmland({"Cd": "0.35"}, "5.6", Land.PADDY, scale).farmland_class.label
    '优先保护类'
    >>> screen_farmland({"Cd": "0.35"}, "5.6", Land.OTHER, scale).farmland_class.label
    '安全利用类'
    """
    aside = tuple(item for item in contents if item not in {one.item for one in scale.items})
    if isinstance(acidity, Missing):
        lacking = Missing("no_pH")
        return FarmlandVerdict(lacking, lacking, {}, {}, {}, aside, scale.basis)
    band = ph_band(acidity, scale.ph_bounds)
    levels: dict[str, RiskLevel] = {}
    pairs: dict[str, Pair] = {}
    missing: dict[str, Missing] = {}
    for one in scale.items:
        content = contents.get(one.item)
        if isinstance(content, Missing):
            missing[one.item] = content
        elif content is not None:
            pairs[one.item] = one.pair(land, band)
            levels[one.item] = risk_level(content, pairs[one.item])
    deciding = {item: level for item, level in levels.items() if item in scale.class_items}
    found, everything = _class(deciding), _class(levels if deciding else {})
    return FarmlandVerdict(found, everything, levels, pairs, missing, aside, scale.basis)


def _class(levels: Mapping[str, RiskLevel]) -> FarmlandClass | Missing:
    return FarmlandClass(max(levels.values())) if levels else Missing("no_deciding_item_has_a_value")


def safe_use_rate(
    protected: Exact, safely_used: Exact, strictly_controlled: Exact, polluted: Exact
) -> Fraction:
    """Return the share of polluted farmland with the measures of its class (受污染耕地安全利用率).

    Parameters
    ----------
    protected : decimal
        Area slightly polluted where measures of priority protection were taken; any one unit.
    safely_used : decimal
        Area lightly to moderately polluted, used safely or remediated, whose produce met its standard.
    strictly_controlled : decimal
        Area heavily polluted under strict control: other crops, forest, fallow.
    polluted : decimal
        Area of all three together, above zero.

    Returns
    -------
    Fraction
        Percent, not rounded.

    Raises
    ------
    ValueError
        Nothing polluted, a negative area, or more with measures than there is.

    Notes
    -----
    The parts are those of a public transcription of the method; its formula was a picture. That
    the three parts are added and divided by the whole follows from what the letters are said to mean.

    Source
    ------
    受污染耕地安全利用率核算方法（试行）, 1.1.

    Examples
    --------
    >>> safe_use_rate(100, 700, 130, 1000)
    Fraction(93, 1)
    """
    parts, whole = [exact(area) for area in (protected, safely_used, strictly_controlled)], exact(polluted)
    if min(parts) < 0 or whole <= 0 or sum(parts) > whole:
        raise ValueError(f"{[str(part) for part in parts]} of {polluted}; areas that do not fit")
    return 100 * sum(parts, Fraction(0)) / whole
