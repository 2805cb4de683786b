"""Says which column of a table of surface water holds what (字段映射)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.water_rules import STANDARDS, Water, WaterRules
from qingshan.kernel.rounding import exact
from qingshan.standards.public import BadYaml, read_exact

__all__ = ["SHIPPED", "BadProfile", "WaterProfile", "read_water_profile", "shipped_profiles"]

SHIPPED = Path(__file__).parent / "profiles"
_SUBJECT = "surface-water"


class BadProfile(ValueError):
    """The profile cannot be used; the message says which key and what to write."""


@dataclass(frozen=True, slots=True)
class WaterProfile:
    """Columns of a table, and what the file leaves unsaid.

    Parameters
    ----------
    name, title : str
    place : mapping
        Parts of the name of a section (province, basin, section) to columns, in order.
    time : tuple of str
        Columns that may hold the time; the first one the table has counts.
    judged : tuple of str
        Items that take part in the class.
    columns : mapping of item to column
        Empty with ``columns_by_name``: then columns are recognised by item, name or code.
    factors : mapping of item to Fraction
        What a printed value is multiplied by to have the unit of its limit.
    editions : mapping
        Editions to judge by, by the part they play, instead of those in force.
    """

    name: str
    title: str
    place: Mapping[str, str]
    time: tuple[str, ...]
    judged: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    columns_by_name: bool = False
    fetched_on: str = ""
    published_class: str = ""
    status: str = ""
    known_statuses: tuple[str, ...] = ()
    factors: Mapping[str, Fraction] = field(default_factory=dict)
    unrounded_prefix: str = ""
    ignored: tuple[str, ...] = ()
    zero_is_possible: frozenset[str] = frozenset()
    possible: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    section_water: tuple[str, ...] = ()
    water_words: Mapping[str, Water] = field(default_factory=dict)
    water_column: str = ""
    water_if_unknown: Water = Water.RIVER
    editions: Mapping[str, str] = field(default_factory=dict)

    def items_of(self, heading: Sequence[str], rules: WaterRules) -> dict[str, str]:
        """Return the column of each item that the table has.

        Raises
        ------
        BadProfile
            No judged item has a column, or two columns hold one item.
        """
        if self.columns_by_name:
            found = _recognised(heading, rules)
        else:
            found = {item: column for item, column in self.columns.items() if column in heading}
        if not set(found) & set(self.judged):
            raise BadProfile(f"{self.name}: none of its judged items has a column in {list(heading)}")
        return found

    def strangers(self, heading: Sequence[str], items: Mapping[str, str]) -> tuple[str, ...]:
        """Return the columns that nobody explains: unknown codes and names."""
        known = {*self.place.values(), *self.time, *items.values(), *self.ignored}
        known |= {self.fetched_on, self.published_class, self.status, self.water_column}
        prefix = self.unrounded_prefix
        return tuple(
            column for column in heading if column not in known and not (prefix and column.startswith(prefix))
        )


def read_water_profile(name_or_path: str) -> WaterProfile:
    """Return a profile: a shipped one by name, any other by the path of its YAML file.

    Raises
    ------
    BadProfile
        There is no such profile, or its file does not have the shape of one.

    Examples
    --------
    >>> read_water_profile("national-water").judged
    ('pH', 'DO', 'CODMn', 'NH3N', 'TP')
    """
    shipped = SHIPPED / f"{name_or_path}.yaml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        raise BadProfile(f"{name_or_path!r} is no profile; known are {', '.join(shipped_profiles())}")
    try:
        return _profile(read_exact(path), path.stem)
    except (BadYaml, TypeError, ValueError, AttributeError, KeyError) as problem:
        raise BadProfile(f"{path.name}: {problem}") from None


def shipped_profiles() -> tuple[str, ...]:
    """Return the names of the shipped profiles for surface water."""
    return tuple(
        path.stem for path in sorted(SHIPPED.glob("*.yaml")) if read_exact(path).get("subject") == _SUBJECT
    )


_READ_OTHERWISE = {"name", "section_water", "water_words"}
_KEYS = {column.name for column in fields(WaterProfile)} - _READ_OTHERWISE | {"subject", "sections"}


def _profile(body: Any, name: str) -> WaterProfile:
    if not isinstance(body, Mapping) or body.get("subject") != _SUBJECT:
        raise BadProfile(f"subject is not {_SUBJECT}")
    if strange := set(body) - _KEYS:
        raise BadProfile(f"unknown keys {sorted(strange)}; known are {sorted(_KEYS)}")
    editions = dict(body.get("editions") or {})
    if strange := set(editions) - set(STANDARDS):
        raise BadProfile(f"editions of {sorted(strange)}; known parts are {sorted(STANDARDS)}")
    sections = body.get("sections") or {}
    return WaterProfile(
        name=name,
        title=str(body["title"]),
        place={str(part): str(column) for part, column in body["place"].items()},
        time=_texts(body["time"]),
        judged=_texts(body["judged"]),
        columns={str(item): str(column) for item, column in (body.get("columns") or {}).items()},
        columns_by_name=bool(body.get("columns_by_name", False)),
        fetched_on=str(body.get("fetched_on", "")),
        published_class=str(body.get("published_class", "")),
        status=str(body.get("status", "")),
        known_statuses=_texts(body.get("known_statuses", ())),
        factors={str(item): exact(factor) for item, factor in (body.get("factors") or {}).items()},
        unrounded_prefix=str(body.get("unrounded_prefix", "")),
        ignored=_texts(body.get("ignored", ())),
        zero_is_possible=frozenset(_texts(body.get("zero_is_possible", ()))),
        possible={item: _range(ends) for item, ends in (body.get("possible") or {}).items()},
        section_water=_texts(sections.get("water", ())),
        water_words={str(word): Water(kind) for word, kind in (sections.get("words") or {}).items()},
        water_column=str(body.get("water_column", "")),
        water_if_unknown=Water(body.get("water_if_unknown", "river")),
        editions=editions,
    )


def _texts(values: Any) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise BadProfile(f"{values!r} is not a list")
    return tuple(str(value) for value in values)


def _range(ends: Any) -> tuple[Fraction, Fraction]:
    low, high = ends
    return exact(low), exact(high)


_OUTSIDE_TABLE_1 = {"Chla": "Chla", "叶绿素a": "Chla", "SD": "SD", "透明度": "SD"}
"""Items that only the trophic state of lakes asks for: mg/m³ and m."""


def _recognised(heading: Sequence[str], rules: WaterRules) -> dict[str, str]:
    by_word = {item: item for item in rules.names}
    by_word |= {name: item for item, name in rules.names.items()} | rules.codes | _OUTSIDE_TABLE_1
    found: dict[str, str] = {}
    for column in heading:
        item = by_word.get(column)
        if item is None:
            continue
        if item in found:
            raise BadProfile(f"columns {found[item]!r} and {column!r} both hold {item}")
        found[item] = column
    return found
