"""What two contents tell differently (与台账的差异). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.disclosure.vocabulary import Part

__all__ = ["Difference", "differences", "in_words"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, or one whole record, that reads differently; empty words: it is not there."""

    part: Part
    code: str
    name: str
    column: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what the later content tells differently, in the order of the page.

    A value that did not change but speaks of another day, or has another source, is a difference too.
    """
    return list(_between(before, after))


def in_words(cell: Mapping[str, Any] | None) -> str:
    """Return a cell as one line of text: a figure with unit and day, a state with its word."""
    if cell is None:
        return ""
    if cell["kind"] == "figure":
        return _figure(cell)
    if cell["kind"] == "state":
        return f"{cell['label']}（{cell['why']}）" if cell["why"] else str(cell["label"])
    if cell["kind"] == "day":
        return str(cell["day"] or "")
    return str(cell["text"])


def _figure(cell: Mapping[str, Any]) -> str:
    value = cell["number"] if cell["number"] is not None else cell["text"]
    if not value:
        return str(cell["missing"])
    told = f"{value}{cell['unit']}" if cell["number"] is not None else str(value)
    if cell["as_of"]:
        told += _("（截至 %s）") % cell["as_of"]
    return f"{told} {cell['source']}" if cell.get("source") else told


def _between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    old, new = _by_record(before), _by_record(after)
    labels = {**_labels(before), **_labels(after)}
    for part, code in [*new, *(key for key in old if key not in new)]:
        was, now = old.get((part, code)), new.get((part, code))
        if was is None or now is None:
            name = (now or was or {}).get("name", "")
            yield Difference(Part(part), code, name, "", name if was else "", name if now else "")
            continue
        if was["name"] != now["name"]:
            yield Difference(Part(part), code, now["name"], _("名称"), was["name"], now["name"])
        for key in dict.fromkeys([*now["cells"], *was["cells"]]):
            told, tells = in_words(was["cells"].get(key)), in_words(now["cells"].get(key))
            if told != tells:
                yield Difference(Part(part), code, now["name"], labels[part, key], told, tells)


def _by_record(content: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    return {(table["part"], row["code"]): row for table in content["parts"] for row in table["rows"]}


def _labels(content: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {
        (table["part"], column["key"]): column["label"]
        for table in content["parts"]
        for column in table["columns"]
    }
