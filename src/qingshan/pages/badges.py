"""A state as people see it: a word, a tone and a sign, so that colour never speaks alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: Sign of each tone; a badge is read without seeing its colour.
SIGNS = {"good": "✓", "fine": "↗", "warn": "▲", "bad": "✕", "wait": "◔", "idle": "○", "plain": "·"}


@dataclass(frozen=True, slots=True)
class Badge:
    """What a state is called, and its tone: one of the keys of `SIGNS`."""

    label: str
    tone: str = "plain"

    @property
    def sign(self) -> str:
        """The sign that goes with the tone."""
        return SIGNS[self.tone]


def badge_of(state: Any) -> Badge:
    """Return the badge of a state: its ``label`` and ``tone`` when it has them, else its words."""
    return Badge(str(getattr(state, "label", state)), getattr(state, "tone", "plain"))
