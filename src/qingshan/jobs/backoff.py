"""How long to wait before the next attempt."""

from __future__ import annotations

from datetime import timedelta

FIRST = timedelta(seconds=10)
FACTOR = 4
LONGEST = timedelta(hours=1)


def delay_after(attempts: int) -> timedelta:
    """Return the pause after so many failed attempts: 10 s, 40 s, 160 s, ... at most one hour.

    Parameters
    ----------
    attempts : int
        Attempts made so far, at least 1.

    Examples
    --------
    >>> [int(delay_after(n).total_seconds()) for n in (1, 2, 3, 6)]
    [10, 40, 160, 3600]
    """
    # The exponent is bounded first: a job that failed a thousand times must not overflow.
    factor: int = FACTOR ** min(attempts - 1, 10)
    return min(LONGEST, FIRST * factor)
