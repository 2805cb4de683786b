"""Reads data files of editions, and refuses one that does not say everything it must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from qingshan.standards.editions import Cell, Edition, Phase, Value, Verified
from qingshan.standards.exact_yaml import BadYaml, read_exact

__all__ = ["SHIPPED", "BadDataFile", "read_edition", "read_folder", "shipped"]

SHIPPED = Path(__file__).parent / "data"
"""The editions that come with the package."""

_FILE_KEYS = {
    "standard",
    "edition",
    "title",
    "effective",
    "verified",
    "how_verified",
    "phases",
    "notes",
    "tables",
}
_BLOCK_KEYS = {"table", "title", "clause", "unit", "phase", "verified", "note", "columns", "rows"}
_ROW_KEYS = {"value", "values", "unit", "clause", "phase", "verified", "note"}


class BadDataFile(ValueError):
    """The file does not have the shape of an edition; the message says where and what to write."""


@cache
def shipped() -> tuple[Edition, ...]:
    """Return every edition that comes with the package, oldest first within its standard.

    Raises
    ------
    BadDataFile
        A file is damaged.
    """
    return read_folder(SHIPPED)


def read_folder(folder: Path) -> tuple[Edition, ...]:
    """Return every edition in a folder and its subfolders, by standard and first day.

    Raises
    ------
    BadDataFile
        There is no such folder, a file is damaged, or two files hold the same edition.
    """
    if not folder.is_dir():
        raise BadDataFile(f"{folder}: there is no such folder")
    editions = [read_edition(path) for path in sorted(folder.rglob("*.yaml"))]
    seen: dict[str, Edition] = {}
    for edition in editions:
        if edition.code in seen:
            raise BadDataFile(f"{edition.code} stands in {seen[edition.code].path} and in {edition.path}")
        seen[edition.code] = edition
    return tuple(sorted(editions, key=lambda edition: (edition.standard, edition.first_on)))


def read_edition(path: Path) -> Edition:
    """Return the edition that a data file holds.

    Parameters
    ----------
    path : Path
        A YAML file of the shape that the README of this room describes.

    Raises
    ------
    BadDataFile
        A key is missing, unknown or of the wrong kind.
    """
    try:
        return _edition(read_exact(path), path)
    except (BadYaml, _Wrong) as problem:
        raise BadDataFile(f"{path.name}: {problem}") from None


class _Wrong(ValueError):
    """What is wrong, without the name of the file."""


def _edition(raw: Any, path: Path) -> Edition:
    body = _mapping(raw, "the file", _FILE_KEYS)
    first_on, last_on = _days(_need(body, "effective", "the file"), "effective")
    edition = Edition(
        standard=_text(body, "standard", "the file"),
        code=_text(body, "edition", "the file"),
        title=_text(body, "title", "the file"),
        subject=path.parent.name,
        first_on=first_on,
        last_on=last_on,
        verified=_verified(_need(body, "verified", "the file"), "the file"),
        how_verified=_text(body, "how_verified", "the file"),
        phases=tuple(_phases(body.get("phases") or {})),
        cells=tuple(_cells(body)),
        notes=tuple(str(note) for note in body.get("notes") or ()),
        path=path,
    )
    _phases_exist(edition)
    _labels_are_unique(edition)
    return edition


def _phases(raw: Any) -> Iterator[Phase]:
    for name, body in _mapping(raw, "phases").items():
        where = f"phase {name}"
        first_on, last_on = _days(_mapping(body, where, {"from", "to", "clause"}), where)
        yield Phase(str(name), first_on, last_on, _text(body, "clause", where))


def _cells(body: Mapping[str, Any]) -> Iterator[Cell]:
    for block in _sequence(_need(body, "tables", "the file"), "tables"):
        where = f"table {_text(_mapping(block, 'a table', _BLOCK_KEYS), 'table', 'a table')}"
        settled = {"verified": body["verified"], "unit": "", "note": "", "phase": None} | dict(block)
        for row in _sequence(_need(block, "rows", where), where):
            yield from _row_cells(settled, _mapping(row, f"a row of {where}"), where)


def _row_cells(block: Mapping[str, Any], row: Mapping[str, Any], where: str) -> Iterator[Cell]:
    labels = {name: _word(word, where) for name, word in row.items() if name not in _ROW_KEYS}
    where = f"{where} {labels}"
    for extra, value in _placed(block, row, where):
        yield Cell(
            table=block["table"],
            keys=labels | extra,
            value=_value(value, where),
            unit=str(row.get("unit", block["unit"])),
            clause=_text({"clause": row.get("clause", block.get("clause"))}, "clause", where),
            verified=_verified(row.get("verified", block["verified"]), where),
            note=str(row.get("note", block["note"])),
            phase=row.get("phase", block["phase"]),
        )


def _placed(
    block: Mapping[str, Any], row: Mapping[str, Any], where: str
) -> Iterator[tuple[dict[str, str], Any]]:
    """The values of a row, each with the label of its column."""
    if "columns" not in block:
        yield {}, _need(row, "value", where)
        return
    columns = _mapping(block["columns"], where)
    if len(columns) != 1:
        raise _Wrong(f"{where}: columns have one label; found {list(columns)}")
    ((name, words),) = columns.items()
    values = _sequence(_need(row, "values", where), where)
    if len(values) != len(_sequence(words, where)):
        raise _Wrong(f"{where}: {len(values)} values for {len(words)} columns")
    for word, value in zip(words, values, strict=True):
        yield {name: _word(word, where)}, value


def _phases_exist(edition: Edition) -> None:
    known = {phase.name for phase in edition.phases}
    for cell in edition.cells:
        if cell.phase is not None and cell.phase not in known:
            raise _Wrong(f"{cell.label}: phase {cell.phase!r} is none of {sorted(known)}")


def _labels_are_unique(edition: Edition) -> None:
    seen: dict[tuple[str, frozenset[tuple[str, str]]], set[str | None]] = {}
    for cell in edition.cells:
        phases = seen.setdefault((cell.table, frozenset(cell.keys.items())), set())
        if cell.phase in phases or (phases and (cell.phase is None or None in phases)):
            raise _Wrong(f"{cell.label} stands twice")
        phases.add(cell.phase)


def _days(raw: Any, where: str) -> tuple[date, date | None]:
    body = _mapping(raw, where)
    first_on, last_on = _need(body, "from", where), body.get("to")
    for day in (first_on, last_on):
        if day is not None and type(day) is not date:
            raise _Wrong(f"{where}: {day!r} is not a day; write 2026-03-01")
    if not isinstance(first_on, date):
        raise _Wrong(f"{where}: the first day is empty")
    if last_on is not None and last_on < first_on:
        raise _Wrong(f"{where}: the last day {last_on} lies before the first {first_on}")
    return first_on, last_on


def _value(raw: Any, where: str) -> Value:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str | None):
        raise _Wrong(f"{where}: {raw!r} is neither number, word nor empty")
    return Decimal(raw) if isinstance(raw, int) else raw


def _word(raw: Any, where: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise _Wrong(f"{where}: the label {raw!r} is not a word; put it in quotes")
    return str(raw)


def _verified(raw: Any, where: str) -> Verified:
    if raw not in set(Verified):
        raise _Wrong(f"{where}: verified {raw!r} is none of {[tag.value for tag in Verified]}")
    return Verified(raw)


def _need(body: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in body:
        raise _Wrong(f"{where}: {key} is missing")
    return body[key]


def _text(body: Mapping[str, Any], key: str, where: str) -> str:
    text = _need(body, key, where)
    if isinstance(text, int | Decimal) and not isinstance(text, bool):
        text = str(text)  # a clause such as 4.10 is read as a decimal, which keeps its last zero
    if not isinstance(text, str) or not text.strip():
        raise _Wrong(f"{where}: {key} is {text!r}; write a text")
    return text


def _mapping(raw: Any, where: str, known: Iterable[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise _Wrong(f"{where} is {raw!r}; write a mapping")
    if known is not None and (strange := set(raw) - set(known)):
        raise _Wrong(f"{where}: unknown keys {sorted(map(str, strange))}; known are {sorted(known)}")
    return raw


def _sequence(raw: Any, where: str) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise _Wrong(f"{where}: {raw!r} is not a list with at least one entry")
    return raw
