"""The same calculations over whole columns: lookup tables over integer codes, in tiles.

A concentration is a code: its reporting steps as uint16, and `MISSING` where there is
none. Every table is filled by the scalar calculation, so a column cannot differ from it;
sums, ranks and interpolations stay in whole numbers.

Tiles keep what is worked on inside the processor's cache; results do not depend on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.basis import Missing
from qingshan.science.air.index import IndexRules
from qingshan.science.air.scale import Scale, sub_index

__all__ = ["MISSING", "TOP_CODE", "Codes", "IndexTables", "as_codes", "encoded", "primary_names"]

Codes = NDArray[np.uint16]

MISSING = 65535
"""The code of a missing value. Nothing is known of why; the reason stays with the reader of the data."""

TOP_CODE = 65534
"""The largest concentration a code holds. What lies above is on no scale, so nothing is lost."""

TILE = 32_768


def encoded(steps: Sequence[int | Missing]) -> Codes:
    """Return concentrations in reporting steps as codes.

    Parameters
    ----------
    steps : sequence of int or Missing

    Returns
    -------
    array of uint16, same length

    Raises
    ------
    ValueError
        A concentration below zero.

    Source
    ------
    Our own; no standard fixes it.

    Examples
    --------
    >>> encoded([0, 75, Missing("blank"), 70000])
    array([    0,    75, 65535, 65534], dtype=uint16)
    """
    return as_codes(np.array([-1 if isinstance(s, Missing) else _whole(s) for s in steps], dtype=np.int64))


def as_codes(steps: NDArray[np.integer]) -> Codes:
    """Return an array of reporting steps, with -1 where one is missing, as codes.

    Parameters
    ----------
    steps : array of integers, any shape
        Reporting steps, -1 where one is missing.

    Returns
    -------
    array of uint16, same shape
        Codes; what lies above `TOP_CODE` is cut to it, above every scale.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        A value below -1.

    Source
    ------
    Our own; no standard fixes it.

    Examples
    --------
    >>> as_codes(np.array([75, -1, 70_000]))
    array([   75, 65535, 65534], dtype=uint16)
    """
    if not np.issubdtype(steps.dtype, np.integer):
        raise TypeError(f"an array of {steps.dtype}; give whole reporting steps")
    if steps.size and int(steps.min()) < -1:
        raise ValueError("a concentration below zero")
    capped = np.minimum(steps, TOP_CODE)
    result: Codes = np.where(steps < 0, MISSING, capped).astype(np.uint16)
    return result


def _whole(steps: int) -> int:
    if steps < 0:
        raise ValueError(f"{steps} steps is below zero")
    return steps


@dataclass(frozen=True, slots=True)
class IndexTables:
    """Lookup tables of an index (查表): one per indicator, from code to sub-index plus one.

    Zero stands for "no sub-index", so that the largest over the indicators, less one, wraps
    round to `MISSING` exactly where there is none at all.
    """

    names: tuple[str, ...]
    tables: NDArray[np.uint16]
    fallbacks: Mapping[int, int]
    primary_above: int
    lowest: int

    @classmethod
    def of(cls, rules: IndexRules, names: Sequence[str] | None = None) -> IndexTables:
        """Return the tables of an edition for the indicators that a column is there for.

        Parameters
        ----------
        rules : IndexRules
        names : sequence of str, optional
            Indicators in the order of the columns, at most eight; all of the rules when not given.

        Raises
        ------
        KeyError
            An indicator that the rules do not know.
        """
        chosen = tuple(rules.scales) if names is None else tuple(names)
        scales = dict(rules.fallbacks.values()) | dict(rules.scales)
        place = {name: index for index, name in enumerate(chosen)}
        fallbacks = {
            place[other]: place[name]
            for name, (other, _) in rules.fallbacks.items()
            if name in place and other in place and other not in rules.scales
        }
        tables = np.stack([_table(scales[name]) for name in chosen])
        return cls(chosen, tables, fallbacks, rules.primary_above, rules.lowest)

    def evaluate(self, columns: Sequence[Codes]) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
        """Return the index of every row, and which indicators are primary.

        Parameters
        ----------
        columns : sequence of arrays of uint16, all of one length
            One per indicator, in the order of ``names``.

        Returns
        -------
        (array of uint16, array of uint8)
            The index, `MISSING` where no indicator has a sub-index; and a set of bits, the
            lowest for the first indicator (see `primary_names`).

        Raises
        ------
        ValueError
            Another number of columns, columns of different length, or more than eight.
        TypeError
            A column that is not uint16.
        """
        self._check(columns)
        rows = len(columns[0])
        aqi = np.empty(rows, np.uint16)
        primary = np.empty(rows, np.uint8)
        buffers = np.empty((len(columns), TILE), np.uint16), np.empty(TILE, np.bool_)
        for start in range(0, rows, TILE):
            stop = min(start + TILE, rows)
            self._tile([c[start:stop] for c in columns], buffers, aqi[start:stop], primary[start:stop])
        return aqi, primary

    def sub_indices(self, columns: Sequence[Codes]) -> NDArray[np.uint16]:
        """Return the sub-index of every indicator (first axis) and row; `MISSING` where there is none."""
        self._check(columns)
        subs = np.empty((len(columns), len(columns[0])), np.uint16)
        self._look_up(columns, subs)
        subs -= np.uint16(1)
        return subs

    def _tile(
        self,
        columns: Sequence[Codes],
        buffers: tuple[Codes, NDArray[np.bool_]],
        aqi: NDArray[np.uint16],
        primary: NDArray[np.uint8],
    ) -> None:
        subs, is_so = buffers[0][:, : len(aqi)], buffers[1][: len(aqi)]
        self._look_up(columns, subs)
        np.max(subs, axis=0, out=aqi)
        primary.fill(0)
        bits = is_so.view(np.uint8)
        for sub in subs[::-1]:  # doubling is a fifth of the cost of shifting: NumPy has no wide shift
            np.equal(sub, aqi, out=is_so)
            np.add(primary, primary, out=primary)
            np.bitwise_or(primary, bits, out=primary)
        np.greater(aqi, self.primary_above + 1, out=is_so)
        np.multiply(primary, bits, out=primary)
        if self.lowest:
            np.greater(aqi, 0, out=is_so)
            np.maximum(aqi, bits * np.uint16(self.lowest + 1), out=aqi)
        aqi -= np.uint16(1)

    def _look_up(self, columns: Sequence[Codes], subs: Codes) -> None:
        for table, column, sub in zip(self.tables, columns, subs, strict=True):
            # Every uint16 is a place of the table: "wrap" only spares NumPy the check.
            table.take(column, out=sub, mode="wrap")
        for other, name in self.fallbacks.items():
            # Reported only where the first one lies above its scale: given, and without sub-index.
            subs[other] *= (subs[name] == 0) & (columns[name] != MISSING)

    def _check(self, columns: Sequence[Codes]) -> None:
        if len(columns) != len(self.names) or len(columns) > 8:
            raise ValueError(f"{len(columns)} columns for {len(self.names)} indicators, eight at most")
        if len({len(column) for column in columns}) > 1:
            raise ValueError("columns of different length")
        if any(column.dtype != np.uint16 for column in columns):
            raise TypeError("columns of codes are uint16; see as_codes")


def primary_names(bits: int, names: Sequence[str]) -> tuple[str, ...]:
    """Return the indicators that a set of bits names.

    Parameters
    ----------
    bits : int, scalar
        Of `IndexTables.evaluate`.
    names : sequence of str
        Indicators in the order of the columns.

    Returns
    -------
    tuple of str

    Source
    ------
    Our own; no standard fixes it.

    Examples
    --------
    >>> primary_names(0b101, ("SO2", "NO2", "CO"))
    ('SO2', 'CO')
    """
    return tuple(name for bit, name in enumerate(names) if bits >> bit & 1)


def _table(scale: Scale) -> NDArray[np.uint16]:
    """Sub-index plus one of every code; zero where there is none."""
    table = np.zeros(65536, np.uint16)
    top = scale.limits[-1]
    for steps in range(top + 2):
        found = sub_index(steps, scale)
        table[steps] = 0 if isinstance(found, Missing) else found + 1
    table[top + 2 : MISSING] = table[top + 1]
    table[MISSING] = 0
    return table
