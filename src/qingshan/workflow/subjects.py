"""What assignments are about. This room does not know; the rooms that own the records tell it.

Filled in ``portal/wiring.py``, as the documents are told whose rights they follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.kernel.refs import Ref

__all__ = ["Describe", "Subject", "described", "register_subjects"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as somebody sees it: its kind and name in words, its page, and whether they may assign it."""

    kind: str
    name: str
    url: str
    district_id: int
    may_assign: bool


#: ``(user, refs, on)`` -> those of the records that the person sees, as they stood on the day.
Describe = Callable[[Any, Iterable[Ref], date], Mapping[Ref, Subject]]

_KNOWN: dict[str, Describe] = {}


def register_subjects(family: str, describe: Describe) -> None:
    """Tell how the records of a family (``room.kind``) are described."""
    _KNOWN[family] = describe


def described(user: Any, refs: Iterable[Ref], on: date) -> dict[Ref, Subject]:
    """Return those of some records that somebody sees, described; one call for each room that owns some."""
    asked: defaultdict[Describe, set[Ref]] = defaultdict(set)
    for ref in refs:
        if (describe := _KNOWN.get(ref.family)) is not None:
            asked[describe].add(ref)
    found: dict[Ref, Subject] = {}
    for describe, group in asked.items():
        found |= describe(user, group, on)
    return found
