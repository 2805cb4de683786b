"""Exact rounding of decimals (数值修约), as GB/T 8170 asks.

Every function works on whole numbers inside, so no intermediate precision exists
that could shift a value across a half. Binary floats are refused: 2.675 written
as a float is already 2.67499..., and the digit that decides is lost.

A figure is rounded once, from its full value. The standard forbids rounding a
value that was rounded before (clause 3.3); callers keep the exact mean, as a
``Fraction`` where it does not end, until the last step.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

__all__ = [
    "Exact",
    "divide_half_even",
    "divide_up",
    "exact",
    "mean",
    "round_places",
    "round_significant",
    "round_step",
    "round_up_places",
]

Exact = Decimal | Fraction | int | str
"""What a decimal may be given as: never a binary float."""


def exact(value: Exact) -> Fraction:
    """Return a number without loss.

    Parameters
    ----------
    value : Decimal, Fraction, int or str
        Scalar, any unit. A text is read as a plain decimal number.

    Returns
    -------
    Fraction
        The same number, exactly.

    Raises
    ------
    TypeError
        A binary float or a truth value.
    ValueError
        A text that is no decimal number, or a value that is not finite.

    Source
    ------
    GB/T 8170—2008 speaks of decimal numbers as they are written.

    Examples
    --------
    >>> exact("0.004")
    Fraction(1, 250)
    >>> exact(2.5)
    Traceback (most recent call last):
        ...
    TypeError: 2.5 is a float; give a Decimal, a Fraction, an int or a text
    """
    if isinstance(value, str):
        try:
            value = Decimal(value.strip())
        except ArithmeticError:
            raise ValueError(f"{value!r} is not a decimal number") from None
    if isinstance(value, bool) or not isinstance(value, Decimal | Fraction | int):
        kind = type(value).__name__
        raise TypeError(f"{value!r} is a {kind}; give a Decimal, a Fraction, an int or a text")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    return Fraction(value)


def divide_half_even(numerator: int, denominator: int) -> int:
    """Return the quotient rounded to the nearest whole number, a half to the even one.

    Parameters
    ----------
    numerator, denominator : int, scalar
        Any signs; the denominator is not zero.

    Returns
    -------
    int

    Raises
    ------
    ZeroDivisionError
        The denominator is zero.

    Source
    ------
    GB/T 8170—2008, clause 3.2 (进舍规则).

    Examples
    --------
    >>> [divide_half_even(n, 2) for n in (1, 3, 5, -1, -3)]
    [0, 2, 2, 0, -2]
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return whole + (twice > denominator or (twice == denominator and whole % 2 == 1))


