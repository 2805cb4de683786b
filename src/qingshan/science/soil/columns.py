"""Soil screening of many samples at once, over whole numbers of a step (批量筛查).

A column holds contents as whole numbers of a step, as `water.columns` does for water; every
comparison is exact and equals the scalar on every value. Work goes through tiles that stay in the
processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.science.soil.construction import ConstructionScale
from qingshan.science.soil.farmland import FarmlandScale, Land
from qingshan.science.soil.screening import Pair

__all__ = [
    "LANDS",
    "MISSING",
    "CodedConstruction",
    "CodedFarmland",
    "SoilVerdicts",
    "screen_construction_columns",
    "screen_farmland_columns",
]

Codes = NDArray[np.integer]

MISSING = -1
"""The code of a missing value; no content is negative."""

LANDS = tuple(Land)
"""The code of a land is its place here."""

_TILE = 16384
_NEVER = np.iinfo(np.int64).max
_BANDS = 4


@dataclass(frozen=True, slots=True)
class SoilVerdicts:
    """Results of many samples, as columns.

    Attributes
    ----------
    worst : uint8, shape (samples,)
        1 to 3 as `RiskLevel` and `FarmlandClass`; 0 where there is none.
    levels : uint8, shape (items, samples)
        1 to 3; 0 where the item (or the pH it needs) is missing.
    """

    worst: NDArray[np.uint8]
    levels: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class CodedFarmland:
    """A scale of farmland whose values are whole numbers of each item's step.

    Parameters
    ----------
    scale : FarmlandScale
    places : tuple of int
        Decimals of each item's step, in the order of the scale.
    ph_places : int
        Decimals of the step of pH.

    Raises
    ------
    ValueError
        Not one number of places an item, or a value that does not lie on its step.
    """

    scale: FarmlandScale
    places: tuple[int, ...]
    ph_places: int = 1

    def __post_init__(self) -> None:
        _one_an_item(len(self.places), len(self.scale.items))
        self.ph_bounds()
        for row in range(len(self.places)):
            self.values(row)

    def ph_bounds(self) -> list[int]:
        """Return the bounds of pH in its steps."""
        return [_coded(bound, self.ph_places, "pH") for bound in self.scale.ph_bounds]

    def values(self, row: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return screening and intervention values of an item by land and band, land first."""
        one, places = self.scale.items[row], self.places[row]
        pairs = [one.pair(land, band) for land in LANDS for band in range(1, _BANDS + 1)]
        return _pair_codes(pairs, places, one.item)


