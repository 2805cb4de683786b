"""The five parts of the ecological index of 2015, from areas, lengths and loads (各分指数).

Coefficients and weights are arguments: they come from the edition in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact, mean

__all__ = [
    "LoadItem",
    "WaterDensity",
    "biology_index",
    "habitat_quality",
    "land_stress",
    "pollution_load",
    "vegetation_cover",
    "water_density",
    "water_resource_counted",
]


@dataclass(frozen=True, slots=True)
class WaterDensity:
    """Coefficients of river length, water area and water resource (水网密度归一化系数)."""

    river_length: Fraction
    water_area: Fraction
    water_resource: Fraction


@dataclass(frozen=True, slots=True)
class LoadItem:
    """A pollutant of the load: weight, coefficient, and whether rain or area divides it."""

    weight: Fraction
    coefficient: Fraction
    per_rain: bool


def habitat_quality(
    areas: Mapping[str, Exact], weights: Mapping[str, Exact], area: Exact, coefficient: Exact
) -> Fraction:
    """Return the habitat quality (生境质量指数).

    Parameters
    ----------
    areas : mapping of kind of cover to area
        km²; a kind that does not occur may be left out.
    weights : mapping of kind of cover to decimal
        Weight of the cover times weight of the kind within it.
    area : decimal
        Area of the region, km², above zero.
    coefficient : decimal

    Returns
    -------
    Fraction
        Dimensionless, not capped.

    Raises
    ------
    ValueError
        A kind without a weight, a negative area, or more than the region has.

    Source
    ------
    HJ 192—2015, biological abundance; one implementation, the text not seen.

    Examples
    --------
    >>> habitat_quality({"wooded": 100}, {"wooded": "0.21"}, 200, 500)
    Fraction(105, 2)
    """
    parts = _areas(areas, weights, area)
    weighted = sum((size * exact(weights[kind]) for kind, size in parts.items()), Fraction(0))
    return exact(coefficient) * weighted / exact(area)


def biology_index(habitat: Exact, biodiversity: Exact | None = None) -> Fraction:
    """Return the biological abundance (生物丰度指数).

    Parameters
    ----------
    habitat : decimal
        Habitat quality.
    biodiversity : decimal, optional
        Biodiversity index; where it is not renewed, habitat quality stands alone.

    Returns
    -------
    Fraction
        Dimensionless.

    Source
    ------
    HJ 192—2015, biological abundance: the mean of the two.

    Examples
    --------
    >>> biology_index(60, 50), biology_index(60)
    (Fraction(55, 1), Fraction(60, 1))
    """
    return exact(habitat) if biodiversity is None else mean([habitat, biodiversity])


def vegetation_cover(monthly_maxima: Mapping[int, Exact], coefficient: Exact) -> Fraction:
    """Return the vegetation cover from the greenness of May to September (植被覆盖指数).

    Parameters
    ----------
    monthly_maxima : mapping of month (5 to 9) to decimal
        Mean over the region of the month's greatest NDVI, in the unit of the coefficient.
    coefficient : decimal

    Returns
    -------
    Fraction
        Dimensionless.

    Raises
    ------
    ValueError
        Not exactly the months May to September.

    Source
    ------
    HJ 192—2015, vegetation cover; the coefficient is not confirmed.

    Examples
    --------
    >>> vegetation_cover({month: 6000 for month in range(5, 10)}, "0.01")
    Fraction(60, 1)
    """
    if set(monthly_maxima) != set(range(5, 10)):
        raise ValueError(f"months {sorted(monthly_maxima)}; give May to September")
    return exact(coefficient) * mean(monthly_maxima.values())


def water_resource_counted(year: Exact, usual: Exact, full_to: Exact, falling_to: Exact) -> Fraction:
    """Return how much of a year's water resource counts (水资源量取值).

    Parameters
    ----------
    year, usual : decimal
        Water resource of the year and its mean of many years, one unit; the mean above zero.
    full_to, falling_to : decimal
        Ratios 1.4 and 2.4.

    Returns
    -------
    Fraction
        In the same unit: the year's up to the first ratio, then falling to zero at the second.

    Raises
    ------
    ValueError
        A negative amount, or a mean that is not above zero.

    Source
    ------
    HJ 192—2015, water network density; one implementation, the text not seen.

    Examples
    --------
    >>> [str(water_resource_counted(year, 10, "1.4", "2.4")) for year in (14, 19, 24, 30)]
    ['14', '5', '0', '0']
    """
    amount, normal = exact(year), exact(usual)
    if amount < 0 or normal <= 0:
        raise ValueError(f"{year} of {usual}; give amounts, the mean above zero")
    ratio = amount / normal
    if ratio <= exact(full_to):
        return amount
    return max(Fraction(0), normal * (exact(falling_to) - ratio))


def water_density(
    river_km: Exact, water_km2: Exact, resource: Exact, area: Exact, coefficients: WaterDensity
) -> Fraction:
    """Return the water network density (水网密度指数).

    Parameters
    ----------
    river_km, water_km2 : decimal
        Length of rivers and area of water.
    resource : decimal
        Water resource that counts, in the unit of its coefficient (million m³).
    area : decimal
        Area of the region, km², above zero.
    coefficients : WaterDensity

    Returns
    -------
    Fraction
        Dimensionless, the mean of three parts, not capped.

    Raises
    ------
    ValueError
        An area that is not above zero.

    Source
    ------
    HJ 192—2015, water network density; one implementation, the text not seen.

    Examples
    --------
    >>> ones = WaterDensity(Fraction(30), Fraction(30), Fraction(30))
    >>> water_density(100, 20, 30, 1000, ones)
    Fraction(3, 2)
    """
    region = _above_zero(area)
    parts = (
        coefficients.river_length * exact(river_km),
        coefficients.water_area * exact(water_km2),
        coefficients.water_resource * exact(resource),
    )
    return sum(parts, Fraction(0)) / (3 * region)


def land_stress(
    areas: Mapping[str, Exact], weights: Mapping[str, Exact], area: Exact, coefficient: Exact
) -> Fraction:
    """Return the land stress (土地胁迫指数).

    Parameters
    ----------
    areas : mapping of kind of stress to area
        km² of severe erosion, moderate erosion, built land and other stress.
    weights : mapping of kind to decimal
    area : decimal
        Area of the region, km², above zero.
    coefficient : decimal

    Returns
    -------
    Fraction
        Dimensionless, not capped.

    Raises
    ------
    ValueError
        A kind without a weight, a negative area, or more than the region has.

    Source
    ------
    HJ 192—2015, land stress; one implementation, the text not seen.

    Examples
    --------
    >>> land_stress({"built": 100}, {"built": "0.2"}, 1000, 200)
    Fraction(4, 1)
    """
    return habitat_quality(areas, weights, area, coefficient)


def pollution_load(
    loads: Mapping[str, Exact], rain: Exact, area: Exact, items: Mapping[str, LoadItem]
) -> Fraction:
    """Return the pollution load (污染负荷指数).

    Parameters
    ----------
    loads : mapping of pollutant to decimal
        Tonnes a year; every pollutant of the items.
    rain : decimal
        Yearly rain of the region in the unit of the coefficients (million m³), above zero.
    area : decimal
        km², above zero.
    items : mapping of pollutant to LoadItem

    Returns
    -------
    Fraction
        Dimensionless, not capped.

    Raises
    ------
    ValueError
        A pollutant that is missing or unknown, or rain or area not above zero.

    Source
    ------
    HJ 192—2015, pollution load; one implementation, the text not seen.

    Examples
    --------
    >>> items = {"COD": LoadItem(Fraction(1, 2), Fraction(4), True),
    ...          "SO2": LoadItem(Fraction(1, 2), Fraction(1, 10), False)}
    >>> pollution_load({"COD": 1000, "SO2": 2000}, 400, 100, items)
    Fraction(6, 1)
    """
    if set(loads) != set(items):
        raise ValueError(f"loads of {sorted(loads)}; give {sorted(items)}")
    by_rain, by_area = _above_zero(rain), _above_zero(area)
    return sum(
        (
            item.weight * item.coefficient * exact(loads[name]) / (by_rain if item.per_rain else by_area)
            for name, item in items.items()
        ),
        Fraction(0),
    )


def _areas(areas: Mapping[str, Exact], weights: Mapping[str, Exact], area: Exact) -> dict[str, Fraction]:
    region = _above_zero(area)
    if strange := set(areas) - set(weights):
        raise ValueError(f"{sorted(strange)} have no weight; known are {sorted(weights)}")
    parts = {kind: exact(size) for kind, size in areas.items()}
    if any(size < 0 for size in parts.values()) or sum(parts.values()) > region:
        raise ValueError(f"parts of {sum(parts.values())} km² in a region of {area}, or one below zero")
    return parts


def _above_zero(number: Exact) -> Fraction:
    value = exact(number)
    if value <= 0:
        raise ValueError(f"{number} is not above zero")
    return value
