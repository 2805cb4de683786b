"""The sub-index of one pollutant (空气质量分指数, IAQI).

Concentrations are whole numbers of the reporting step (1 µg/m³; 0.1 mg/m³ for CO), so the
interpolation is exact and the rounding upwards never adds one to a value that was whole.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, divide_up, round_places

__all__ = ["NegativeConcentration", "Scale", "reporting_steps", "sub_index"]


class NegativeConcentration(ValueError):
    """A concentration below zero: an instrument or transfer fault, never a clean hour."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Concentration limits of one pollutant and averaging time, and the sub-index at each (分级表).

    Parameters
    ----------
    limits : tuple of int
        Rising, from 0, in reporting steps.
    rungs : tuple of int
        Sub-index at each limit, as many as there are limits.
    decimals : int
        Decimals of the reporting step: 0, or 1 for CO in mg/m³.
    above : int or None
        Sub-index of any concentration above the last limit; None where the edition computes
        none there and has another averaging time reported.
    """

    limits: tuple[int, ...]
    rungs: tuple[int, ...]
    decimals: int
    above: int | None

    def __post_init__(self) -> None:
        if len(self.limits) != len(self.rungs) or len(self.limits) < 2:
            raise ValueError(
                f"{len(self.limits)} limits and {len(self.rungs)} rungs; give as many, two or more"
            )
        if self.limits[0] != 0 or list(self.limits) != sorted(set(self.limits)):
            raise ValueError(f"limits {self.limits} do not rise from zero")


def reporting_steps(concentration: Exact, decimals: int) -> int:
    """Return a concentration in whole reporting steps, a half rounded to the even step (浓度修约).

    Parameters
    ----------
    concentration : Decimal, Fraction, int or str, scalar
        µg/m³; mg/m³ for CO.
    decimals : int
        Decimals of the reporting step.

    Returns
    -------
    int
        Steps of ``10 ** -decimals``.

    Raises
    ------
    NegativeConcentration
        It is below zero.
    TypeError, ValueError
        It is a binary float, or no number.

    Notes
    -----
    HJ 633-2012 does not say how concentrations are rounded before the index; the decimals
    of HJ 663-2013 were used in practice, and are used here.

    Source
    ------
    HJ 633-2026, clauses 4.2.2 and 4.2.3.

    Examples
    --------
    >>> reporting_steps("60.5", 0), reporting_steps("4.15", 1)
    (60, 42)
    """
    rounded = round_places(concentration, decimals)
    if rounded < 0:
        raise NegativeConcentration(f"{concentration} is below zero")
    return int(rounded * Decimal(10) ** decimals)


def sub_index(steps: int, scale: Scale) -> int | Missing:
    """Return the sub-index of a concentration, rounded up to a whole number (进位取整).

    Parameters
    ----------
    steps : int, scalar
        Concentration in reporting steps of the scale.
    scale : Scale
        For the pollutant and averaging time, in the edition in force.

    Returns
    -------
    int or Missing
        Dimensionless, 0 to 500; missing (``above_scale``) where the edition computes none.

    Raises
    ------
    NegativeConcentration
        The concentration is below zero.

    Source
    ------
    HJ 633-2012, formula (1), rounding in 6.2; HJ 633-2026, formula (1), rounding in 4.2.6.

    Examples
    --------
    CO over 24 hours, 2.2 mg/m³, is exactly 55; binary floats land above and give 56.

    >>> co = Scale((0, 20, 40, 140, 240, 360, 480, 600), (0, 50, 100, 150, 200, 300, 400, 500), 1, 500)
    >>> sub_index(22, co), sub_index(23, co), sub_index(601, co)
    (55, 58, 500)
    """
    if steps < 0:
        raise NegativeConcentration(f"{steps} steps is below zero")
    if steps > scale.limits[-1]:
        return Missing("above_scale") if scale.above is None else scale.above
    top = max(1, bisect_left(scale.limits, steps))
    below, above = scale.limits[top - 1], scale.limits[top]
    low, high = scale.rungs[top - 1], scale.rungs[top]
    return low + divide_up((high - low) * (steps - below), above - below)
