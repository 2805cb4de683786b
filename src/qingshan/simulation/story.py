"""Reading the fictional county's files (虚构县资料)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from qingshan.simulation import county
from qingshan.standards.public import read_exact

__all__ = ["COUNTY", "STORY", "told"]

COUNTY = Path(county.__file__).parent
STORY = COUNTY / "story"


@cache
def told(name: str) -> Any:
    """Return what one file of the story says: ``values``, ``work``, ``projects`` …; numbers exact."""
    return read_exact(STORY / f"{name}.yaml")
