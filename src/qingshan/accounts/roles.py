"""Roles and capabilities, read from their two data files and checked once."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

_HERE = Path(__file__).resolve().parent


class BadRoles(ValueError):
    """A roles or capabilities file says something it may not; the message names the line's key."""


class Reach(StrEnum):
    """How far a capability goes (权限范围)."""

    ALL = "all"
    DISTRICT = "district"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing a person may be allowed to do."""

    key: str
    name: str
    business: bool

    @property
    def label(self) -> str:
        """What it is called in the language spoken."""
        return gettext(self.name)


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of capabilities, each with its reach."""

    key: str
    name: str
    english: str
    aim: str
    reach: Reach
    may: Mapping[str, Reach]
    administrator: bool

    @property
    def label(self) -> str:
        """What it is called in the language spoken."""
        return gettext(self.name)

    @property
    def purpose(self) -> str:
        """What it is for, in the language spoken."""
        return gettext(self.aim)

    @property
    def needs_district(self) -> bool:
        """A grant of this role names a district."""
        return any(reach is not Reach.ALL for reach in self.may.values())

    @property
    def needs_department(self) -> bool:
        """A grant of this role names a department."""
        return any(reach is Reach.DEPARTMENT for reach in self.may.values())


@functools.cache
def capabilities() -> Mapping[str, Capability]:
    """Return every capability by its key, in the order of the file."""
    return read_capabilities((_HERE / "capabilities.yaml").read_text(encoding="utf-8"))


@functools.cache
def roles() -> Mapping[str, Role]:
    """Return every role by its key, in the order of the file."""
    return read_roles((_HERE / "roles.yaml").read_text(encoding="utf-8"), capabilities())


def read_capabilities(text: str) -> Mapping[str, Capability]:
    """Read a capabilities file.

    Raises
    ------
    BadRoles
        A key is not ``room.verb``, or a line lacks its label or mark.
    """
    found = {}
    for key, line in _mapping(text, "capabilities").items():
        if key.count(".") != 1 or set(line) != {"label", "business"} or not line["label"]:
            raise BadRoles(f"{key}: a capability is room.verb with label and business; found {line!r}")
        found[key] = Capability(key, line["label"], bool(line["business"]))
    return found


def read_roles(text: str, known: Mapping[str, Capability]) -> Mapping[str, Role]:
    """Read a roles file.

    Raises
    ------
    BadRoles
        An unknown capability or reach, a word missing, or an administrator who may touch business data.
    """
    return {key: _role(key, line, known) for key, line in _mapping(text, "roles").items()}


def _role(key: str, line: Mapping[str, Any], known: Mapping[str, Capability]) -> Role:
    missing = {"label", "english", "purpose", "reach", "may"} - set(line)
    strange = set(line) - {"label", "english", "purpose", "reach", "may", "administrator"}
    if missing or strange:
        raise BadRoles(f"{key}: missing {sorted(missing)}, not known {sorted(strange)}")
    reach = _reach(key, line["reach"])
    may = {}
    for entry in line["may"]:
        ((capability, own),) = entry.items() if isinstance(entry, dict) else ((entry, reach),)
        if capability not in known:
            raise BadRoles(f"{key}: {capability} is not in capabilities.yaml")
        if capability in may:
            raise BadRoles(f"{key}: {capability} stands there twice")
        may[capability] = _reach(key, own)
    administrator = bool(line.get("administrator", False))
    if administrator and (touched := [one for one in may if known[one].business]):
        raise BadRoles(f"{key}: an administrator may not hold {touched}, which touch business data")
    return Role(key, line["label"], line["english"], line["purpose"], reach, may, administrator)


def _reach(key: str, word: str) -> Reach:
    try:
        return Reach(word)
    except ValueError:
        raise BadRoles(f"{key}: reach {word!r}; allowed are {[one.value for one in Reach]}") from None


def _mapping(text: str, what: str) -> Mapping[str, Any]:
    found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that also refuses repeated keys
    if not isinstance(found, dict) or not all(isinstance(line, dict) for line in found.values()):
        raise BadRoles(f"a {what} file maps each key to its words")
    return found


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(keys)) != len(keys):
            raise BadRoles(f"a key stands twice near line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep=deep)
