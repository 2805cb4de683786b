"""Writes results as CSV and summaries as JSON. Whole or not at all: a killed run leaves no half file."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

__all__ = ["cell", "open_for_results", "write_rows", "write_summary"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """Return a text that a spreadsheet shows and never runs.

    Examples
    --------
    >>> cell("=1+1"), cell("-0.3"), cell("--"), cell("总磷(0.2)")
    ("'=1+1", '-0.3', "'--", '总磷(0.2)')
    """
    text = "" if value is None else str(value)
    if text.startswith(_FORMULA_STARTS) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdigit()


@contextmanager
def open_for_results(path: Path) -> Iterator[TextIO]:
    """Open a text file, packed when its name ends in .gz, that appears only when all of it is written.

    The byte order mark is there for spreadsheets, which take UTF-8 for something else without it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    try:
        # mtime 0: the same results give the same bytes.
        raw = gzip.GzipFile(partial, "wb", mtime=0) if path.suffix == ".gz" else partial.open("wb")
        with raw, _text(raw) as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _text(raw: Any) -> TextIO:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def write_rows(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV, each cell made harmless to spreadsheets."""
    with open_for_results(path) as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        for row in rows:
            writer.writerow([cell(value) for value in row])


def write_summary(path: Path, summary: Mapping[str, Any]) -> None:
    """Write a summary as JSON, in UTF-8 without a byte order mark."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(path)
