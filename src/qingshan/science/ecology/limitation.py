"""What environmental events do to the ecological index (环境限制指数)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = ["Limitation", "limited_index", "strictest"]


class Limitation(StrEnum):
    """How an event limits the index, the milder first."""

    ONE_GRADE_DOWN = "one_grade_down"
    NOT_GOOD_AND_DOWN = "not_good_and_down"


def strictest(limitations: Iterable[Limitation]) -> Limitation | None:
    """Return the strictest of several limitations.

    Parameters
    ----------
    limitations : iterable of Limitation
        One an event.

    Returns
    -------
    Limitation or None
        None where nothing limits. Several events do not add up: the text is silent, and this is
        the reading that one implementation has.

    Source
    ------
    HJ 192—2015, limiting index.

    Examples
    --------
    >>> strictest([Limitation.ONE_GRADE_DOWN, Limitation.NOT_GOOD_AND_DOWN]).value
    'not_good_and_down'
    """
    found = set(limitations)
    return next((one for one in reversed(Limitation) if one in found), None)


def limited_index(index: Exact, grade: str, caps: Mapping[str, Exact]) -> Fraction:
    """Return an index after its limitation.

    Parameters
    ----------
    index : Decimal, Fraction, int or str, scalar
        As reported, before the limitation.
    grade : str
        Its grade.
    caps : mapping of grade to decimal
        What is left at most of an index of each grade, for one limitation.

    Returns
    -------
    Fraction
        The smaller of index and cap; the index itself where its grade has no cap.

    Source
    ------
    HJ 192—2015, limiting index (one grade down: 74.9, 54.9, 34.9, 19.9).

    Examples
    --------
    >>> limited_index("78.0", "优", {"优": "74.9", "良": "54.9"})
    Fraction(749, 10)
    """
    number = exact(index)
    return min(number, exact(caps[grade])) if grade in caps else number
