"""Saturation of dissolved oxygen (溶解氧饱和率)."""

from __future__ import annotations

from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = ["oxygen_saturation_percent"]

_NUMERATOR = Fraction(468)
_OFFSET = Fraction("31.6")


def oxygen_saturation_percent(oxygen: Exact, water_temperature: Exact) -> Fraction:
    """Return the saturation of dissolved oxygen in fresh water.

    Parameters
    ----------
    oxygen : Decimal, Fraction, int or str, scalar
        Dissolved oxygen, mg/L.
    water_temperature : Decimal, Fraction, int or str, scalar
        °C, 0 to 40.

    Returns
    -------
    Fraction
        Percent of 468 / (31.6 + temperature), not rounded.

    Raises
    ------
    ValueError
        A negative concentration, or a temperature outside 0 to 40 °C.

    Notes
    -----
    Class I asks for a saturation of 90 % or 7.5 mg/L. GB 3838 gives no formula for the
    saturation, so no verdict uses this one unless a profile asks for it, and then says
    that it rests on an unverified value.

    Source
    ------
    GB 3838—2002, table 1, item 3; formula in the style of HJ 2.3—2018, annex D.

    Examples
    --------
    >>> oxygen_saturation_percent("9", "20.4")
    Fraction(100, 1)
    """
    amount, temperature = exact(oxygen), exact(water_temperature)
    if amount < 0 or not 0 <= temperature <= 40:
        raise ValueError(f"{oxygen} mg/L at {water_temperature} °C lies outside the formula")
    return amount * (_OFFSET + temperature) / _NUMERATOR * 100
