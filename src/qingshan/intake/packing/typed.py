"""What a printed value means to the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from qingshan.plans.public import Operator, Typed, ValueKind, pack_shapes, typed_from
from qingshan.reading import public as reading

__all__ = ["commitment_typed", "due_on", "printed", "typed_of"]

_GONE = re.compile(r"(全面|基本)?消除.{0,6}")
_KEPT = re.compile(r"不(降低|下降|减少|退化|恶化)|保持不变")
_SIGNED = re.compile(
    r"[≥≧≤≦<>=＜＞＝]|不低于|不少于|不小于|不高于|不大于|不超过|大于|小于|超过|低于|控制在|以上|以下|以内"
)
#: Who hands a value down where the text leaves it at 上级下达.
_ABOVE = "上级"


def printed(part: Mapping[str, Any] | None, unit: str, *, target: bool) -> pack_shapes.Printed | None:
    """Return a printed value with its meaning; a meaning that a reviewer gave is taken as it is."""
    if not part:
        return None
    given = part.get("typed")
    typed = typed_from(given) if given else typed_of(part["raw"], unit, target=target)
    return pack_shapes.Printed(part.get("year"), part["raw"], typed, note=part.get("note") or "")


def typed_of(raw: str, unit: str, *, target: bool = True) -> Typed:
    """Return what a cell means.

    Examples
    --------
    >>> typed_of("≥92.5", "%") == Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.5"), "%")
    True
    >>> typed_of("45.1", "%").implied, typed_of("45.1", "%", target=False).implied
    (True, False)
    >>> typed_of("控制在清远市下达的指标内", "万吨").authority, typed_of("/", "%").kind.value
    ('清远市', 'no_data')
    """
    meant = reading.meaning(raw, unit or None)
    if _GONE.fullmatch(raw.strip()):
        return Typed(ValueKind.ELIMINATE, text=raw)
    if meant.kind == "number" and meant.value is not None:
        bare = target and not _SIGNED.search(raw)
        return Typed(
            ValueKind.NUMBER, Operator(meant.operator or "="), meant.value, meant.unit or unit, implied=bare
        )
    if meant.kind == "assigned_by":
        return _assigned(meant)
    if meant.kind == "no_data":
        return Typed(ValueKind.NO_DATA, raw=raw)
    if meant.kind == "all_of":
        parts = tuple(typed_of(part, unit) for part in re.split(r"[，,]?[且并]|，", raw) if part.strip())
        return (
            Typed(ValueKind.ALL_OF, parts=parts) if len(parts) > 1 else Typed(ValueKind.QUALITATIVE, text=raw)
        )
    if _KEPT.search(raw):
        return Typed(ValueKind.KEEP_NOT_WORSE)
    return Typed(ValueKind.RELATIVE if meant.kind == "relative" else ValueKind.QUALITATIVE, text=raw)


def _assigned(meant: reading.Meaning) -> Typed:
    operator = None if meant.operator is None else Operator(meant.operator)
    return Typed(ValueKind.ASSIGNED, operator, authority=meant.authority or _ABOVE)


def commitment_typed(facts: Mapping[str, Any]) -> Typed:
    """Return what a commitment demands: a number, a value handed down, or a state in words."""
    if facts["kind"] == "assigned":
        operator = Operator(facts["operator"]) if facts["operator"] else None
        return Typed(ValueKind.ASSIGNED, operator, authority=facts["authority"] or _ABOVE)
    if facts["value"] is not None:
        operator = Operator(facts["operator"] or "=")
        return Typed(ValueKind.NUMBER, operator, Decimal(facts["value"]), facts["unit"])
    return Typed(ValueKind.QUALITATIVE, text=facts["wording"] or facts["metric"])


def due_on(deadline: str) -> date | None:
    """Return the last day that a deadline allows; a year allows its last day, 规划期 names none."""
    if not deadline or not deadline[:1].isdigit():
        return None
    return date.fromisoformat(deadline if "-" in deadline else f"{deadline}-12-31")
