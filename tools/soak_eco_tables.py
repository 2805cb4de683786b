"""Changes each value of the noise, soil, ecology and risk data files; asks whether a test notices.

    python tools/soak_eco_tables.py [--write docs/soak/eco-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; the first day of an
edition moves by one day, both ways. The edges of `test_eco_edges.py` must show every change, or the data file
holds a value nobody would miss.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.changed_tables import Change, Tables, run

from qingshan.standards.public import Edition


def days(edition: Edition) -> Iterator[Change]:
    """The first day of the edition; these have no phases of their own."""
    for step in (-1, 1):
        moved = edition.first_on + timedelta(days=step)
        yield f"from {moved}", dataclasses.replace(edition, first_on=moved)


TABLES = Tables(
    "eco",
    "noise, soil, ecology and risk tables",
    frozenset({"noise", "soil", "ecology", "risk"}),
    (
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word, a first day by one day. Each time the edges of",
        "`evaluation/tests/{noise,soil,ecology,risk}_edges.yaml` were asked, which hold both sides of every",
        "limit, bound and first day.",
    ),
    days,
    by_subject=True,
)

if __name__ == "__main__":
    sys.exit(run(TABLES, __doc__))