@dataclass(frozen=True, slots=True)
class CodedConstruction:
    """A scale of construction land whose values are whole numbers of each item's step.

    The local background of arsenic, cobalt and vanadium is for the scalar: it belongs to one site.
    """

    scale: ConstructionScale
    places: tuple[int, ...]

    def __post_init__(self) -> None:
        _one_an_item(len(self.places), len(self.scale.pairs))
        self.values()

    def values(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return screening and intervention values, one an item."""
        coded = [
            _pair_codes([pair], places, item)
            for (item, pair), places in zip(self.scale.pairs.items(), self.places, strict=True)
        ]
        return np.concatenate([one for one, _ in coded]), np.concatenate([two for _, two in coded])


def screen_farmland_columns(
    contents: Codes, acidity: Codes, lands: NDArray[np.integer], coded: CodedFarmland
) -> SoilVerdicts:
    """Return the class of each sample of farmland and where its items stand.

    Parameters
    ----------
    contents : array of integers, shape (items, samples)
        In the order and steps of the scale; `MISSING` for no value.
    acidity : array of integers, shape (samples,)
        pH in its steps; `MISSING` for no value.
    lands : array of integers, shape (samples,)
        Place of the land in `LANDS`.
    coded : CodedFarmland

    Returns
    -------
    SoilVerdicts
        ``worst`` is the class, over the deciding items; equal to `farmland.screen_farmland`.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Shapes that do not fit, an unknown land, or a pH above 14.

    Source
    ------
    GB 15618—2018, tables 1 to 3; 农用地土壤环境质量类别划分技术指南.

    Examples
    --------
    >>> from qingshan.science.soil.farmland import FarmlandItem
    >>> four = (Fraction(40), Fraction(40), Fraction(30), Fraction(25))
    >>> arsenic = FarmlandItem("As", {Land.OTHER: four}, tuple(Fraction(n) for n in (200, 150, 120, 100)))
    >>> bounds = (Fraction("5.5"), Fraction("6.5"), Fraction("7.5"))
    >>> coded = CodedFarmland(FarmlandScale((arsenic,), bounds, frozenset({"As"})), (0,))
    >>> other = LANDS.index(Land.OTHER)
    >>> pH, land = np.full(3, 80), np.full(3, other)
    >>> screen_farmland_columns(np.array([[25, 26, 101]]), pH, land, coded).worst
    array([1, 2, 3], dtype=uint8)
    """
    items, samples = _shape(contents, len(coded.places))
    for name, column in (("pH", acidity), ("land", lands)):
        if not np.issubdtype(column.dtype, np.integer):
            raise TypeError(f"{name} codes are {column.dtype}; give whole numbers")
        if column.shape != (samples,):
            raise ValueError(f"{name} of shape {column.shape}; give {samples}, one a sample")
    if samples and (lands.min() < 0 or lands.max() >= len(LANDS)):
        raise ValueError(f"lands {lands.min()} to {lands.max()}; give places in LANDS")
    if samples and (acidity.min() < MISSING or acidity.max() > 14 * 10**coded.ph_places):
        raise ValueError(f"pH codes {acidity.min()} to {acidity.max()}; give 0 to 14 or {MISSING}")
    found = SoilVerdicts(np.zeros(samples, dtype=np.uint8), np.zeros((items, samples), dtype=np.uint8))
    tables = [coded.values(row) for row in range(items)]
    bounds = coded.ph_bounds()
    deciding = [one.item in coded.scale.class_items for one in coded.scale.items]
    for start in range(0, samples, _TILE):
        tile = slice(start, min(start + _TILE, samples))
        column = _BANDS * lands[tile].astype(np.intp)
        for bound in bounds:
            column += acidity[tile] > bound
        known = acidity[tile] >= 0
        levels = found.levels[:, tile]
        for row, (screening, intervention) in enumerate(tables):
            codes = contents[row, tile]
            levels[row] = _levels(codes, screening[column], intervention[column], known)
            if deciding[row]:
                np.maximum(found.worst[tile], levels[row], out=found.worst[tile])
    return found


def screen_construction_columns(contents: Codes, coded: CodedConstruction) -> SoilVerdicts:
    """Return where each sample of construction land and its items stand.

    Parameters
    ----------
    contents : array of integers, shape (items, samples)
        In the order and steps of the scale; `MISSING` for no value.
    coded : CodedConstruction
        For land of class 1 or 2; screen the two kinds apart.

    Returns
    -------
    SoilVerdicts
        Equal to `construction.screen_construction_land` without a background.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Not one row an item.

    Source
    ------
    GB 36600—2018, tables 1 and 2.

    Examples
    --------
    >>> coded = CodedConstruction(ConstructionScale({"铅": Pair(Fraction(400), Fraction(800))}), (0,))
    >>> screen_construction_columns(np.array([[400, 401, 801, -1]]), coded).worst
    array([1, 2, 3, 0], dtype=uint8)
    """
    items, samples = _shape(contents, len(coded.places))
    found = SoilVerdicts(np.zeros(samples, dtype=np.uint8), np.zeros((items, samples), dtype=np.uint8))
    screening, intervention = coded.values()
    for start in range(0, samples, _TILE):
        tile = slice(start, min(start + _TILE, samples))
        levels = found.levels[:, tile]
        for row in range(items):
            codes = contents[row, tile]
            levels[row] = _levels(codes, screening[row], intervention[row], codes >= 0)
        found.worst[tile] = levels.max(axis=0, initial=0)
    return found


def _levels(
    codes: Codes,
    screening: NDArray[np.int64] | np.int64,
    intervention: NDArray[np.int64] | np.int64,
    known: NDArray[np.bool_],
) -> NDArray[np.uint8]:
    # Truth values as bytes: adding truth values would convert each time.
    levels = np.greater(codes, screening).view(np.uint8) + np.greater(codes, intervention).view(np.uint8)
    levels += np.uint8(1)
    levels *= (known & (codes >= 0)).view(np.uint8)  # a missing value has no level
    return levels


def _shape(codes: Codes, items: int) -> tuple[int, int]:
    if not np.issubdtype(codes.dtype, np.integer):
        raise TypeError(f"codes are {codes.dtype}; give whole numbers of a step")
    if codes.ndim != 2 or codes.shape[0] != items:
        raise ValueError(f"codes of shape {codes.shape}; give {items} rows, one an item")
    return items, codes.shape[1]


def _one_an_item(places: int, items: int) -> None:
    if places != items:
        raise ValueError(f"{places} places for {items} items")


def _pair_codes(pairs: Sequence[Pair], places: int, item: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    screening = [_coded(pair.screening, places, item) for pair in pairs]
    intervention = [
        int(_NEVER) if pair.intervention is None else _coded(pair.intervention, places, item)
        for pair in pairs
    ]
    return np.array(screening, dtype=np.int64), np.array(intervention, dtype=np.int64)


def _coded(value: Fraction, places: int, item: str) -> int:
    code = value * Fraction(10) ** places
    if code.denominator != 1:
        raise ValueError(f"{item}: {places} decimals are too few for {value}")
    return code.numerator
