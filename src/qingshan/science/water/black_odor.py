"""Black-odorous water: points, stretches and whole waters in towns, and rural waters (黑臭水体)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from itertools import groupby

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.class_ladder import ClassLadder

__all__ = [
    "BlackOdor",
    "HeavyRule",
    "RuralVerdict",
    "SampleVerdict",
    "ShallowRule",
    "Transparency",
    "body_grade",
    "heavy_stretches",
    "point_grade",
    "rural_verdict",
    "sample_grade",
    "transparency_grade",
]


class BlackOdor(IntEnum):
    """Grade of black-odorous water, best first."""

    NONE = 1
    LIGHT = 2
    HEAVY = 3

    @property
    def label(self) -> str:
        """The word of the guide."""
        return ("不黑臭", "轻度黑臭", "重度黑臭")[self - 1]


@dataclass(frozen=True, slots=True)
class ShallowRule:
    """What transparency is compared with in shallow water.

    Parameters
    ----------
    depth_cm : Fraction
        Water shallower than this is shallow.
    share : Fraction
        Part of the depth that replaces the usual limit.
    """

    depth_cm: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Transparency:
    """Grade of transparency, and the line in centimetres it was held against."""

    grade: BlackOdor
    line_cm: Fraction
    is_shallow: bool


def transparency_grade(
    transparency_cm: Exact,
    ladder: ClassLadder,
    shallow: ShallowRule,
    *,
    depth_cm: Exact | None = None,
    sees_bottom: bool = False,
) -> Transparency:
    """Return the grade of transparency, in shallow water by the depth.

    Parameters
    ----------
    transparency_cm : Decimal, Fraction, int or str, scalar
        Secchi depth, cm.
    ladder : ClassLadder
        Limits of light and heavy for water that is deep enough.
    shallow : ShallowRule
    depth_cm : Decimal, Fraction, int or str, optional
        Depth of the water; deep enough when not given.
    sees_bottom : bool
        The bottom is clearly seen: the water is clear, whatever was measured.

    Returns
    -------
    Transparency

    Raises
    ------
    ValueError
        A negative transparency or depth, or water clearer than it is deep.

    Notes
    -----
    The guide says that the limit of shallow water is a part of its depth, and not whether that
    replaces the line of light or of heavy. A value below it is graded light: that it is
    black-odorous is certain, how much is not.

    Source
    ------
    城市黑臭水体整治工作指南 (2015), note to the table of grades.

    Examples
    --------
    >>> from qingshan.science.class_ladder import at_least
    >>> ladder = at_least("SD", "透明度", [Fraction(25), Fraction(10)], tuple(BlackOdor))
    >>> rule = ShallowRule(Fraction(25), Fraction(2, 5))
    >>> found = transparency_grade(7, ladder, rule, depth_cm=20)
    >>> found.grade.label, found.line_cm
    ('轻度黑臭', Fraction(8, 1))
    """
    seen = exact(transparency_cm)
    depth = None if depth_cm is None else exact(depth_cm)
    if seen < 0 or (depth is not None and (depth < 0 or seen > depth)):
        raise ValueError(f"a transparency of {transparency_cm} cm in {depth_cm} cm of water cannot be")
    is_shallow = depth is not None and depth < shallow.depth_cm
    line = depth * shallow.share if depth is not None and is_shallow else ladder.falls[0].limit
    if sees_bottom:
        return Transparency(BlackOdor.NONE, line, is_shallow)
    if is_shallow:
        return Transparency(BlackOdor.LIGHT if seen < line else BlackOdor.NONE, line, is_shallow)
    return Transparency(BlackOdor(ladder.class_of(seen)), line, is_shallow)


@dataclass(frozen=True, slots=True)
class SampleVerdict:
    """Grade of one sample: of each item, and the worst of them."""

    grade: BlackOdor | Missing
    items: Mapping[str, BlackOdor]
    missing: Mapping[str, Missing]


def sample_grade(
    values: Mapping[str, Exact | Missing | BlackOdor], ladders: Sequence[ClassLadder]
) -> SampleVerdict:
    """Return the grade of one sample by its worst item.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int, str, Missing or BlackOdor
        Transparency in cm (or its grade, where depth decided it), oxygen and ammonia nitrogen in
        mg/L, redox potential in mV.
    ladders : sequence of ClassLadder
        Limits of the edition in force; leave redox potential out where it is not measured.

    Returns
    -------
    SampleVerdict
        Missing where no item has a value.

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    城市黑臭水体整治工作指南 (2015), table of grades.

    Examples
    --------
    >>> from qingshan.science.class_ladder import at_least
    >>> ladder = at_least("DO", "溶解氧", [Fraction(2), Fraction(1, 5)], tuple(BlackOdor))
    >>> sample_grade({"DO": "1.2"}, (ladder,)).grade.label
    '轻度黑臭'
    """
    items: dict[str, BlackOdor] = {}
    missing: dict[str, Missing] = {}
    for ladder in ladders:
        value = values.get(ladder.item)
        if isinstance(value, Missing):
            missing[ladder.item] = value
        elif isinstance(value, BlackOdor):
            items[ladder.item] = value
        elif value is not None:
            items[ladder.item] = BlackOdor(ladder.class_of(value))
    worst = max(items.values(), default=Missing("no_judged_item_has_a_value"), key=int)
    return SampleVerdict(worst, items, missing)


@dataclass(frozen=True, slots=True)
class HeavyRule:
    """When a point, a stretch and a whole water are heavy.

    Parameters
    ----------
    one_item, several_items : Fraction
        Percent of its heavy results that one item, or each of several items, must exceed.
    several : int
        How many items the lower share needs.
    consecutive_points : int
        Heavy points in a row that make the stretch between them heavy.
    whole_water : Fraction
        Percent of heavy points that makes the whole water heavy.
    equal_counts : bool
        Whether exactly the share is enough: the guide's wording leaves it open.
    basis : Basis
    """

    one_item: Fraction
    several_items: Fraction
    several: int
    consecutive_points: int
    whole_water: Fraction
    equal_counts: bool = False
    basis: Basis = field(default_factory=Basis)

    def exceeds(self, part: int, whole: int, percent: Fraction) -> bool:
        """Whether a part of a whole exceeds a share."""
        share = Fraction(part * 100, whole)
        return share >= percent if self.equal_counts else share > percent


def point_grade(
    results: int | Mapping[str, int], heavy_counts: Mapping[str, int], rule: HeavyRule
) -> BlackOdor:
    """Return the grade of a point of a water that is already known to be black-odorous.

    Parameters
    ----------
    results : int or mapping of item to int
        Results of each item at the point, at least one; a mapping where items differ.
    heavy_counts : mapping of item to int
        How many of them are heavy.
    rule : HeavyRule

    Returns
    -------
    BlackOdor
        Heavy or light.

    Raises
    ------
    ValueError
        No results, or more heavy ones than results.

    Source
    ------
    城市黑臭水体整治工作指南 (2015), rules for points.

    Examples
    --------
    >>> rule = HeavyRule(Fraction(60), Fraction(30), 2, 3, Fraction(60))
    >>> point_grade(10, {"SD": 4, "DO": 4, "ORP": 1, "NH3N": 0}, rule).label
    '重度黑臭'
    """
    wholes = {item: results if isinstance(results, int) else results[item] for item in heavy_counts}
    if any(not 0 <= count <= wholes[item] or wholes[item] < 1 for item, count in heavy_counts.items()):
        raise ValueError(f"{dict(heavy_counts)} heavy results among {results}")
    shares = [(count, wholes[item]) for item, count in heavy_counts.items()]
    often = any(rule.exceeds(count, whole, rule.one_item) for count, whole in shares)
    several = sum(rule.exceeds(count, whole, rule.several_items) for count, whole in shares) >= rule.several
    return BlackOdor.HEAVY if often or several else BlackOdor.LIGHT


def heavy_stretches(points: Sequence[BlackOdor | Missing], rule: HeavyRule) -> tuple[tuple[int, int], ...]:
    """Return the heavy stretches of a water, as first and last point.

    Parameters
    ----------
    points : sequence of BlackOdor or Missing
        Grades of the points in the order of the flow; a missing one ends a stretch.
    rule : HeavyRule

    Returns
    -------
    tuple of pairs of int
        Places in the sequence, counted from 0, both ends included.

    Source
    ------
    城市黑臭水体整治工作指南 (2015), rule for stretches.

    Examples
    --------
    >>> rule = HeavyRule(Fraction(60), Fraction(30), 2, 3, Fraction(60))
    >>> heavy_stretches([BlackOdor.LIGHT, *[BlackOdor.HEAVY] * 3, BlackOdor.LIGHT], rule)
    ((1, 3),)
    """
    stretches, start = [], 0
    for is_heavy, run in groupby(points, key=lambda point: point is BlackOdor.HEAVY):
        length = len(list(run))
        if is_heavy and length >= rule.consecutive_points:
            stretches.append((start, start + length - 1))
        start += length
    return tuple(stretches)


def body_grade(points: int, heavy_points: int, rule: HeavyRule) -> BlackOdor:
    """Return the grade of a whole water that is already known to be black-odorous.

    Parameters
    ----------
    points, heavy_points : int
        Points with a grade, at least one, and the heavy ones among them.
    rule : HeavyRule

    Returns
    -------
    BlackOdor
        Heavy or light.

    Raises
    ------
    ValueError
        No points, or more heavy ones than points.

    Source
    ------
    城市黑臭水体整治工作指南 (2015), rule for the whole water.

    Examples
    --------
    >>> rule = HeavyRule(Fraction(60), Fraction(30), 2, 3, Fraction(60))
    >>> body_grade(5, 4, rule).label, body_grade(5, 3, rule).label
    ('重度黑臭', '轻度黑臭')
    """
    if points < 1 or not 0 <= heavy_points <= points:
        raise ValueError(f"{heavy_points} heavy points among {points}")
    return BlackOdor.HEAVY if rule.exceeds(heavy_points, points, rule.whole_water) else BlackOdor.LIGHT


@dataclass(frozen=True, slots=True)
class RuralVerdict:
    """Whether a rural water is black-odorous, and by which items."""

    is_black: bool | Missing
    beyond: tuple[str, ...]
    missing: Mapping[str, Missing]


def rural_verdict(values: Mapping[str, Exact | Missing], ladders: Sequence[ClassLadder]) -> RuralVerdict:
    """Return whether a rural water is black-odorous: any one item beyond its line is enough.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int, str or Missing
        Transparency in cm, oxygen and ammonia nitrogen in mg/L.
    ladders : sequence of ClassLadder
        One line an item: class 1 is not black-odorous, class 2 is.

    Returns
    -------
    RuralVerdict
        Missing where no item has a value, and also where nothing is beyond its line while an
        item is missing: that one might be.

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    农村黑臭水体治理工作指南 (修订).

    Examples
    --------
    >>> from qingshan.science.class_ladder import at_least
    >>> ladder = at_least("DO", "溶解氧", [Fraction(2)], (1, 2))
    >>> rural_verdict({"DO": "1.8"}, (ladder,)).is_black
    True
    """
    beyond, missing = [], {}
    for ladder in ladders:
        value = values.get(ladder.item, Missing("not_given"))
        if isinstance(value, Missing):
            missing[ladder.item] = value
        elif ladder.class_of(value) > ladder.best:
            beyond.append(ladder.item)
    if beyond:
        return RuralVerdict(True, tuple(beyond), missing)
    return RuralVerdict(Missing("an_item_is_missing") if missing else False, (), missing)
