"""Editions by the part they play in one evaluation, on the day of the data or told by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from qingshan.standards.public import Edition, Rulebook, rules_named, rules_on

__all__ = ["DatedRules"]


@dataclass(frozen=True)
class DatedRules:
    """What every set of rules shares: where its editions come from, and whether doubt is allowed.

    A standard is looked up when it is asked for: data older than one of them can still be judged
    by the others.

    Parameters
    ----------
    on : date or None
        Day of the data; None for worked examples, which carry none and take the shipped editions.
    named : mapping
        Editions told by name, by the part they play; they go before the day.
    editions : tuple of Edition or None
        Other editions than those shipped.
    allow_unverified : bool
        Whether verdicts may rest on values that nobody has confirmed. They then say so.

    Raises
    ------
    ValueError
        A name for a part that there is not.
    BeforeFirstEdition, NoEditionInForce, UnknownStandard
        On use, as the door of `standards` says.
    UnverifiedValue
        On use, when a verdict would rest on such a value and it is not allowed.
    """

    STANDARDS: ClassVar[Mapping[str, str]] = {}
    """The part each standard plays."""
    SHIPPED: ClassVar[Mapping[str, str]] = {}
    """The edition of each part that judges worked examples."""

    on: date | None
    named: Mapping[str, str] = field(default_factory=dict)
    editions: tuple[Edition, ...] | None = None
    allow_unverified: bool = False

    def __post_init__(self) -> None:
        if strange := set(self.named) - set(self.STANDARDS):
            raise ValueError(f"{sorted(strange)} play no part here; known are {sorted(self.STANDARDS)}")

    def rulebook(self, part: str) -> Rulebook:
        """Return the edition that plays a part."""
        if part in self.named or self.on is None:
            return rules_named(self.named.get(part, self.SHIPPED[part]), self.editions)
        return rules_on(self.STANDARDS[part], self.on, self.editions)
