"""Every family of examples that can be computed. A subject adds its own module of families here."""

from __future__ import annotations

from collections.abc import Mapping

from qingshan.evaluation.conformance import (
    air_families,
    black_odor_families,
    drinking_families,
    ecology_families,
    groundwater_families,
    noise_families,
    risk_families,
    sea_families,
    sewage_families,
    soil_families,
    water_families,
)
from qingshan.evaluation.conformance.examples import Family

__all__ = ["FAMILIES"]

FAMILIES: Mapping[str, Family] = {
    **air_families.FAMILIES,
    **water_families.FAMILIES,
    **drinking_families.FAMILIES,
    **groundwater_families.FAMILIES,
    **sea_families.FAMILIES,
    **black_odor_families.FAMILIES,
    **sewage_families.FAMILIES,
    **noise_families.FAMILIES,
    **soil_families.FAMILIES,
    **ecology_families.FAMILIES,
    **risk_families.FAMILIES,
}
