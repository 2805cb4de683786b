"""How the commands of this room read a day."""

from __future__ import annotations

import argparse
from datetime import date

__all__ = ["calendar_day"]


def calendar_day(text: str) -> date:
    """Return the day that an argument names; argparse prints what is wrong with it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2026-03-01") from None
