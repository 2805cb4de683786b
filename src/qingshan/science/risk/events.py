"""Grade of a sudden environmental event from what it did (突发环境事件分级)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["EventGrade", "EventRule", "EventVerdict", "event_grade"]


class EventGrade(IntEnum):
    """Grade of an event (突发环境事件等级), the gravest first."""

    I = 1  # noqa: E741 - the standard's own name
    II = 2
    III = 3
    IV = 4

    @property
    def label(self) -> str:
        """The word of the plan."""
        return ("特别重大", "重大", "较大", "一般")[self - 1]


@dataclass(frozen=True, slots=True)
class EventRule:
    """What makes a grade (分级标准).

    Parameters
    ----------
    numbers : mapping of what is counted to three Fractions
        Least number of grades I, II and III, falling; a number equal to one reaches it.
    facts : mapping of kind to mapping of word to EventGrade
        Water source cut, impact across borders, harm to ecology, radiation.
    basis : Basis
    """

    numbers: Mapping[str, tuple[Fraction, Fraction, Fraction]]
    facts: Mapping[str, Mapping[str, EventGrade]]
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        for what, bounds in self.numbers.items():
            if len(bounds) != 3 or list(bounds) != sorted(set(bounds), reverse=True) or bounds[-1] <= 0:
                raise ValueError(f"{what}: three falling numbers above zero are needed; found {bounds}")


@dataclass(frozen=True, slots=True)
class EventVerdict:
    """Grade of an event and why.

    ``deciding`` names what reached the grade. ``unknown`` names what was not known yet: the grade is
    the least that it can be, and may rise.
    """

    grade: EventGrade
    deciding: tuple[str, ...]
    unknown: tuple[str, ...]
    basis: Basis


def event_grade(
    counts: Mapping[str, Exact | Missing], facts: Mapping[str, str], rule: EventRule
) -> EventVerdict:
    """Return the grade of an event.

    Parameters
    ----------
    counts : mapping of what is counted to decimal or Missing
        Deaths, persons poisoned or badly hurt, persons evacuated, direct loss in yuan.
    facts : mapping of kind to word
        Such as ``water_source_cut`` to ``county_city``.
    rule : EventRule

    Returns
    -------
    EventVerdict
        The gravest grade that any single criterion reaches; the lowest when none does.

    Raises
    ------
    ValueError
        A number below zero, or a kind or word that the rule does not know.
    TypeError
        A binary float.

    Source
    ------
    国家突发环境事件应急预案 (国办函〔2014〕119号), annex 1: "at least" includes the number; any one
    criterion suffices.

    Examples
    --------
    >>> rule = EventRule({"deaths": (Fraction(30), Fraction(10), Fraction(3))}, {})
    >>> [event_grade({"deaths": deaths}, {}, rule).grade.label for deaths in (30, 29, 3, 2)]
    ['特别重大', '重大', '较大', '一般']
    """
    reached: dict[str, EventGrade] = {}
    unknown = []
    for what, count in counts.items():
        if what not in rule.numbers:
            raise ValueError(f"{what!r} is not counted; known are {sorted(rule.numbers)}")
        if isinstance(count, Missing):
            unknown.append(what)
            continue
        number = exact(count)
        if number < 0:
            raise ValueError(f"{what} is {count}; give zero or more")
        reached[what] = EventGrade(1 + sum(number < bound for bound in rule.numbers[what]))
    for kind, word in facts.items():
        words = rule.facts.get(kind, {})
        if word not in words:
            raise ValueError(f"{kind} {word!r} is not in the rule; known are {sorted(words or rule.facts)}")
        reached[kind] = words[word]
    grade = min(reached.values(), default=EventGrade.IV)
    deciding = tuple(what for what, found in reached.items() if found == grade)
    return EventVerdict(grade, deciding, tuple(unknown), rule.basis)
