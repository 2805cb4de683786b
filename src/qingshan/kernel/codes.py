"""Codes that national standards fix: administrative divisions."""

from __future__ import annotations

__all__ = ["BadCode", "division_level", "division_parent"]

#: Digits of a division code that are in use at each level (province, city, county, township, village).
_LEVELS = (2, 4, 6, 9, 12)


class BadCode(ValueError):
    """The text is not a code of its kind."""


def division_level(code: str) -> int:
    """Return the level of an administrative division code (行政区划代码), 1 province to 5 village.

    Parameters
    ----------
    code : str
        6 digits (GB/T 2260), or 9 or 12 digits (statistical division codes).

    Raises
    ------
    BadCode
        Not 6, 9 or 12 digits, or no province in its first two.

    Source
    ------
    GB/T 2260-2007, clause 3 (six digits, two a level); the nine- and twelve-digit
    extensions of the statistical division codes for townships and villages.

    Examples
    --------
    >>> [division_level(code) for code in ("440000", "440700", "440781", "440781100", "440781100001")]
    [1, 2, 3, 4, 5]
    """
    if not code.isdecimal() or not code.isascii() or len(code) not in (6, 9, 12) or code.startswith("00"):
        raise BadCode(f"{code!r} is not a division code; it has 6, 9 or 12 digits and begins with a province")
    used = len(code.rstrip("0"))
    if len(code) > 6:
        return 5 if len(code) == 12 and code[9:] != "000" else 4
    return next(level for level, digits in enumerate(_LEVELS, start=1) if digits >= used)


def division_parent(code: str) -> str | None:
    """Return the code of the division that this one belongs to; None for a province.

    Examples
    --------
    >>> division_parent("440781100001"), division_parent("440781100"), division_parent("440781")
    ('440781100', '440781', '440700')
    >>> division_parent("440700"), division_parent("440000")
    ('440000', None)
    """
    level = division_level(code)
    if level == 1:
        return None
    kept = code[: _LEVELS[level - 2]]
    return kept if level >= 4 else kept.ljust(6, "0")
