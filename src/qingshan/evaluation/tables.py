"""Reads tables of measurements (CSV, gzip, XLSX, Parquet) as texts, in batches, with their row numbers.

Cells stay the texts that the file holds: what a text means is for whoever knows the
item. A binary float out of a workbook or a Parquet file becomes its shortest text, so
that no float reaches a calculation.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["BATCH_ROWS", "BadTable", "Batch", "columns_of", "read_batches"]

BATCH_ROWS = 50_000
_ENCODINGS = ("utf-8-sig", "gb18030")


class BadTable(ValueError):
    """The file cannot be read as a table; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table, as columns of texts.

    ``first_row`` is the number that a person sees in the file: the heading is row 1.
    """

    first_row: int
    columns: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))


def read_batches(path: Path, rows: int = BATCH_ROWS) -> Iterator[Batch]:
    """Return the rows of a table, batch by batch, in the order of the file.

    Parameters
    ----------
    path : Path
        ``.csv``, ``.csv.gz``, ``.xlsx`` or ``.parquet``. A text file is UTF-8 or GB 18030.
    rows : int
        Rows a batch, at most.

    Returns
    -------
    iterator of Batch
        None at all when the table has a heading only.

    Raises
    ------
    BadTable
        Unknown ending, no heading, a heading that names a column twice, a row of another
        length, an unknown encoding, or a damaged file.
    """
    lines = _lines(path)
    try:
        heading = _heading(path, next(lines, None))
        first = 2
        while taken := list(islice(lines, rows)):
            _check_lengths(path, taken, first, len(heading))
            yield Batch(first, dict(zip(heading, map(list, zip(*taken, strict=True)), strict=True)))
            first += len(taken)
    except (OSError, EOFError, csv.Error, UnicodeDecodeError) as problem:
        raise BadTable(f"{path.name}: {problem}") from None


def columns_of(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a table.

    Raises
    ------
    BadTable
        As `read_batches`.
    """
    return _heading(path, next(_lines(path), None))


def _lines(path: Path) -> Iterator[Sequence[str]]:
    if not path.is_file():
        raise BadTable(f"{path}: there is no such file")
    name = path.name.lower()
    if name.endswith(".csv"):
        return _csv_lines(path.read_bytes(), path)
    if name.endswith(".csv.gz"):
        return _csv_lines(_unpacked(path), path)
    if name.endswith(".xlsx"):
        return _workbook_lines(path)
    if name.endswith(".parquet"):
        return _parquet_lines(path)
    raise BadTable(f"{path.name}: give .csv, .csv.gz, .xlsx or .parquet")


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read()
    except (OSError, EOFError) as problem:
        raise BadTable(f"{path.name}: {problem}") from None


def _csv_lines(raw: bytes, path: Path) -> Iterator[Sequence[str]]:
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return iter(csv.reader(io.StringIO(text, newline=""), strict=True))
    raise BadTable(f"{path.name}: neither UTF-8 nor GB 18030; save it as UTF-8")


def _workbook_lines(path: Path) -> Iterator[Sequence[str]]:
    openpyxl = _needed("openpyxl", path)
    try:
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except Exception as problem:
        raise BadTable(f"{path.name}: not a workbook ({problem})") from None
    for row in sheet.iter_rows(values_only=True):
        yield [_text(value) for value in row]


def _parquet_lines(path: Path) -> Iterator[Sequence[str]]:
    parquet, lib = _needed("pyarrow.parquet", path), _needed("pyarrow.lib", path)
    try:
        file = parquet.ParquetFile(path)
    except lib.ArrowException as problem:
        raise BadTable(f"{path.name}: not a Parquet file ({problem})") from None
    yield list(file.schema_arrow.names)
    for batch in file.iter_batches(batch_size=BATCH_ROWS):
        columns = [[_text(value) for value in column.to_pylist()] for column in batch.columns]
        yield from zip(*columns, strict=True)


def _needed(module: str, path: Path) -> ModuleType:
    # Loaded on use: most people read CSV, and the core installs without these.
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise BadTable(f"{path.name}: reading it needs more parts: pip install 'qingshan[columns]'") from None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value).strip()


def _heading(path: Path, line: Sequence[str] | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in line or ())
    if not any(names):
        raise BadTable(f"{path.name}: the first row must name the columns")
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise BadTable(f"{path.name}: column {twice[0]!r} stands twice")
    return names


def _check_lengths(path: Path, lines: list[Sequence[str]], first: int, width: int) -> None:
    for row, line in enumerate(lines, first):
        if len(line) != width:
            raise BadTable(f"{path.name}: row {row} has {len(line)} fields, the heading {width}")
