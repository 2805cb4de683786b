"""How much of what should have been measured was (数据有效率、捕获率)."""

from __future__ import annotations

from decimal import Decimal

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places

__all__ = ["data_capture_percent"]


def data_capture_percent(valid: int, expected: int, decimals: int = 1) -> Decimal | Missing:
    """Return the share of expected values that are there and valid (数据有效率).

    Parameters
    ----------
    valid, expected : int, scalar
        Counts; ``expected`` of the full calendar span, never of the rows that happened to arrive.
    decimals : int

    Returns
    -------
    Decimal or Missing
        Percent; missing (``nothing_expected``) when nothing was expected.

    Raises
    ------
    ValueError
        More valid values than expected (duplicates were not removed), or a negative count.

    Source
    ------
    GB 3095 and HJ 663 set least numbers; the share itself is common usage.

    Examples
    --------
    >>> data_capture_percent(8001, 8760)
    Decimal('91.3')
    """
    if not 0 <= valid <= expected:
        raise ValueError(f"{valid} valid values of {expected} expected")
    if expected == 0:
        return Missing("nothing_expected")
    return round_places(exact(100 * valid) / expected, decimals)
