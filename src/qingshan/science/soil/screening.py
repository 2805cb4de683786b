"""Compares a content with its screening and its intervention value (筛选值、管制值)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = ["Pair", "RiskLevel", "risk_level", "worst_level"]


class RiskLevel(IntEnum):
    """Where a content stands (土壤污染风险), the lowest risk first."""

    NOT_ABOVE_SCREENING = 1
    ABOVE_SCREENING = 2
    ABOVE_INTERVENTION = 3

    @property
    def label(self) -> str:
        """The words of a report."""
        return ("不超筛选值", "超筛选值", "超管制值")[self - 1]


@dataclass(frozen=True, slots=True)
class Pair:
    """Screening and intervention value of one item, mg/kg; no intervention value where there is none.

    Raises
    ------
    ValueError
        A value that is not above zero, or a screening value above the intervention value.
    """

    screening: Fraction
    intervention: Fraction | None = None

    def __post_init__(self) -> None:
        if self.screening <= 0 or (self.intervention is not None and self.intervention < self.screening):
            raise ValueError(f"screening {self.screening} above intervention {self.intervention}, or zero")


def risk_level(content: Exact, pair: Pair) -> RiskLevel:
    """Return where a content stands against its two values.

    Parameters
    ----------
    content : Decimal, Fraction, int or str, scalar
        mg/kg.
    pair : Pair
        For the item, the land and the pH.

    Returns
    -------
    RiskLevel
        A content equal to a value does not exceed it.

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    GB 15618—2018 and GB 36600—2018 (clauses 5.3.2 to 5.3.5).

    Examples
    --------
    >>> lead = Pair(Fraction(400), Fraction(800))
    >>> [risk_level(content, lead).label for content in (400, "400.1", 801)]
    ['不超筛选值', '超筛选值', '超管制值']
    """
    number = exact(content)
    over = pair.intervention is not None and number > pair.intervention
    return RiskLevel(1 + (number > pair.screening) + over)


def worst_level(levels: Iterable[RiskLevel]) -> RiskLevel | None:
    """Return the highest risk among items.

    Parameters
    ----------
    levels : iterable of RiskLevel

    Returns
    -------
    RiskLevel or None
        None of no items.

    Source
    ------
    The worst single item decides (农用地土壤环境质量类别划分; GB 36600—2018, 5.3).

    Examples
    --------
    >>> worst_level([RiskLevel.ABOVE_SCREENING, RiskLevel.NOT_ABOVE_SCREENING]).label
    '超筛选值'
    """
    return max(levels, default=None)
