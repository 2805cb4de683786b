"""What a room calls its own records, for those who hold only their names across rooms (对象名称).

The audit knows refs and no rooms. Each room says on its door, with `namer`, how its kinds of records are
called; who shows entries asks the rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Called", "Namer", "namer"]

#: Kind and keys of some records -> their names and the addresses of their pages ("" where they have none).
Namer = Callable[[str, Collection[str]], Mapping[str, tuple[str, str]]]


def _by_themselves(rows: list[Any]) -> Iterable[str]:
    return map(str, rows)


@dataclass(frozen=True, slots=True)
class Called:
    """How records of one kind are called.

    Parameters
    ----------
    table : model
        Its rows have whole numbers as keys.
    address : callable
        The page of one; "" where it has none.
    names : callable
        The names of some, in their order, in no more queries for many than for one. Left out, a record
        says by itself what it is called.
    related : tuple of str
        What the two above look at beyond the row.
    """

    table: Any
    address: Callable[[Any], str]
    names: Callable[[list[Any]], Iterable[str]] = _by_themselves
    related: tuple[str, ...] = ()


def namer(**kinds: Called) -> Namer:
    """Return a room's ``names_of``; kinds it does not name, and records that are gone, have no name."""

    def names_of(kind: str, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Return name and address of records of one kind by their keys; a few queries for any number."""
        if kind not in kinds:
            return {}
        called = kinds[kind]
        wanted = [int(key) for key in keys if key.isdecimal()]
        rows = list(called.table.objects.filter(pk__in=wanted).select_related(*called.related))
        names = called.names(rows)
        return {str(row.pk): (name, called.address(row)) for row, name in zip(rows, names, strict=True)}

    return names_of
