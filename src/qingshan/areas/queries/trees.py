"""What both trees share: going down by versions, and back or forth by successions.

Each step down is one query for a whole floor of the tree. Trees are at most six floors deep, and
this form runs alike on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import models

from qingshan.areas.models import DepartmentVersion, DistrictVersion, Succession

V = TypeVar("V", DepartmentVersion, DistrictVersion)


@dataclass(frozen=True, slots=True)
class Node(Generic[V]):
    """One line of a tree: a version, how deep it stands, and whether others stand below it."""

    version: V
    depth: int
    has_children: bool


def below(model: type[V], ids: Iterable[int], on: date) -> frozenset[int]:
    """Return these records and all that stand below them on a day."""
    found: set[int] = set(ids)
    floor = set(found)
    while floor:
        under = model.objects.on(on).filter(parent_id__in=floor).values_list("subject_id", flat=True)
        floor = set(under) - found
        found |= floor
    return frozenset(found)


def earlier(model: type[Succession], ids: Iterable[int], on: date) -> frozenset[int]:
    """Return these records and all whose duties have come to them by a day, over any number of steps."""
    return _walk(model, ids, on, from_field="later_id", to_field="earlier_id")


def later(model: type[Succession], ids: Iterable[int], on: date) -> frozenset[int]:
    """Return those at the end of the chain of followers on a day; an empty set when nobody follows."""
    reached = _walk(model, ids, on, from_field="earlier_id", to_field="later_id")
    gone = _rows(model).filter(earlier_id__in=reached, on__lte=on)
    return reached - frozenset(gone.values_list("earlier_id", flat=True))


def _walk(
    model: type[Succession], ids: Iterable[int], on: date, *, from_field: str, to_field: str
) -> frozenset[int]:
    found: set[int] = set(ids)
    step = set(found)
    while step:
        rows = _rows(model).filter(**{f"{from_field}__in": step, "on__lte": on})
        step = {pk for pk in rows.values_list(to_field, flat=True) if pk is not None} - found
        found |= step
    return frozenset(found)


def _rows(model: type[Succession]) -> models.QuerySet[Any]:
    """Every row of a succession table; typed loosely, as ``earlier`` and ``later`` come with the table."""
    return model._default_manager.all()


def arranged(versions: Iterable[V]) -> Iterator[Node[V]]:
    """Yield versions as a tree, parents before children, in the order given among siblings.

    A version whose parent is not among them stands at the top.
    """
    rows = list(versions)
    present = {row.subject_id for row in rows}
    children: dict[int | None, list[V]] = defaultdict(list)
    for row in rows:
        children[row.parent_id if row.parent_id in present else None].append(row)
    waiting = [(row, 0) for row in reversed(children[None])]
    while waiting:
        row, depth = waiting.pop()
        yield Node(row, depth, bool(children[row.subject_id]))
        waiting += [(child, depth + 1) for child in reversed(children[row.subject_id])]
