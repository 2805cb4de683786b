"""The wording rules of promises, loaded from rules/commitments.yaml, and what a match of each means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

__all__ = ["Rule", "count_of", "rules", "strong_state"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of wording a promise."""

    id: str
    kind: str
    pattern: re.Pattern[str]
    op: str | None
    fixed: Decimal | None
    unit: str | None
    example: str
    value: Decimal | None

    def operator(self, found: re.Match[str]) -> str | None:
        """Return the sign: words behind the number decide before the verb in front of it."""
        parts = found.groupdict()
        side = parts.get("side") or ""
        if "以上" in side or parts.get("least"):
            return ">="
        if side in ("以内", "之内", "半径内"):
            return "<="
        if side.endswith("以下"):
            return "<=" if self.op == "<=" or side.startswith("及") else "<"
        return self.op

    def amounts(self, found: re.Match[str]) -> list[tuple[str | None, Decimal | None]]:
        """Return signs and numbers: one pair, or two where 分别 gives one to each of two subjects."""
        first = found.groupdict().get("first")
        last = (self.operator(found), self.amount(found))
        return [(self.op, count_of(first)), last] if first else [last]

    def amount(self, found: re.Match[str]) -> Decimal | None:
        """Return the number."""
        printed = found.groupdict().get("value")
        return self.fixed if printed is None else count_of(printed)

    def unit_of(self, found: re.Match[str]) -> str | None:
        """Return the unit, a frequency as 次/年."""
        parts = found.groupdict()
        unit = self.unit or parts.get("unit")
        return f"{unit}/{parts['span']}" if parts.get("span") else unit


_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def count_of(printed: str) -> Decimal:
    """Return a number printed in digits or in Chinese numerals up to 99.

    >>> count_of("1,449"), count_of("十一"), count_of("二十三")
    (Decimal('1449'), Decimal('11'), Decimal('23'))
    """
    if printed[0].isdigit():
        return Decimal(printed.replace(",", ""))
    if "十" in printed:
        tens, ones = printed.split("十", 1)
        return Decimal(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0))
    return Decimal(_DIGITS.get(printed, 0))


@cache
def _loaded() -> dict[str, Any]:
    text = resources.files("qingshan.reading").joinpath("rules/commitments.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order they are tried."""
    macros = _loaded()["macros"]
    made = []
    for row in _loaded()["rules"]:
        pattern = row["pattern"]
        for name, text in macros.items():
            pattern = pattern.replace("{" + name + "}", text)
        value = None if row["value"] is None else Decimal(str(row["value"]))
        fixed = Decimal(row["fixed"]) if "fixed" in row else None
        unit = row.get("unit") or row.get("as_unit")
        made.append(
            Rule(
                row["id"], row["kind"], re.compile(pattern), row.get("op"), fixed, unit, row["example"], value
            )
        )
    return tuple(made)


@cache
def strong_state() -> re.Pattern[str]:
    """Return the pattern of states that count as promised."""
    return re.compile(_loaded()["states"]["strong"])
