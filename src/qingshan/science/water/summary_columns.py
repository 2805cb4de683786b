"""Grades of many basins and trophic states of many lakes at once, equal to the scalar on each.

Shares are compared by cross-multiplying whole numbers. A trophic index has logarithms: a
float finds it, and wherever the float lies too near a bound or a rounding tie to be
trusted, the scalar's thirty digits decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.rounding import round_places
from qingshan.science.water.basin import ShareBands
from qingshan.science.water.classes import Grade
from qingshan.science.water.columns import MISSING
from qingshan.science.water.trophic import TrophicScale, trophic_grade, trophic_state

__all__ = ["INDEX_PLACES", "basin_grades", "trophic_states"]

INDEX_PLACES = 3
"""Decimals that a column of trophic indices is kept with."""

_TOO_NEAR = 1e-7
"""In steps of the index; the float is good to about 1e-10 of a step."""


def basin_grades(counts: NDArray[np.integer], bands: ShareBands) -> NDArray[np.uint8]:
    """Return the grade of each river or basin from its sections by class.

    Parameters
    ----------
    counts : array of integers, shape (6, basins)
        Sections at class I, II, III, IV, V and worse than V; none negative, up to 10 million.
    bands : ShareBands

    Returns
    -------
    array of uint8, shape (basins,)
        1 to 5 as `Grade`; 0 with fewer sections than shares may judge.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Not six rows, or a negative count.

    Source
    ------
    环办〔2011〕22号, 二(二)1.

    Examples
    --------
    >>> bands = ShareBands(Fraction(90), Fraction(75), Fraction(20), Fraction(40), 5)
    >>> basin_grades(np.array([[0, 0], [9, 3], [0, 0], [0, 1], [0, 0], [1, 0]]), bands)
    array([1, 0], dtype=uint8)
    """
    if not np.issubdtype(counts.dtype, np.integer):
        raise TypeError(f"counts are {counts.dtype}; give whole numbers")
    if counts.ndim != 2 or counts.shape[0] != 6 or np.any(counts < 0):
        raise ValueError(f"counts of shape {counts.shape}; give six rows, none negative")
    whole = counts.astype(np.int64)
    total, good, inferior = whole.sum(axis=0), whole[:3].sum(axis=0), whole[5]
    grades = np.full(total.shape, Grade.LIGHT, dtype=np.uint8)
    grades[_reaches(inferior, total, bands.moderate)] = Grade.MODERATE
    grades[_reaches(inferior, total, bands.heavy)] = Grade.HEAVY
    grades[_reaches(good, total, bands.good)] = Grade.GOOD
    grades[_reaches(good, total, bands.excellent)] = Grade.EXCELLENT
    grades[total < bands.fewest_sections] = 0
    return grades


def _reaches(part: NDArray[np.int64], total: NDArray[np.int64], percent: Fraction) -> NDArray[np.bool_]:
    return part * (100 * percent.denominator) >= total * percent.numerator


def trophic_states(
    codes: Mapping[str, NDArray[np.integer]], places: Mapping[str, int], scale: TrophicScale
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return the trophic level index and the grade of each sample.

    Parameters
    ----------
    codes : mapping of item to array of integers, shape (samples,)
        Values as whole numbers of a step, above zero; `columns.MISSING` for no value.
    places : mapping of item to int
        Decimals of each item's step.
    scale : TrophicScale

    Returns
    -------
    (array of int64, array of uint8), shape (samples,)
        Index in steps of 0.001, rounded half to even, and grade 1 to 5 as `TrophicGrade`, from
        the index before rounding; `columns.MISSING` and 0 where no item has a value.

    Raises
    ------
    ValueError
        A value that is zero or negative: it has no logarithm.
    KeyError
        An item that takes no part in the index.

    Source
    ------
    环办〔2011〕22号, 二(三)2; weights renewed over the items there are, as the scalar does.

    Examples
    --------
    >>> from qingshan.science.water.trophic import TrophicItem
    >>> chlorophyll = TrophicItem("Chla", Fraction("2.5"), Fraction("1.086"), Fraction(1))
    >>> scale = TrophicScale((chlorophyll,), (Fraction(30), Fraction(50), Fraction(60), Fraction(70)))
    >>> trophic_states({"Chla": np.array([45, -1])}, {"Chla": 1}, scale)
    (array([41334,    -1]), array([2, 0], dtype=uint8))
    """
    samples = len(next(iter(codes.values())))
    weighted, weights = np.zeros(samples), np.zeros(samples)
    for name, column in codes.items():
        item, there = scale.item(name), column != MISSING
        if np.any(column[there] <= 0):
            raise ValueError(f"{name}: a value of zero or less has no logarithm")
        values = np.where(there, column, 1) / 10.0 ** places[name]
        subs = 10 * (float(item.a) + float(item.b) * np.log(values))
        weighted += np.where(there, subs * float(item.r_squared), 0.0)
        weights += np.where(there, float(item.r_squared), 0.0)
    known = weights > 0
    steps = weighted / np.where(known, weights, 1.0) * 10**INDEX_PLACES
    indices = np.where(known, np.rint(steps), MISSING).astype(np.int64)
    grades = np.where(known, _grades(steps, scale), 0).astype(np.uint8)
    for sample in np.flatnonzero(known & _doubtful(steps, scale)):
        indices[sample], grades[sample] = _exactly(int(sample), codes, places, scale)
    return indices, grades


def _grades(steps: NDArray[np.float64], scale: TrophicScale) -> NDArray[np.int64]:
    bounds = [float(bound) * 10**INDEX_PLACES for bound in scale.bounds]
    grades: NDArray[np.int64] = 1 + (steps >= bounds[0]).astype(np.int64)
    for bound in bounds[1:]:
        grades += steps > bound
    return grades


def _doubtful(steps: NDArray[np.float64], scale: TrophicScale) -> NDArray[np.bool_]:
    near = np.abs(steps - np.floor(steps) - 0.5) < _TOO_NEAR
    for bound in scale.bounds:
        near |= np.abs(steps - float(bound) * 10**INDEX_PLACES) < _TOO_NEAR
    return near


def _exactly(
    sample: int, codes: Mapping[str, NDArray[np.integer]], places: Mapping[str, int], scale: TrophicScale
) -> tuple[int, int]:
    values = {
        name: Fraction(int(column[sample]), 10 ** places[name])
        for name, column in codes.items()
        if column[sample] != MISSING
    }
    index = trophic_state(values, scale).index
    return int(round_places(index, INDEX_PLACES) * 10**INDEX_PLACES), int(trophic_grade(index, scale.bounds))
