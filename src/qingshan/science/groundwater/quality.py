"""Class of groundwater by single item and overall (地下水单指标评价与综合评价)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.class_ladder import ClassLadder
from qingshan.science.water.readings import Reading

__all__ = [
    "CLASSES",
    "GroundwaterClass",
    "GroundwaterScale",
    "GroundwaterVerdict",
    "ItemVerdict",
    "groundwater_class",
    "item_class",
    "presence",
]


class GroundwaterClass(IntEnum):
    """Class of groundwater (地下水质量类别), best first; a greater number is worse.

    Radioactivity above the limit of class III is written alike for IV and V, so it can only
    be told to be one of both; it stands between them, and a V beside it still decides.
    """

    I = 1  # noqa: E741 - the standard's own name of the class
    II = 2
    III = 3
    IV = 4
    IV_OR_V = 5
    V = 6

    @property
    def label(self) -> str:
        """As written in reports."""
        return "IV或V" if self is GroundwaterClass.IV_OR_V else self.name


CLASSES = (
    GroundwaterClass.I,
    GroundwaterClass.II,
    GroundwaterClass.III,
    GroundwaterClass.IV,
    GroundwaterClass.V,
)
"""The classes that limits lead to, in order."""

Value = Reading | Exact | Missing


@dataclass(frozen=True, slots=True)
class GroundwaterScale:
    """The items that are judged, in the order of the standard's tables.

    Parameters
    ----------
    ladders : tuple of ClassLadder
        Each item once; classes are numbers of `GroundwaterClass`.
    best_limits : mapping of item to Fraction
        Limit of class I, which a detection limit must not exceed; items without one have none.
    detection_excludes_best : frozenset of str
        Items of which class I asks that nothing be detected.
    basis : Basis
        Edition and clauses that every result repeats.

    Raises
    ------
    ValueError
        An item occurs twice.
    """

    ladders: tuple[ClassLadder, ...]
    best_limits: Mapping[str, Fraction] = field(default_factory=dict)
    detection_excludes_best: frozenset[str] = frozenset()
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        items = self.items
        if len(set(items)) != len(items):
            raise ValueError(f"an item occurs twice in {items}")

    @property
    def items(self) -> tuple[str, ...]:
        """Item names in table order."""
        return tuple(ladder.item for ladder in self.ladders)


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """Class of one item (单指标评价).

    ``is_decided`` is false for a non-detect whose detection limit exceeds class I: the item is then
    not worse than ``water_class``, and takes no part in the overall class.
    """

    water_class: GroundwaterClass
    is_decided: bool = True


@dataclass(frozen=True, slots=True)
class GroundwaterVerdict:
    """Overall class and how it came about (综合评价).

    ``water_class`` is Missing when no judged item has a value. ``aside`` names items that were given
    but stand in neither table; ``undecided`` those left out for their detection limit, with the class
    they are not worse than.
    """

    water_class: GroundwaterClass | Missing
    item_classes: Mapping[str, GroundwaterClass]
    undecided: Mapping[str, GroundwaterClass]
    missing: Mapping[str, Missing]
    aside: tuple[str, ...]
    basis: Basis

    @property
    def worst_items(self) -> tuple[str, ...]:
        """Items of the worst class, in table order: the standard asks to name them."""
        return tuple(item for item, found in self.item_classes.items() if found == self.water_class)

    def items_beyond(self, target: GroundwaterClass) -> tuple[str, ...]:
        """Items worse than a target class, in table order."""
        return tuple(item for item, found in self.item_classes.items() if found > target)


def presence(word: str) -> Fraction:
    """Return 0 for 无 and 1 for 有, as smell and visible matter are reported.

    Parameters
    ----------
    word : str
        ``无`` or ``有``.

    Returns
    -------
    Fraction

    Raises
    ------
    ValueError
        Another word: strengths of smell are not the standard's.

    Source
    ------
    GB/T 14848—2017, table 1, items 2 and 4.

    Examples
    --------
    >>> presence("无"), presence("有")
    (Fraction(0, 1), Fraction(1, 1))
    """
    known = {"无": Fraction(0), "有": Fraction(1)}
    if word.strip() not in known:
        raise ValueError(f"{word!r} is neither 无 nor 有")
    return known[word.strip()]


def item_class(value: Reading | Exact, ladder: ClassLadder, scale: GroundwaterScale) -> ItemVerdict:
    """Return the class of one item.

    Parameters
    ----------
    value : Reading, Decimal, Fraction, int or str, scalar
        Unit of the item's limit. A reading below its detection limit keeps that limit.
    ladder : ClassLadder
    scale : GroundwaterScale

    Returns
    -------
    ItemVerdict

    Raises
    ------
    TypeError
        A binary float.

    Notes
    -----
    The standard says nothing of non-detects. By usual practice one counts as class I when its
    detection limit meets class I; otherwise only "not worse than" can be said.

    Source
    ------
    GB/T 14848—2017, clause 6.2 (equal limits in two classes: the better one).

    Examples
    --------
    >>> from qingshan.science.class_ladder import at_most
    >>> from qingshan.science.water.readings import read_value
    >>> arsenic = at_most("As", "砷", [Fraction(n, 1000) for n in (1, 1, 10, 50)], CLASSES)
    >>> scale = GroundwaterScale((arsenic,), {"As": Fraction(1, 1000)})
    >>> item_class("0.012", arsenic, scale).water_class.label
    'IV'
    >>> item_class(read_value("0.004L"), arsenic, scale)
    ItemVerdict(water_class=<GroundwaterClass.III: 3>, is_decided=False)
    """
    if isinstance(value, Reading) and value.below:
        if ladder.item in scale.detection_excludes_best:
            return ItemVerdict(GroundwaterClass(ladder.best))
        limit = scale.best_limits.get(ladder.item)
        not_worse_than = GroundwaterClass(ladder.class_of(value.value))
        return ItemVerdict(not_worse_than, is_decided=limit is None or value.value <= limit)
    number = value.value if isinstance(value, Reading) else exact(value)
    return ItemVerdict(GroundwaterClass(ladder.class_of(number)))


def groundwater_class(values: Mapping[str, Value], scale: GroundwaterScale) -> GroundwaterVerdict:
    """Return the overall class of a sample: the worst class among its items.

    Parameters
    ----------
    values : mapping of item to Reading, Decimal, Fraction, int, str or Missing
        One value an item, in the unit of its limit.
    scale : GroundwaterScale
        Items and limits of the edition in force.

    Returns
    -------
    GroundwaterVerdict
        Overall class, class of each item, undecided and missing items, items set aside.

    Raises
    ------
    TypeError
        A binary float.

    Notes
    -----
    The class is that of the items there are; the missing ones are named, never assumed.

    Source
    ------
    GB/T 14848—2017, clauses 6.2 and 6.3.

    Examples
    --------
    >>> from qingshan.science.class_ladder import at_most
    >>> hardness = at_most("总硬度", "总硬度", [Fraction(n) for n in (150, 300, 450, 650)], CLASSES)
    >>> found = groundwater_class({"总硬度": "286", "pH": "7.4"}, GroundwaterScale((hardness,)))
    >>> found.water_class.label, found.worst_items, found.aside
    ('II', ('总硬度',), ('pH',))
    """
    classes: dict[str, GroundwaterClass] = {}
    undecided: dict[str, GroundwaterClass] = {}
    missing: dict[str, Missing] = {}
    for ladder in scale.ladders:
        value = values.get(ladder.item)
        if value is None:
            continue
        if isinstance(value, Missing):
            missing[ladder.item] = value
            continue
        found = item_class(value, ladder, scale)
        (classes if found.is_decided else undecided)[ladder.item] = found.water_class
    worst = max(classes.values(), default=Missing("no_judged_item_has_a_value"), key=int)
    aside = tuple(item for item in values if item not in scale.items)
    return GroundwaterVerdict(worst, classes, undecided, missing, aside, scale.basis)
