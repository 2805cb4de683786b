"""Reads code lists: a head in YAML that says what the list is, and its rows beside it in CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from qingshan.standards.dictionaries.entries import Codebook, Entry, Kind, Status
from qingshan.standards.editions import Verified
from qingshan.standards.exact_yaml import BadYaml, read_exact
from qingshan.standards.loader import BadDataFile

__all__ = ["SHIPPED", "read_codebook", "read_codebooks", "shipped_codebooks"]

SHIPPED = Path(__file__).parent / "data"
"""The code lists that come with the package."""

_HEAD = {
    "kind": str,
    "standard": str,
    "edition": str,
    "title": str,
    "effective": dict,
    "status": str,
    "rows": int,
    "verified": str,
    "how_verified": str,
    "source": str,
    "licence": str,
    "attributes": dict,
    "notes": list,
}
_OPTIONAL = {"missing"}
_COLUMNS = ("code", "name", "parent", "aliases")


@cache
def shipped_codebooks() -> tuple[Codebook, ...]:
    """Return every code list that comes with the package, by kind, then oldest first.

    Raises
    ------
    BadDataFile
        A file is damaged.
    """
    return read_codebooks(SHIPPED)


def read_codebooks(folder: Path) -> tuple[Codebook, ...]:
    """Return every code list in a folder, by kind, then oldest first.

    Raises
    ------
    BadDataFile
        There is no such folder, a file is damaged, or an edition stands twice.
    """
    if not folder.is_dir():
        raise BadDataFile(f"{folder}: there is no such folder")
    books = [read_codebook(path) for path in sorted(folder.glob("*.yaml"))]
    for place, book in enumerate(books):
        if any(book.edition == other.edition for other in books[:place]):
            raise BadDataFile(f"{book.edition} stands in two files of {folder}")
    order = list(Kind)
    return tuple(sorted(books, key=lambda book: (order.index(book.kind), book.first_on)))


def read_codebook(path: Path) -> Codebook:
    """Return the code list whose head is a file; its rows stand beside it, named alike, as ``.csv``.

    Raises
    ------
    BadDataFile
        A key or column is missing or unknown, a code stands twice or belongs to none, or the
        number of rows is not the one that the head declares.
    """
    try:
        head = _head(read_exact(path))
        book = _codebook(head, path)
        _check(book, head["rows"])
    except (BadYaml, ValueError, csv.Error) as problem:
        raise BadDataFile(f"{path.name}: {problem}") from None
    return book


def _head(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise BadDataFile(f"{raw!r} is not a mapping")
    if strange := sorted(set(raw) - set(_HEAD) - _OPTIONAL):
        raise BadDataFile(f"unknown keys {strange}")
    for key, wanted in _HEAD.items():
        if not isinstance(raw.get(key), wanted):
            raise BadDataFile(f"{key} is {raw.get(key)!r}; write a {wanted.__name__}")
    return raw


def _codebook(head: Mapping[str, Any], path: Path) -> Codebook:
    kind, status = Kind(head["kind"]), Status(head["status"])
    first_on, last_on = head["effective"].get("from"), head["effective"].get("to")
    if not isinstance(first_on, date) or not isinstance(last_on, date | None):
        raise BadDataFile(f"effective is {head['effective']}; write from and to as days")
    missing = str(head.get("missing", ""))
    if (status is Status.COMPLETE) == bool(missing):
        raise BadDataFile("`missing` says what is not here, and only where something is not")
    rows = path.with_suffix(".csv")
    read = _rows(rows, kind, head) if status is not Status.MISSING else ()
    return Codebook(
        kind=kind,
        standard=head["standard"],
        edition=head["edition"],
        title=head["title"],
        first_on=first_on,
        last_on=last_on,
        status=status,
        verified=Verified(head["verified"]),
        how_verified=head["how_verified"],
        source=head["source"],
        licence=head["licence"],
        attributes={name: str(label) for name, label in head["attributes"].items()},
        entries=tuple(read),
        missing=missing,
        notes=tuple(str(note) for note in head["notes"]),
        path=path,
    )


def _rows(path: Path, kind: Kind, head: Mapping[str, Any]) -> Iterator[Entry]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        known = set(_COLUMNS) | set(head["attributes"])
        if set(reader.fieldnames or ()) | {"aliases"} != known | {"aliases"}:
            raise BadDataFile(f"{path.name} has the columns {reader.fieldnames}; wanted are {sorted(known)}")
        for line, row in enumerate(reader, start=2):
            if None in row or None in row.values() or not row["code"] or not row["name"]:
                raise BadDataFile(f"{path.name}, line {line}: a row needs every column, a code and a name")
            yield Entry(
                kind=kind,
                edition=head["edition"],
                code=row["code"],
                name=row["name"],
                parent=row["parent"],
                aliases=_words(row.get("aliases", "")),
                attributes={name: row[name] for name in head["attributes"] if row[name]},
            )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _check(book: Codebook, rows: int) -> None:
    if len(book.entries) != rows:
        raise BadDataFile(f"{len(book.entries)} rows; the head says {rows}")
    if len(book.by_code) != rows:
        raise BadDataFile(f"codes that stand twice: {_twice(entry.code for entry in book.entries)}")
    if orphans := [entry.code for entry in book.entries if entry.parent and entry.parent not in book.by_code]:
        raise BadDataFile(f"codes that belong to none: {orphans[:5]}")


def _twice(codes: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [code for code in codes if code in seen or seen.add(code)]  # type: ignore[func-returns-value]
