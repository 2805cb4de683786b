"""Says which column of a table of samples holds what: groundwater, sea, black-odorous water, sewage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.water_profile import SHIPPED, BadProfile
from qingshan.kernel.rounding import exact
from qingshan.standards.public import BadYaml, read_exact

__all__ = ["SampleProfile", "read_sample_profile", "sample_profiles"]


@dataclass(frozen=True, slots=True)
class SampleProfile:
    """Columns of a table of samples, and what the file leaves unsaid.

    Parameters
    ----------
    name, title, subject : str
    place : mapping
        Parts of the name of a place (district, well) to columns, in order; the last one names it.
    time : tuple of str
        Columns that may hold the time; the first one the table has counts.
    columns : mapping of item to column
        What is not named here is recognised by item, Chinese name or HJ 525 code.
    factors : mapping of item to Fraction
        What a printed value is multiplied by to have the unit of its limit.
    ignored : tuple of str
        Columns that are explained and not used.
    possible : mapping of item to pair of Fraction
        Least and greatest value that can be.
    editions : mapping
        Editions to judge by, by the part they play, instead of those in force.
    """

    name: str
    title: str
    subject: str
    place: Mapping[str, str]
    time: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, Fraction] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    possible: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)

    def items_of(self, heading: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
        """Return the column of each item that the table has.

        Parameters
        ----------
        heading : sequence of str
        words : mapping of item, name or code to item

        Raises
        ------
        BadProfile
            No item has a column, or two columns hold one item.
        """
        found = {item: column for item, column in self.columns.items() if column in heading}
        for column in heading:
            item = words.get(column)
            if item is None or column in found.values():
                continue
            if item in found:
                raise BadProfile(f"columns {found[item]!r} and {column!r} both hold {item}")
            found[item] = column
        if not found:
            there = "、".join(heading)
            raise BadProfile(f"{self.name}: 没有项目列 (none of its items has a column)；表中有 {there}")
        return found

    def strangers(self, heading: Sequence[str], items: Mapping[str, str]) -> tuple[str, ...]:
        """Return the columns that nobody explains."""
        known = {*self.place.values(), *self.time, *items.values(), *self.ignored}
        return tuple(column for column in heading if column not in known)


_KEYS = {column.name for column in fields(SampleProfile)} - {"name"}


def read_sample_profile(name_or_path: str, subject: str, parts: Iterable[str]) -> SampleProfile:
    """Return a profile: a shipped one by name, any other by the path of its YAML file.

    Parameters
    ----------
    name_or_path : str
    subject : str
        ``groundwater``, ``sea``, ``black-odor`` or ``sewage``.
    parts : iterable of str
        Parts that editions may be named for.

    Raises
    ------
    BadProfile
        There is no such profile, or its file does not have the shape of one.

    Examples
    --------
    >>> read_sample_profile("groundwater-items", "groundwater", ()).time
    ('时间', '监测时间', '采样日期', '采样时间')
    """
    shipped = SHIPPED / f"{name_or_path}.yaml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        known = ", ".join(sample_profiles(subject))
        raise BadProfile(f"{name_or_path!r} is no profile for {subject}; known are {known}")
    try:
        return _profile(read_exact(path), path.stem, subject, set(parts))
    except (BadYaml, TypeError, ValueError, AttributeError, KeyError) as problem:
        raise BadProfile(f"{path.name}: {problem}") from None


def sample_profiles(subject: str) -> tuple[str, ...]:
    """Return the names of the shipped profiles of a subject."""
    paths = sorted(SHIPPED.glob("*.yaml"))
    return tuple(path.stem for path in paths if read_exact(path).get("subject") == subject)


def _profile(body: Any, name: str, subject: str, parts: set[str]) -> SampleProfile:
    if not isinstance(body, Mapping) or body.get("subject") != subject:
        raise BadProfile(f"subject is not {subject}")
    if strange := set(body) - _KEYS:
        raise BadProfile(f"unknown keys {sorted(strange)}; known are {sorted(_KEYS)}")
    editions = dict(body.get("editions") or {})
    if strange := set(editions) - parts:
        raise BadProfile(f"editions of {sorted(strange)}; known parts are {sorted(parts)}")
    possible = {str(item): _range(ends) for item, ends in (body.get("possible") or {}).items()}
    return SampleProfile(
        name=name,
        title=str(body["title"]),
        subject=subject,
        place={str(part): str(column) for part, column in body["place"].items()},
        time=tuple(str(column) for column in body["time"]),
        columns={str(item): str(column) for item, column in (body.get("columns") or {}).items()},
        factors={str(item): exact(factor) for item, factor in (body.get("factors") or {}).items()},
        ignored=tuple(str(column) for column in body.get("ignored") or ()),
        possible=possible,
        editions=editions,
    )


def _range(ends: Any) -> tuple[Fraction, Fraction]:
    low, high = ends
    return exact(low), exact(high)
