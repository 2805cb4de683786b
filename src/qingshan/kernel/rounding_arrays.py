"""Exact rounding for arrays of whole numbers. Needs NumPy; `rounding` itself does not.

A column of decimals is held as whole numbers of its smallest step (``12.34`` with two
decimals is ``1234``). Rounding such a column divides whole numbers, and gives on every
element what `rounding.round_places` gives on the scalar.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["divide_half_even", "divide_up", "round_scaled", "round_scaled_significant"]

Whole = NDArray[np.int64]


def divide_half_even(numerator: NDArray[np.integer], denominator: NDArray[np.integer] | int) -> Whole:
    """Return each quotient rounded to the nearest whole number, a half to the even one.

    Parameters
    ----------
    numerator : array of integers, any shape
    denominator : array of integers of a shape that broadcasts, or int
        Greater than zero. Twice the denominator must fit 64 bits.

    Returns
    -------
    array of int64, same shape

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        A denominator below one.

    Source
    ------
    GB/T 8170—2008, clause 3.2.

    Examples
    --------
    >>> divide_half_even(np.array([1, 3, 5, -1, -3]), 2)
    array([ 0,  2,  2,  0, -2])
    """
    top, bottom = _whole(numerator), _whole(denominator)
    if np.any(bottom < 1):
        raise ValueError("a denominator below one")
    whole, rest = np.divmod(top, bottom)
    twice = 2 * rest
    up = (twice > bottom) | ((twice == bottom) & (whole % 2 == 1))
    result: Whole = whole + up
    return result


def divide_up(numerator: NDArray[np.integer], denominator: NDArray[np.integer] | int) -> Whole:
    """Return each quotient rounded up to a whole number.

    Parameters
    ----------
    numerator : array of integers, any shape
    denominator : array of integers of a shape that broadcasts, or int

    Returns
    -------
    array of int64, same shape

    Source
    ------
    As `rounding.divide_up`.

    Examples
    --------
    >>> divide_up(np.array([10, 11, -11]), 5)
    array([ 2,  3, -2])
    """
    result: Whole = -(-_whole(numerator) // _whole(denominator))
    return result


def round_scaled(values: NDArray[np.integer], places: int, keep: int) -> Whole:
    """Return scaled whole numbers rounded to fewer decimals, in the new, coarser steps.

    Parameters
    ----------
    values : array of integers, any shape
        Decimals times ``10 ** places``.
    places, keep : int
        Decimals that the values have, and decimals to keep.

    Returns
    -------
    array of int64, same shape
        The rounded decimals times ``10 ** keep``.

    Raises
    ------
    OverflowError
        Finer steps are asked for, and a value does not fit 64 bits in them.

    Source
    ------
    GB/T 8170—2008, clause 3.2 (进舍规则).

    Examples
    --------
    >>> round_scaled(np.array([125, 135, -125]), 2, 1)
    array([ 12,  14, -12])
    """
    top = _whole(values)
    if keep >= places:
        finer = 10 ** (keep - places)
        if top.size and int(np.abs(top).max()) * finer >= 2**63:
            raise OverflowError(f"a value does not fit 64 bits with {keep} decimals")
        return top * np.int64(finer)
    return divide_half_even(top, 10 ** (places - keep))


def round_scaled_significant(values: NDArray[np.integer], digits: int) -> Whole:
    """Return whole numbers rounded to a number of significant digits, in the same steps.

    Parameters
    ----------
    values : array of integers, any shape
    digits : int
        One or more.

    Returns
    -------
    array of int64, same shape

    Source
    ------
    GB/T 8170—2008, clauses 3.1 and 3.2.

    Examples
    --------
    >>> round_scaled_significant(np.array([12345, 99950, 7, -12350, 0]), 3)
    array([ 12300, 100000,      7, -12400,      0])
    """
    if digits < 1:
        raise ValueError(f"{digits} significant digits; ask for one or more")
    top = _whole(values)
    size = np.ones_like(top)
    for power in range(1, 19 - digits):  # 18 digits are the most that any step can drop in 64 bits
        size = np.where(np.abs(top) >= 10 ** (digits + power - 1), np.int64(10**power), size)
    result: Whole = divide_half_even(top, size) * size
    return result


def _whole(values: NDArray[np.integer] | int) -> Whole:
    array = np.asarray(values)
    if not np.issubdtype(array.dtype, np.integer):
        raise TypeError(f"an array of {array.dtype}; give whole numbers of the smallest step")
    return array.astype(np.int64, copy=False)
