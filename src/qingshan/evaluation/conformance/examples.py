"""Worked examples as they stand in a file: what is given, and what should come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingshan.standards.public import BadYaml, read_exact

__all__ = ["BadExampleFile", "Example", "Family", "Unsupported", "read_examples"]


class BadExampleFile(ValueError):
    """The file does not have the shape of a file of examples."""


class Unsupported(Exception):
    """The calculation cannot be made from what is given; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example (算例). Decimals are exact; a text such as ``0.004L`` stays a text.

    ``kind`` is ``published``, ``derived`` or ``published_conflict``; ``strength`` says who
    published it, and is empty where the file does not say.
    """

    id: str
    family: str
    kind: str
    strength: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    note: str = ""

    @property
    def apart(self) -> str:
        """Why it is reported apart from the others: empty for most."""
        if self.kind == "published_conflict":
            return "published_conflict"
        return "third_party" if self.strength == "third_party" else ""


@dataclass(frozen=True, slots=True)
class Family:
    """How the examples of one family are computed and compared.

    Parameters
    ----------
    evaluate : function
        From an example to the keys of ``expected`` that it computes. Numbers are Decimal,
        Fraction or int, rounded as they would be published. Raises `Unsupported` with the reason.
    notes : frozenset of str
        Keys of ``expected`` that are remarks, not results.
    tolerance : mapping
        Keys whose numbers may differ by this much; all others are compared exactly.
    unordered : frozenset of str
        Keys whose lists name a set: pollutants that tie have no order.
    """

    evaluate: Callable[[Example], Mapping[str, Any]]
    notes: frozenset[str] = frozenset()
    tolerance: Mapping[str, Decimal] = field(default_factory=dict)
    unordered: frozenset[str] = frozenset()


def read_examples(path: Path) -> tuple[Example, ...]:
    """Return the examples of a file.

    Raises
    ------
    BadExampleFile
        It holds no list ``examples`` whose entries have id, family (or topic), inputs and expected.
    """
    try:
        body = read_exact(path)
    except (BadYaml, OSError) as problem:
        raise BadExampleFile(f"{path.name}: {problem}") from None
    rows = body.get("examples") if isinstance(body, dict) else None
    if not isinstance(rows, list):
        raise BadExampleFile(f"{path.name}: no list of examples")
    return tuple(_example(row, number, path) for number, row in enumerate(rows, 1))


def _example(row: Any, number: int, path: Path) -> Example:
    try:
        return Example(
            id=str(row["id"]),
            family=str(row["family"] if "family" in row else row["topic"]),
            kind=str(row.get("kind", "derived")),
            strength=str(row.get("strength", "")),
            inputs=dict(row["inputs"]),
            expected=dict(row["expected"]),
            note=str(row.get("note", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadExampleFile(f"{path.name}: example {number} lacks or misshapes {problem}") from None
