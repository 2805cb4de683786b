"""An index from weighted parts, its grade, and the size of a change (指数、等级、变化).

EI of 2015 and EQI of 2021 have the same shape: parts of 0 to 100 with weights that add up to one,
some of them reversed, and bounds between grades. Both are scales given to the functions here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact, round_places

__all__ = [
    "Bands",
    "Change",
    "IndexScale",
    "change_of_index",
    "grade_of_index",
    "weighted_index",
]


@dataclass(frozen=True, slots=True)
class IndexScale:
    """Weights of the parts, and which of them count reversed (指标权重).

    Parameters
    ----------
    weights : mapping of part to Fraction
        Above zero, one in all.
    reversed_from : mapping of part to Fraction
        The part counts as this number less its value: 100 for stress and load.
    greatest : Fraction or None
        Parts above it count as it; None refuses them above 100.
    basis : Basis
    """

    weights: Mapping[str, Fraction]
    reversed_from: Mapping[str, Fraction] = field(default_factory=dict)
    greatest: Fraction | None = None
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if sum(self.weights.values()) != 1 or min(self.weights.values()) <= 0:
            raise ValueError(f"weights {dict(self.weights)} do not add up to one, or one is not above zero")
        if strange := set(self.reversed_from) - set(self.weights):
            raise ValueError(f"{sorted(strange)} are reversed and have no weight")


@dataclass(frozen=True, slots=True)
class Bands:
    """Words with the least value of each (分级界限).

    Grades stand from the best down; sizes of a change from the smallest up. The lowest one begins
    at zero, and whatever lies below belongs to it, too.
    """

    bounds: Mapping[str, Fraction]
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        numbers = list(self.bounds.values())
        if sorted(set(numbers)) not in (numbers, numbers[::-1]) or min(numbers, default=None) != 0:
            raise ValueError(f"bounds that rise or fall from or to zero; found {dict(self.bounds)}")

    def word_of(self, number: Fraction) -> str:
        """Return the word of the highest bound that a number reaches."""
        reached = [(bound, word) for word, bound in self.bounds.items() if number >= bound]
        lowest = min(self.bounds, key=lambda word: self.bounds[word])
        return max(reached)[1] if reached else lowest


@dataclass(frozen=True, slots=True)
class Change:
    """How much an index changed and what that is called (变化幅度)."""

    delta: Fraction
    size: str
    basis: Basis

    @property
    def direction(self) -> str:
        """变好 or 变差; empty when nothing changed."""
        return "" if not self.delta else ("变好" if self.delta > 0 else "变差")


def weighted_index(parts: Mapping[str, Exact | Missing], scale: IndexScale) -> Fraction | Missing:
    """Return an index from its parts.

    Parameters
    ----------
    parts : mapping of part to decimal or Missing
        0 to 100 each, dimensionless.
    scale : IndexScale

    Returns
    -------
    Fraction or Missing
        0 to 100, not rounded; missing when a part is: weights are not renewed.

    Raises
    ------
    ValueError
        A part that the scale does not know, a negative one, or one above 100 where the scale
        has no greatest value.
    TypeError
        A binary float.

    Source
    ------
    HJ 192—2015, ecological index; 区域生态质量评价办法（试行）, ecological quality index.

    Examples
    --------
    >>> scale = IndexScale({"pattern": Fraction(3, 4), "stress": Fraction(1, 4)}, {"stress": Fraction(100)})
    >>> weighted_index({"pattern": 80, "stress": 20}, scale)
    Fraction(80, 1)
    >>> weighted_index({"pattern": 80}, scale)
    Missing(reason='no_stress')
    """
    if strange := set(parts) - set(scale.weights):
        raise ValueError(f"parts {sorted(strange)} have no weight; known are {sorted(scale.weights)}")
    total = Fraction(0)
    for part, weight in scale.weights.items():
        value = parts.get(part, Missing(f"no_{part}"))
        if isinstance(value, Missing):
            return value
        number = _within(part, exact(value), scale.greatest)
        total += weight * (scale.reversed_from[part] - number if part in scale.reversed_from else number)
    return total


def _within(part: str, number: Fraction, greatest: Fraction | None) -> Fraction:
    if number < 0 or (greatest is None and number > 100):
        raise ValueError(f"{part} is {number}; give 0 to 100")
    return number if greatest is None else min(number, greatest)


def grade_of_index(index: Exact, grades: Bands, places: int | None = None) -> str:
    """Return the grade of an index.

    Parameters
    ----------
    index : Decimal, Fraction, int or str, scalar
    grades : Bands
        Least index of each grade.
    places : int, optional
        Decimals it is rounded to first; not rounded when left out.

    Returns
    -------
    str
        The word of the grade; a bound belongs to the better one.

    Source
    ------
    HJ 192—2015, grades (75, 55, 35, 20); 区域生态质量评价办法（试行）, classes (70, 55, 40, 30).

    Examples
    --------
    >>> grades = Bands({"优": Fraction(75), "良": Fraction(55), "一般": Fraction(0)})
    >>> grade_of_index("74.96", grades), grade_of_index("74.96", grades, places=1)
    ('良', '优')
    """
    return grades.word_of(exact(index if places is None else round_places(index, places)))


def change_of_index(before: Exact, after: Exact, sizes: Bands) -> Change:
    """Return how much an index changed, and the size of that change.

    Parameters
    ----------
    before, after : Decimal, Fraction, int or str, scalar
        The index of two years, as published.
    sizes : Bands
        Least absolute change of each size.

    Returns
    -------
    Change
        ``delta`` is after less before; a rise is an improvement.

    Source
    ------
    HJ 192—2015, changes (1, 3, 8); 区域生态质量评价办法（试行）, changes (1, 2, 4).

    Examples
    --------
    >>> sizes = Bands({"无明显变化": Fraction(0), "略微变化": Fraction(1), "明显变化": Fraction(3)})
    >>> found = change_of_index("70.0", "69.0", sizes)
    >>> found.delta, found.size, found.direction
    (Fraction(-1, 1), '略微变化', '变差')
    """
    delta = exact(after) - exact(before)
    return Change(delta, sizes.word_of(abs(delta)), sizes.basis)
