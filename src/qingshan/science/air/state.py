"""Conversion of gas concentrations between states of temperature (浓度状态换算)."""

from __future__ import annotations

from decimal import Decimal

from qingshan.kernel.rounding import Exact, exact, round_places

__all__ = ["to_reference_state"]


def to_reference_state(
    concentration: Exact,
    decimals: int,
    standard_kelvin: Exact = 273,
    reference_kelvin: Exact = Decimal("298.15"),
) -> Decimal:
    """Return a gas concentration at the reference state from one at the standard state.

    Parameters
    ----------
    concentration : Decimal, Fraction, int or str, scalar
        Of SO2, NO2, CO, O3 or NOx at 273 K; any unit of mass per volume. Particles are
        reported at actual conditions and are not converted.
    decimals : int
        Of the result.

    Returns
    -------
    Decimal
        Same unit, rounded half to even.

    Source
    ------
    GB 3095-2012, amendment 1 (from 2018-09-01), term 3.14; GB 3095-2026, clause 4.3. Same
    pressure in both states, so only the temperatures count.

    Examples
    --------
    >>> to_reference_state(50, 1)
    Decimal('45.8')
    """
    return round_places(exact(concentration) * exact(standard_kelvin) / exact(reference_kelvin), decimals)
