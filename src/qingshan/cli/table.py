"""Every command there is, and the module that holds it. The handbook is tested against this table."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMMANDS", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: where it lives, what it is for, and whether Django must be started first."""

    module: str
    help: str
    needs_server: bool = True


COMMANDS: dict[tuple[str, ...], Entry] = {}
