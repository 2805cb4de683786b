"""Carbon dioxide of bought power and heat, and of fuel (外购电力热力与燃料燃烧的二氧化碳)."""

from __future__ import annotations

from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = ["bought_energy_co2", "fuel_co2"]

_CO2_OF_CARBON = Fraction(44, 12)


def bought_energy_co2(amount: Exact, factor: Exact) -> Fraction:
    """Return the carbon dioxide of bought power or heat, in t.

    Parameters
    ----------
    amount : Decimal, Fraction, int or str
        Power bought, MWh, or heat bought, GJ; what is sold on is taken off before.
    factor : Decimal, Fraction, int or str
        t of CO2 a MWh (the same number as kg a kWh), or t a GJ, of the place and the year.

    Returns
    -------
    Fraction
        t, not rounded.

    Raises
    ------
    ValueError
        A negative number.

    Notes
    -----
    Which factor holds is the caller's: the province's of the year, or the latest published one, for an
    inventory; the national mean for the trading scheme. Year and document belong to the result.

    Source
    ------
    生态环境部、国家统计局公告 on power factors: definition of the factor.

    Examples
    --------
    >>> float(bought_energy_co2(12000, "0.4419"))
    5302.8
    """
    bought, each = exact(amount), exact(factor)
    if bought < 0 or each < 0:
        raise ValueError(f"{amount} at a factor of {factor}")
    return bought * each


def fuel_co2(energy_gj: Exact, carbon_kg_per_gj: Exact, oxidised_percent: Exact = 100) -> Fraction:
    """Return the carbon dioxide of burnt fuel, in t.

    Parameters
    ----------
    energy_gj : Decimal, Fraction, int or str
        Fuel burnt times its net calorific value, GJ.
    carbon_kg_per_gj : Decimal, Fraction, int or str
        Carbon content, kg C a GJ.
    oxidised_percent : Decimal, Fraction, int or str
        Share of the carbon that burns.

    Returns
    -------
    Fraction
        t, not rounded: carbon times 44/12.

    Raises
    ------
    ValueError
        A negative number, or a share above 100.

    Source
    ------
    IPCC 2006, volume 2, equation 2.1 with carbon content and oxidation.

    Examples
    --------
    >>> float(fuel_co2(1000, "15", 100))
    55.0
    """
    energy, carbon, share = exact(energy_gj), exact(carbon_kg_per_gj), exact(oxidised_percent)
    if energy < 0 or carbon < 0 or not 0 <= share <= 100:
        raise ValueError(f"{energy_gj} GJ of {carbon_kg_per_gj} kg C, {oxidised_percent} % oxidised")
    return energy * carbon * share / 100 * _CO2_OF_CARBON / 1000
