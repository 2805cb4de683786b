"""Reading the fictional county's files (虚构县资料)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from qingshan.simulation import campaign, county
from qingshan.standards.public import read_exact

__all__ = ["CAMPAIGN", "COUNTY", "told"]

#: Each folder holds a plan's pack and, in ``story``, what happened under it.
COUNTY = Path(county.__file__).parent
CAMPAIGN = Path(campaign.__file__).parent


@cache
def told(pack: Path, name: str) -> Any:
    """Return what one file of a plan's story says: ``values``, ``work``, ``projects`` …; numbers exact."""
    return read_exact(pack / "story" / f"{name}.yaml")
