"""Turns published tables of divisions into a code list, for places the package does not ship."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import yaml

from qingshan.kernel.codes import BadCode, division_level, division_parent
from qingshan.standards.dictionaries.entries import Codebook
from qingshan.standards.dictionaries.loader import read_codebook
from qingshan.standards.loader import BadDataFile

__all__ = ["division_rows", "write_divisions"]

_LEVELS = ("province", "city", "county", "township", "village")


def write_divisions(
    tables: Sequence[Path], folder: Path, *, edition: str, first_on: date, source: str
) -> Codebook:
    """Write a code list of divisions, and return it as read back.

    Parameters
    ----------
    tables : sequence of Path
        CSV files with the columns ``code`` and ``name``; codes of 2, 4, 6, 9 or 12 digits. A division
        and the one it belongs to may stand in different files.
    folder : Path
        Where head and rows are written, as ``divisions.yaml`` and ``divisions.csv``.
    edition, first_on, source : str, date, str
        What the head says of them.

    Raises
    ------
    BadDataFile
        A table has other columns, a row is no division, or one belongs to none.
    """
    rows = sorted(set(division_rows(tables)))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "divisions.yaml"
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "parent", "aliases", "level"])
        writer.writerows(rows)
    head = {
        "kind": "division",
        "standard": "统计用区划代码",
        "edition": edition,
        "title": edition,
        "effective": {"from": first_on, "to": None},
        "status": "complete",
        "rows": len(rows),
        "verified": "one_source",
        "how_verified": "由区划代码表转入；上下级代码逐条相合",
        "source": source,
        "licence": source,
        "attributes": {"level": "级别"},
        "notes": [],
    }
    path.write_text(yaml.safe_dump(head, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return read_codebook(path)


def division_rows(tables: Sequence[Path]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield code, name, parent, aliases and level of every division; a city without counties once.

    Raises
    ------
    BadDataFile
        A table lacks a column, or a row is no division.
    """
    named: dict[str, str] = {}
    for table in tables:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"code", "name"} <= set(reader.fieldnames or ()):
                raise BadDataFile(
                    f"{table.name}: the columns are {reader.fieldnames}; code and name are needed"
                )
            for line, row in enumerate(reader, start=2):
                code = _full(row["code"].strip(), f"{table.name}, line {line}")
                named.setdefault(code, row["name"].strip())
    for code, name in named.items():
        yield code, name, _known_parent(code, named), "", _LEVELS[division_level(code) - 1]


def _known_parent(code: str, named: dict[str, str]) -> str:
    parent = division_parent(code)
    # Statistical codes hang Xiantao or Wenchang under a level without a row of its own (429000, 469000).
    while parent is not None and parent not in named:
        parent = division_parent(parent)
    return parent or ""


def _full(code: str, where: str) -> str:
    full = code if len(code) in (9, 12) else code.ljust(6, "0")
    try:
        division_level(full)
    except BadCode as problem:
        raise BadDataFile(f"{where}: {problem}") from None
    return full
