"""Reading rows.yaml: which marked records each person is shown at which address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.rights.marks import WORDS
from tests.rights.matrix import EVERYBODY, Line


class BadRow(ValueError):
    """A row that says nothing clear."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One address, and to whom it shows which marks; marks it does not name it shows to nobody."""

    line: Line
    marks: Mapping[str, frozenset[str]]

    def to(self, person: str) -> frozenset[str]:
        """The marks that one person is shown."""
        return frozenset(mark for mark, people in self.marks.items() if person in people)


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything the file says."""

    shown: tuple[Shown, ...]
    without: Mapping[str, str]


@cache
def rows() -> Rows:
    """Return the rows as written.

    Raises
    ------
    BadRow
        A row names an unknown mark, person or group.
    """
    told = yaml.safe_load((Path(__file__).parent / "rows.yaml").read_text("utf-8"))
    groups: dict[str, frozenset[str]] = {}
    for name, words in told["groups"].items():
        groups[name] = _people(words, groups)
    sets: dict[str, list[str]] = told["marks"]
    shown = [
        _shown(name, row, groups, sets, by_token)
        for part, by_token in (("addresses", False), ("calls", True))
        for name, found in told[part].items()
        for row in found
    ]
    reasons = {name: reason for reason, names in told["without"].items() for name in names}
    return Rows(tuple(shown), reasons)


def _people(words: list[str] | str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in [words] if isinstance(words, str) else words:
        if word not in groups and word not in EVERYBODY:
            raise BadRow(f"neither a person nor a group: {word}")
        found |= groups.get(word, {word})
    return frozenset(found)


def _shown(
    name: str, row: Mapping[str, Any], groups: Mapping[str, frozenset[str]], sets: Mapping[str, list[str]],
    by_token: bool,
) -> Shown:  # fmt: skip
    if strange := set(row) - {"of", "query", "shows"}:
        raise BadRow(f"{name}: {strange}")
    marks: dict[str, frozenset[str]] = {}
    for words, people in row.get("shows", {}).items():
        for word in words.split(", "):
            for mark in sets.get(word, [word]):
                if mark not in WORDS:
                    raise BadRow(f"{name}: no such mark: {mark}")
                marks[mark] = marks.get(mark, frozenset()) | _people(people, groups)
    line = Line(name, "get", tuple(row.get("of", ())), {}, row.get("query", ""), None, by_token)
    return Shown(line, marks)
