"""Says which column of a table holds what, for tables that are judged row by row (字段映射)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qingshan.evaluation.water_profile import BadProfile
from qingshan.standards.public import BadYaml, read_exact

__all__ = ["SHIPPED", "BadProfile", "RowProfile", "read_row_profile", "row_profiles"]

SHIPPED = Path(__file__).parent / "profiles"
_KEYS = {"subject", "kind", "title", "columns", "ignored", "editions"}


@dataclass(frozen=True, slots=True)
class RowProfile:
    """Columns of a table and how its rows are judged.

    Parameters
    ----------
    name, title : str
    subject, kind : str
        Such as ``noise`` and ``zones``: which evaluation takes the table.
    columns : mapping of field to names
        The first of the names that the table has holds the field.
    ignored : tuple of str
        Columns that are known and not used.
    editions : mapping
        Editions to judge by, by the part they play, instead of those in force.
    """

    name: str
    title: str
    subject: str
    kind: str
    columns: Mapping[str, tuple[str, ...]]
    ignored: tuple[str, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)

    def found_in(self, heading: Sequence[str], needed: Sequence[str]) -> dict[str, str]:
        """Return the column of each field that the table has.

        Raises
        ------
        BadProfile
            A needed field has no column.
        """
        found = {
            name: column
            for name, columns in self.columns.items()
            if (column := next((one for one in columns if one in heading), None)) is not None
        }
        if lacking := [name for name in needed if name not in found]:
            wanted = "；".join(f"{name}（{'、'.join(self.columns.get(name, ()))}）" for name in lacking)
            raise BadProfile(f"{self.name}: 缺少列 {wanted}；表中有 {'、'.join(heading)}")
        return found


def read_row_profile(name_or_path: str, subject: str) -> RowProfile:
    """Return a profile of a subject: a shipped one by name, any other by the path of its YAML file.

    Raises
    ------
    BadProfile
        There is no such profile, or its file does not have the shape of one.

    Examples
    --------
    >>> read_row_profile("noise-zones", "noise").kind
    'zones'
    """
    shipped = SHIPPED / f"{name_or_path}.yaml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        raise BadProfile(f"{name_or_path!r} is no profile; known are {', '.join(row_profiles(subject))}")
    try:
        found = _profile(read_exact(path), path.stem)
    except (BadYaml, TypeError, ValueError, AttributeError, KeyError) as problem:
        raise BadProfile(f"{path.name}: {problem}") from None
    if found.subject != subject:
        raise BadProfile(f"{path.name}: subject is {found.subject!r}, not {subject!r}")
    return found


def row_profiles(subject: str) -> tuple[str, ...]:
    """Return the names of the shipped profiles of a subject."""
    return tuple(
        path.stem for path in sorted(SHIPPED.glob("*.yaml")) if read_exact(path).get("subject") == subject
    )


def _profile(body: Any, name: str) -> RowProfile:
    if not isinstance(body, Mapping):
        raise BadProfile("write a mapping")
    if strange := set(body) - _KEYS:
        raise BadProfile(f"unknown keys {sorted(strange)}; known are {sorted(_KEYS)}")
    return RowProfile(
        name=name,
        title=str(body["title"]),
        subject=str(body["subject"]),
        kind=str(body["kind"]),
        columns={str(field_name): _texts(names) for field_name, names in body["columns"].items()},
        ignored=_texts(body.get("ignored") or []),
        editions=dict(body.get("editions") or {}),
    )


def _texts(names: Any) -> tuple[str, ...]:
    if not isinstance(names, list):
        raise BadProfile(f"{names!r} is not a list")
    return tuple(str(name) for name in names)
