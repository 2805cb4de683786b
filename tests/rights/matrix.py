"""Reading matrix.yaml: who gets what answer at which address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.rights.town import NOBODY, PEOPLE

EVERYBODY = (*PEOPLE, NOBODY)
OK, FORBIDDEN, HIDDEN, LOG_IN = "ok", "forbidden", "hidden", "log-in"
METHODS = ("get", "post")


class BadLine(ValueError):
    """A line of the matrix that says nothing clear."""


@dataclass(frozen=True, slots=True)
class Line:
    """One address, asked in one way: what each person is to get."""

    name: str
    method: str
    words: tuple[Any, ...]
    answers: Mapping[str, str]
    query: str = ""
    body: Mapping[str, Any] | None = None
    by_token: bool = False

    def __str__(self) -> str:
        words = ", ".join(map(str, self.words))
        return f"{self.method.upper()} {self.name}({words}){'?' + self.query if self.query else ''}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """All lines, and what they speak in."""

    lines: tuple[Line, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)


@cache
def matrix() -> Matrix:
    """Return the matrix as written.

    Raises
    ------
    BadLine
        A line names an unknown answer, person or body, or leaves somebody out.
    """
    told = yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text("utf-8"))
    answers = {name: _spread(name, given, told["groups"]) for name, given in told["answers"].items()}
    lines: list[Line] = []
    for part, by_token in (("addresses", False), ("calls", True)):
        for name, rows in told[part].items():
            for row in rows:
                lines += _lines(name, row, answers, told["bodies"], by_token)
    unused = set(answers) - {method for part in ("addresses", "calls") for method in _named(told[part])}
    if unused:
        raise BadLine(f"answers that no line names: {', '.join(sorted(unused))}")
    return Matrix(tuple(lines), frozenset([*told["addresses"], *told["calls"]]))


def _named(part: Mapping[str, Any]) -> Iterator[str]:
    for rows in part.values():
        for row in rows:
            yield from (row[method] for method in METHODS if method in row)


def _lines(
    name: str, row: Mapping[str, Any], answers: Mapping[str, Any], bodies: Mapping[str, Any], by_token: bool
) -> Iterator[Line]:
    strange = set(row) - {"of", "each", "query", "give", *METHODS}
    if strange or not any(method in row for method in METHODS):
        raise BadLine(f"{name}: {row}")
    given = row.get("give")
    body = bodies[given] if isinstance(given, str) else given
    for words in [[one] for one in row["each"]] if "each" in row else [row.get("of", [])]:
        for method in METHODS:
            if method in row:
                if row[method] not in answers:
                    raise BadLine(f"{name}: no such answers: {row[method]}")
                yield Line(
                    name, method, tuple(words), answers[row[method]], row.get("query", ""),
                    body if method == "post" else None, by_token,
                )  # fmt: skip


def _spread(name: str, given: Mapping[str, list[str]], groups: Mapping[str, list[str]]) -> dict[str, str]:
    """Every person's answer. Who is named goes before a group, a group before ``rest`` (all logged in)."""
    if strange := set(given) - {OK, FORBIDDEN, HIDDEN, LOG_IN}:
        raise BadLine(f"{name}: no such answer: {', '.join(strange)}")
    known = {person: [person] for person in EVERYBODY}
    found: dict[str, str] = {}
    for meaning in (known, groups, {"rest": list(PEOPLE)}):
        for answer, words in given.items():
            for person in (one for word in words for one in meaning.get(word, ())):
                found.setdefault(person, answer)
    if strange := {word for words in given.values() for word in words} - {*known, *groups, "rest"}:
        raise BadLine(f"{name}: unknown: {', '.join(strange)}")
    found.setdefault(NOBODY, LOG_IN)
    if left := set(EVERYBODY) - set(found):
        raise BadLine(f"{name}: nothing is said of {', '.join(sorted(left))}")
    return found
