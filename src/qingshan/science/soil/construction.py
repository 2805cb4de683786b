"""Construction land: 45 basic and 40 other items, two classes of land (建设用地)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.soil.screening import Pair, RiskLevel, risk_level, worst_level

__all__ = ["ConstructionScale", "ConstructionVerdict", "screen_construction_land"]


@dataclass(frozen=True, slots=True)
class ConstructionScale:
    """Values of every item for one class of land (评价尺度).

    ``background_items`` may exceed their screening value as far as the local background does.
    """

    pairs: Mapping[str, Pair]
    background_items: frozenset[str] = frozenset()
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class ConstructionVerdict:
    """Where a sample and each of its items stand.

    ``within_background`` names items above the screening value that the local background explains;
    they do not count as above.
    """

    level: RiskLevel | Missing
    levels: Mapping[str, RiskLevel]
    within_background: tuple[str, ...]
    missing: Mapping[str, Missing]
    aside: tuple[str, ...]
    basis: Basis

    @property
    def above(self) -> tuple[str, ...]:
        """Items above their screening value, in the order of the tables."""
        return tuple(item for item, level in self.levels.items() if level > RiskLevel.NOT_ABOVE_SCREENING)


def screen_construction_land(
    contents: Mapping[str, Exact | Missing],
    scale: ConstructionScale,
    background: Mapping[str, Exact] | None = None,
) -> ConstructionVerdict:
    """Return where a sample of construction land stands.

    Parameters
    ----------
    contents : mapping of item to decimal or Missing
        mg/kg.
    scale : ConstructionScale
        For land of class 1 or 2; unknown use is class 1.
    background : mapping of item to decimal, optional
        Local background of arsenic, cobalt and vanadium, mg/kg.

    Returns
    -------
    ConstructionVerdict

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    GB 36600—2018, tables 1 and 2 with their notes; judgement, 5.3.2 to 5.3.5.

    Examples
    --------
    >>> from fractions import Fraction
    >>> scale = ConstructionScale({"砷": Pair(Fraction(20), Fraction(120))}, frozenset({"砷"}))
    >>> screen_construction_land({"砷": 21}, scale).level.label
    '超筛选值'
    >>> screen_construction_land({"砷": 21}, scale, {"砷": 25}).within_background
    ('砷',)
    """
    known = {item: exact(value) for item, value in (background or {}).items()}
    levels: dict[str, RiskLevel] = {}
    missing: dict[str, Missing] = {}
    explained = []
    for item, pair in scale.pairs.items():
        content = contents.get(item)
        if isinstance(content, Missing):
            missing[item] = content
        elif content is not None:
            levels[item] = risk_level(content, pair)
            allowed = known.get(item) if item in scale.background_items else None
            if levels[item] > RiskLevel.NOT_ABOVE_SCREENING and allowed and exact(content) <= allowed:
                levels[item] = RiskLevel.NOT_ABOVE_SCREENING
                explained.append(item)
    worst = worst_level(levels.values())
    aside = tuple(item for item in contents if item not in scale.pairs)
    found = Missing("no_item_has_a_value") if worst is None else worst
    return ConstructionVerdict(found, levels, tuple(explained), missing, aside, scale.basis)
