"""One way to write a thing down, so that the same thing always has the same digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from qingshan.kernel.refs import Ref

__all__ = ["canonical", "instant"]


def canonical(value: Any) -> str:
    """Write JSON with sorted keys and no blanks; decimals, days, instants and refs become text.

    Raises
    ------
    TypeError
        A binary float, or anything else that has no exact written form.

    Examples
    --------
    >>> canonical({"值": Decimal("7.10"), "on": date(2026, 3, 1), "of": Ref("plans", "target", "4")})
    '{"of":"plans.target/4","on":"2026-03-01","值":"7.10"}'
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """Write an instant in UTC to the microsecond, as both databases keep it.

    Examples
    --------
    >>> instant(datetime(2026, 3, 1, 8, tzinfo=UTC))
    '2026-03-01T08:00:00.000000Z'
    """
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(found) for key, found in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(found) for found in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(found) for found in value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, Decimal | date | Ref):
        return str(value)
    raise TypeError(f"{value!r} ({type(value).__name__}) has no exact written form for the audit")
