"""Instants as a package holds them: UTC, to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["read_instant"]

_SHAPE = "%Y-%m-%dT%H:%M:%S.%fZ"


def read_instant(text: str) -> datetime:
    """Read what `canonical` writes of an instant.

    Raises
    ------
    ValueError
        It is written otherwise.

    Examples
    --------
    >>> read_instant("2026-03-01T08:00:00.000000Z")
    datetime.datetime(2026, 3, 1, 8, 0, tzinfo=datetime.timezone.utc)
    """
    found = datetime.strptime(text, _SHAPE).replace(tzinfo=UTC)
    if found.strftime(_SHAPE) != text:
        raise ValueError(text)
    return found
