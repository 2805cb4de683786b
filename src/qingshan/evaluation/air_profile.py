"""Says which column of a table of air holds what (字段映射)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingshan.evaluation.air_rules import POLLUTANTS
from qingshan.standards.public import BadYaml, read_exact

__all__ = ["PARTS", "AirProfile", "BadAirProfile", "read_air_profile", "shipped_air_profiles"]

_SHIPPED = Path(__file__).parent / "profiles"
_SUBJECT = "air"
_UNITS = {"µg/m³": 0, "ug/m3": 0, "mg/m³": 3, "mg/m3": 3}
"""Unit to the power of ten that brings it to µg/m³."""


PARTS = ("index", "limits", "evaluation")
"""What an edition may be named for: HJ 633, GB 3095, HJ 663."""


class BadAirProfile(ValueError):
    """The profile cannot be used; the message says which key and what to write."""


@dataclass(frozen=True, slots=True)
class AirProfile:
    """Columns of a table of air, and what the file leaves unsaid.

    Parameters
    ----------
    name, title : str
    values : str
        ``hour`` or ``day``: what one row speaks of.
    station : tuple of str
        Columns that together name a station.
    time : tuple of str
        Columns that may hold the time; the first one the table has counts.
    columns : mapping of indicator to column
        ``PM2.5_1h``, ``O3_8h`` ...; empty for a narrow table.
    parameter, value : str
        Columns of a narrow table, and ``parameters``: its words to indicators.
    label : str
        Whether an hour is named by its ``end`` or its ``start``.
    hourly_report : mapping
        Edition to the report that an hour is computed as.
    units : mapping of pollutant to unit
        CO is in mg/m³ and all others in µg/m³ when not given.
    plausible : mapping of pollutant to Decimal
        Highest value that is believed, in the unit of the standard.
    published, primary_words : mapping
        Columns of the published index and primary pollutant, and the words of the latter.
    editions : mapping
        ``index``, ``limits``, ``evaluation``: editions to use instead of those in force.
    """

    name: str
    title: str
    values: str
    station: tuple[str, ...]
    time: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    parameter: str = ""
    value: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    city: str = ""
    label: str = "end"
    hourly_report: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    plausible: Mapping[str, Decimal] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    primary_words: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        """One row per pollutant."""
        return bool(self.parameter)

    def time_column(self, heading: Sequence[str]) -> str:
        """Return the column of the time.

        Raises
        ------
        BadAirProfile
            The table has none of them.
        """
        found = next((column for column in self.time if column in heading), None)
        if found is None:
            raise BadAirProfile(
                f"{self.name}: none of the time columns {list(self.time)} is in {list(heading)}"
            )
        return found

    def indicators_of(self, heading: Sequence[str]) -> dict[str, str]:
        """Return the column of each indicator that a wide table has.

        Raises
        ------
        BadAirProfile
            A station column is missing, or no indicator has a column.
        """
        if absent := [column for column in self.station if column not in heading]:
            raise BadAirProfile(
                f"{self.name}: columns {absent} name the station and are not in {list(heading)}"
            )
        found = {name: column for name, column in self.columns.items() if column in heading}
        if not found and not self.is_narrow:
            raise BadAirProfile(f"{self.name}: no indicator has a column in {list(heading)}")
        return found

    def strangers(self, heading: Sequence[str]) -> tuple[str, ...]:
        """Return the columns that nobody explains: unknown codes and names."""
        known = {*self.station, *self.time, *self.columns.values(), *self.published.values(), *self.ignored}
        known |= {self.city, self.parameter, self.value}
        return tuple(column for column in heading if column not in known)

    def power_of_ten(self, pollutant: str) -> int:
        """Return the power of ten between the file's unit and that of the standard: -3 for CO in µg/m³."""
        own = _UNITS["mg/m³" if pollutant == "CO" else "µg/m³"]
        given = self.units.get(pollutant)
        return 0 if given is None else _UNITS[given] - own


def read_air_profile(name_or_path: str) -> AirProfile:
    """Return a profile: a shipped one by name, any other by the path of its YAML file.

    Raises
    ------
    BadAirProfile
        There is no such profile, or its file does not have the shape of one.

    Examples
    --------
    >>> read_air_profile("national-air-hours").columns["O3_1h"]
    'o3_24h'
    """
    shipped = _SHIPPED / f"{name_or_path}.yaml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        raise BadAirProfile(f"{name_or_path!r} is no profile; known are {', '.join(shipped_air_profiles())}")
    try:
        return _profile(read_exact(path), path.stem)
    except (BadYaml, TypeError, ValueError, AttributeError, KeyError) as problem:
        raise BadAirProfile(f"{path.name}: {problem}") from None


def shipped_air_profiles() -> tuple[str, ...]:
    """Return the names of the shipped profiles for air."""
    return tuple(
        path.stem for path in sorted(_SHIPPED.glob("*.yaml")) if read_exact(path)["subject"] == _SUBJECT
    )


_KEYS = {column.name for column in fields(AirProfile)} - {"name"} | {"subject"}
_MAPPINGS = ("columns", "parameters", "hourly_report", "units", "published", "primary_words", "editions")


def _profile(body: Any, name: str) -> AirProfile:
    if not isinstance(body, Mapping) or body.get("subject") != _SUBJECT:
        raise BadAirProfile(f"subject is not {_SUBJECT}")
    if strange := set(body) - _KEYS:
        raise BadAirProfile(f"unknown keys {sorted(strange)}; known are {sorted(_KEYS)}")
    profile = AirProfile(
        name=name,
        title=str(body["title"]),
        values=_one_of(body["values"], ("hour", "day")),
        station=_texts(body["station"]),
        time=_texts(body["time"]),
        parameter=str(body.get("parameter", "")),
        value=str(body.get("value", "")),
        city=str(body.get("city", "")),
        label=_one_of(body.get("label", "end"), ("end", "start")),
        plausible={key: Decimal(value) for key, value in (body.get("plausible") or {}).items()},
        ignored=_texts(body.get("ignored", ())),
        **{key: {str(a): str(b) for a, b in (body.get(key) or {}).items()} for key in _MAPPINGS},
    )
    _check(profile)
    return profile


def _check(profile: AirProfile) -> None:
    named = (*profile.columns, *profile.parameters.values())
    if not named:
        raise BadAirProfile("neither columns nor parameters are given")
    for indicator in named:
        if indicator.split("_")[0] not in POLLUTANTS:
            raise BadAirProfile(f"{indicator!r} is no indicator; write PM2.5_1h, O3_8h ...")
    for pollutant, unit in profile.units.items():
        _one_of(unit, tuple(_UNITS))
        _one_of(pollutant, POLLUTANTS)
    for part in profile.editions:
        _one_of(part, PARTS)


def _one_of(word: Any, known: Sequence[str]) -> str:
    if word not in known:
        raise BadAirProfile(f"{word!r} is none of {list(known)}")
    return str(word)


def _texts(values: Any) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise BadAirProfile(f"{values!r} is not a list")
    return tuple(str(value) for value in values)