def divide_up(numerator: int, denominator: int) -> int:
    """Return the quotient rounded up to a whole number (进位取整).

    Parameters
    ----------
    numerator, denominator : int, scalar
        Any signs; the denominator is not zero.

    Returns
    -------
    int

    Source
    ------
    The rounding of the sub-index in HJ 633 (2012 edition, clause 6.2).

    Examples
    --------
    >>> divide_up(10, 5), divide_up(11, 5), divide_up(-11, 5)
    (2, 3, -2)
    """
    return -(-numerator // denominator)


def round_places(value: Exact, places: int) -> Decimal:
    """Return a value rounded to a number of decimals, a half to the even digit (四舍六入五成双).

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
        Full value, any unit.
    places : int
        Decimals to keep; negative rounds to tens, hundreds ...

    Returns
    -------
    Decimal
        With exactly ``places`` decimals, so that it prints as it was rounded.

    Raises
    ------
    TypeError, ValueError
        As `exact`.

    Source
    ------
    GB/T 8170—2008, clauses 3.1 to 3.3.

    Examples
    --------
    >>> [str(round_places(text, 1)) for text in ("10.502", "1.050", "0.350", "-0.25")]
    ['10.5', '1.0', '0.4', '-0.2']
    >>> str(round_places(1250, -2))
    '1.2E+3'
    """
    number = exact(value)
    steps = _scaled(number, places)
    return _decimal(divide_half_even(steps.numerator, steps.denominator), places)


def round_up_places(value: Exact, places: int = 0) -> Decimal:
    """Return a value rounded up, towards the greater number, to a number of decimals (向上进位).

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
    places : int
        Decimals to keep.

    Returns
    -------
    Decimal
        With exactly ``places`` decimals.

    Source
    ------
    The sub-index of HJ 633 is rounded this way (2012 edition, clause 6.2).

    Examples
    --------
    >>> str(round_up_places("55.0000001")), str(round_up_places("55"))
    ('56', '55')
    """
    steps = _scaled(exact(value), places)
    return _decimal(divide_up(steps.numerator, steps.denominator), places)


def round_significant(value: Exact, digits: int) -> Decimal:
    """Return a value rounded to a number of significant digits (有效数字), a half to the even digit.

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
    digits : int
        One or more.

    Returns
    -------
    Decimal
        Zero stays zero.

    Raises
    ------
    ValueError
        Fewer than one digit, or as `exact`.

    Source
    ------
    GB/T 8170—2008, clauses 3.1 and 3.2. The value that carries into a new digit keeps
    the number of digits asked for: 9.996 to three digits is 10.0.

    Examples
    --------
    >>> [str(round_significant(text, 3)) for text in ("9.996", "0.0012345", "123.5", "0")]
    ['10.0', '0.00123', '124', '0']
    """
    if digits < 1:
        raise ValueError(f"{digits} significant digits; ask for one or more")
    number = exact(value)
    if number == 0:
        return Decimal(0)
    rounded = round_places(number, digits - 1 - _magnitude(number))
    carried = digits - 1 - _magnitude(exact(rounded))
    return round_places(number, carried)


def round_step(value: Exact, step: Exact) -> Decimal:
    """Return the nearest multiple of a step (0.5 单位修约、0.2 单位修约), a half to the even multiple.

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
    step : Decimal, int or str
        Greater than zero, an ending decimal; same unit as the value.

    Returns
    -------
    Decimal
        With as many decimals as the step has.

    Raises
    ------
    ValueError
        The step is not greater than zero.

    Source
    ------
    GB/T 8170—2008, clause 3.4.

    Examples
    --------
    >>> [str(round_step(text, "0.5")) for text in ("60.25", "60.38", "60.28", "-60.75")]
    ['60.0', '60.5', '60.5', '-61.0']
    >>> [str(round_step(text, "20")) for text in ("830", "842", "832", "-930")]
    ['840', '840', '840', '-920']
    """
    size = exact(step)
    if size <= 0:
        raise ValueError(f"a step of {step}; give one greater than zero")
    steps = exact(value) / size
    multiple = divide_half_even(steps.numerator, steps.denominator) * size
    return round_places(multiple, _places_of(size))


def mean(values: Iterable[Exact]) -> Fraction:
    """Return the arithmetic mean, exactly and not rounded.

    Parameters
    ----------
    values : iterable of Decimal, Fraction, int or str
        One or more, any unit.

    Returns
    -------
    Fraction
        Exact, in the unit of the values.

    Raises
    ------
    ValueError
        There is no value.

    Source
    ------
    GB/T 8170—2008, clause 3.3: round once, at the end.

    Examples
    --------
    >>> mean(["1", "2", "2"])
    Fraction(5, 3)
    """
    numbers = [exact(value) for value in values]
    if not numbers:
        raise ValueError("the mean of no values")
    return sum(numbers, Fraction(0)) / len(numbers)


def _scaled(number: Fraction, places: int) -> Fraction:
    return number * Fraction(10) ** places


def _decimal(steps: int, places: int) -> Decimal:
    # Built from its digits: arithmetic would cut at the precision of the current context.
    sign = 1 if steps < 0 else 0
    return Decimal((sign, tuple(int(digit) for digit in str(abs(steps))), -places))


def _magnitude(number: Fraction) -> int:
    """Power of ten of the first significant digit."""
    top, bottom = abs(number.numerator), number.denominator
    power = len(str(top)) - len(str(bottom))
    return power if _scaled(Fraction(top, bottom), -power) >= 1 else power - 1


def _places_of(step: Fraction) -> int:
    places = 0
    while (step * 10**places).denominator != 1:
        places += 1
        if places > 30:
            raise ValueError(f"a step of {step} has no end as a decimal")
    return places
