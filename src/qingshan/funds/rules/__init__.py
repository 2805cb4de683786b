"""Thresholds and names as data: read once, checked when read."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language

from qingshan.funds.vocabulary import Rule, SourceLevel

__all__ = ["BadRules", "Rules", "fund_name", "level_of", "read_rules", "rules"]

#: The language of the house, in which everything is said.
_FIRST = "zh-hans"
_HERE = Path(__file__).parent
#: What each rule must say besides what is to be done.
_ASKED: Mapping[Rule, str] = {
    Rule.PAID_AHEAD: "points",
    Rule.IDLE: "months",
    Rule.LATE: "by",
    Rule.BID_DEADLINE: "days",
}


class BadRules(ValueError):
    """The file of rules lacks something or holds what it may not."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of the warnings.

    ``points``: percentage points; ``months``, ``days``: whole; ``by``: month and day of a year.
    """

    points: int
    months: int
    days: int
    by: tuple[int, int]
    words: Mapping[Rule, Mapping[str, str]]

    def advice(self, rule: Rule) -> str:
        """Return what is to be done, in the language that is spoken; Chinese where another is not written."""
        said = self.words[rule]
        return said.get(get_language() or _FIRST, said[_FIRST])

    def due_in(self, year: int) -> date:
        """Return the day by which the money planned for a year shall be there."""
        return date(year, *self.by)


def read_rules(data: Mapping[str, Any]) -> Rules:
    """Return the rules that a file says.

    Raises
    ------
    BadRules
        A rule is missing or not known, has no advice, or its threshold is no whole number or day.
    """
    if set(data) != set(Rule.values):
        raise BadRules(f"rules missing or unknown: {sorted(set(data) ^ set(Rule.values))}")
    for name, said in data.items():
        wanted = {"do", *([_ASKED[Rule(name)]] if Rule(name) in _ASKED else [])}
        if set(said) != wanted:
            raise BadRules(f"{name} says {sorted(said)}, and should say {sorted(wanted)}")
        if not all(str(said["do"].get(language, "")).strip() for language, _name in settings.LANGUAGES):
            raise BadRules(f"{name} does not say in every language what is to be done")
    return Rules(
        points=_whole(data[Rule.PAID_AHEAD]["points"]),
        months=_whole(data[Rule.IDLE]["months"]),
        days=_whole(data[Rule.BID_DEADLINE]["days"]),
        by=_day(data[Rule.LATE]["by"]),
        words={Rule(name): dict(said["do"]) for name, said in data.items()},
    )


def _whole(found: Any) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise BadRules(f"{found!r} is no whole number of at least zero")
    return found


def _day(found: Any) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2024-{found}")
    except ValueError:
        raise BadRules(f"{found!r} is no month-day") from None
    if (day.month, day.day) == (2, 29):
        raise BadRules("29 February is not in every year")
    return day.month, day.day


@functools.cache
def rules() -> Rules:
    """Return the rules that hold."""
    return read_rules(yaml.safe_load((_HERE / "warnings.yaml").read_text("utf-8")))


@functools.cache
def _sources() -> Mapping[SourceLevel, tuple[str, tuple[str, ...]]]:
    found = yaml.safe_load((_HERE / "sources.yaml").read_text("utf-8"))
    return {SourceLevel(key): (said["name"], tuple(said["words"])) for key, said in found.items()}


def level_of(funds: str) -> SourceLevel:
    """Return whose money a printed name means.

    Examples
    --------
    >>> level_of("中央水污染防治资金"), level_of("企业自筹"), level_of("彩票公益金")
    (SourceLevel.CENTRAL, SourceLevel.OWN, SourceLevel.OTHER)
    """
    for level, (_name, words) in _sources().items():
        if any(word in funds for word in words):
            return level
    return SourceLevel.OTHER


def fund_name(level: SourceLevel) -> str:
    """Return what this room calls money of a level: 省级财政."""
    return _sources()[level][0]
