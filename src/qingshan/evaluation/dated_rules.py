"""Editions by the part they play in one evaluation, on the day of the data or told by name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar, cast

from qingshan.standards.public import (
    BeforeFirstEdition,
    Edition,
    NoEditionInForce,
    Rulebook,
    rules_named,
    rules_on,
)

__all__ = ["DatedRules", "RulesOfDays"]

T = TypeVar("T")


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
    _memory: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if strange := set(self.named) - set(self.STANDARDS):
            raise ValueError(f"{sorted(strange)} play no part here; known are {sorted(self.STANDARDS)}")

    def rulebook(self, part: str) -> Rulebook:
        """Return the edition that plays a part."""
        return self.remembered(("rulebook", part), lambda: self._rulebook(part))

    def signature(self) -> tuple[str, ...]:
        """The edition of each part, empty where none holds: days with the same ones are judged alike."""
        names = []
        for part in self.STANDARDS:
            try:
                names.append(self.rulebook(part).name)
            except (BeforeFirstEdition, NoEditionInForce):
                names.append("")
        return tuple(names)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it: a set of rules never changes."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    def _rulebook(self, part: str) -> Rulebook:
        if part in self.named or self.on is None:
            return rules_named(self.named.get(part, self.SHIPPED[part]), self.editions)
        return rules_on(self.STANDARDS[part], self.on, self.editions)


R = TypeVar("R", bound=DatedRules)


@dataclass(slots=True)
class RulesOfDays(Generic[R]):
    """One set of rules for all days that the same editions judge: tables span many days, few editions."""

    make: Callable[[date], R]
    _by_day: dict[date, R] = field(default_factory=dict)
    _by_editions: dict[tuple[str, ...], R] = field(default_factory=dict)

    def on(self, day: date) -> R:
        """Return the rules of a day."""
        if day not in self._by_day:
            rules = self.make(day)
            self._by_day[day] = self._by_editions.setdefault(rules.signature(), rules)
        return self._by_day[day]
