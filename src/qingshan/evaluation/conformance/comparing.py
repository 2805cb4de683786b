"""Compares what should come out with what came out. Numbers exactly, unless a key has a tolerance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.kernel.basis import Missing

__all__ = ["differences"]


def differences(
    expected: Mapping[str, Any],
    computed: Mapping[str, Any],
    tolerance: Mapping[str, Decimal],
    unordered: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Return a line for every key that was computed and differs.

    Keys that were not computed are not looked at; the runner decides about them.

    Examples
    --------
    >>> from decimal import Decimal
    >>> differences({"AQI": 101, "category": "良"}, {"AQI": 100, "category": "良"}, {})
    ('AQI: expected 101, computed 100',)
    >>> differences({"index": Decimal("2.61")}, {"index": Decimal("2.60")}, {"index": Decimal("0.02")})
    ()
    """
    lines = []
    for key in expected:
        if key not in computed:
            continue
        one, two = ((_sorted(side[key]) if key in unordered else side[key]) for side in (expected, computed))
        if not _same(one, two, tolerance.get(key, Decimal(0))):
            lines.append(f"{key}: expected {_shown(expected[key])}, computed {_shown(computed[key])}")
    return tuple(lines)


def _same(expected: Any, computed: Any, tolerance: Decimal) -> bool:
    if isinstance(computed, Missing):  # what stays missing is printed as nothing
        return expected is None
    if isinstance(expected, Mapping) and isinstance(computed, Mapping):
        known = {str(key): value for key, value in computed.items()}
        return all(str(k) in known and _same(v, known[str(k)], tolerance) for k, v in expected.items())
    if _is_list(expected) and _is_list(computed):
        return len(expected) == len(computed) and all(
            _same(a, b, tolerance) for a, b in zip(expected, computed, strict=True)
        )
    one, two = _number(expected), _number(computed)
    if one is not None and two is not None:
        return abs(one - two) <= Fraction(tolerance)
    # No equality across kinds: True is not 1, and a missing value is not a text.
    return type(expected) is type(computed) and bool(expected == computed)


def _sorted(value: Any) -> Any:
    return sorted(value, key=str) if _is_list(value) else value


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return Fraction(value)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items()) + "}"
    if _is_list(value):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    return str(value)
