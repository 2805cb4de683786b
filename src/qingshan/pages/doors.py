"""What the head of a room's pages offers: tabs to its other pages, and doors to act."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside this one."""

    label: str | Promise
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Door:
    """A button that leads to where something may be done."""

    label: str | Promise
    url: str
    primary: bool = False
    download: bool = False
