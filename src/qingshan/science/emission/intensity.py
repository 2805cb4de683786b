"""Energy, water and carbon dioxide for each unit of product at constant prices (单位GDP强度)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = ["cumulative_reduction", "gdp_at_constant_prices", "intensity", "reduction_against_base"]


def gdp_at_constant_prices(base_gdp: Exact, indices: Sequence[Exact]) -> Fraction:
    """Return the gross domestic product of a year in the prices of the base year (可比价 GDP).

    Parameters
    ----------
    base_gdp : Decimal, Fraction, int or str
        Product of the base year at its own prices, any unit.
    indices : sequence of Decimal, Fraction, int or str
        Volume index of each later year, the year before = 100: 105.2 for a growth of 5.2 %.

    Returns
    -------
    Fraction
        In the unit of the base, not rounded; the base itself without any index.

    Raises
    ------
    ValueError
        A product or an index of zero or below.

    Source
    ------
    Definition of the statistical system: the product at current prices is never divided by.

    Examples
    --------
    >>> gdp_at_constant_prices("1000", ["110", "105"])
    Fraction(1155, 1)
    """
    product = exact(base_gdp)
    for index in (exact(one) for one in indices):
        if index <= 0:
            raise ValueError(f"an index of {index}; the year before is 100")
        product *= index / 100
    if product <= 0:
        raise ValueError(f"a product of {base_gdp}")
    return product


def intensity(amount: Exact, gdp: Exact) -> Fraction:
    """Return an amount for each unit of product (强度).

    Parameters
    ----------
    amount : Decimal, Fraction, int or str
        Energy (t of standard coal), water (m³) or carbon dioxide (t) of the year.
    gdp : Decimal, Fraction, int or str
        Product of the year at constant prices, 10,000 yuan.

    Returns
    -------
    Fraction
        Amount a 10,000 yuan, not rounded.

    Raises
    ------
    ValueError
        A negative amount, or a product of zero or below.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 22 and 23: product at comparable prices.

    Examples
    --------
    >>> intensity("300000", "1000000")
    Fraction(3, 10)
    """
    used, product = exact(amount), exact(gdp)
    if used < 0 or product <= 0:
        raise ValueError(f"{amount} for a product of {gdp}")
    return used / product


def reduction_against_base(base: Exact, current: Exact) -> Fraction:
    """Return by how much a value fell against the base year (较基准年降低), percent.

    Parameters
    ----------
    base, current : Decimal, Fraction, int or str
        Intensities, or amounts, of the base year and of the year, in one unit and, for an intensity, in
        the prices of one year.

    Returns
    -------
    Fraction
        Percent, not rounded; below zero where it rose.

    Raises
    ------
    ValueError
        A base of zero or below, or a negative value.

    Source
    ------
    Definition of the assessed reduction; the product of both years in prices of one year.

    Examples
    --------
    >>> reduction_against_base("0.5", "0.41")
    Fraction(18, 1)
    """
    before, now = exact(base), exact(current)
    if before <= 0 or now < 0:
        raise ValueError(f"from {base} to {current}: the base is above zero, a value not below it")
    return 100 * (before - now) / before


def cumulative_reduction(yearly_percent: Sequence[Exact]) -> Fraction:
    """Return the reduction over several years out of that of each (累计降低), percent.

    Parameters
    ----------
    yearly_percent : sequence of Decimal, Fraction, int or str
        Reduction of each year against the year before, percent; negative where it rose.

    Returns
    -------
    Fraction
        Percent, not rounded: yearly reductions multiply, they do not add.

    Raises
    ------
    ValueError
        A reduction above 100 %.

    Source
    ------
    Definition: the product of what is left each year.

    Examples
    --------
    >>> cumulative_reduction([10, 10])
    Fraction(19, 1)
    """
    left = Fraction(1)
    for percent in (exact(one) for one in yearly_percent):
        if percent > 100:
            raise ValueError(f"a reduction of {percent} % in a year")
        left *= (100 - percent) / 100
    return 100 * (1 - left)
