"""Changes each value and day of the tables of groundwater, sea, sewage and the like, and asks who notices.

    python tools/soak_waters_tables.py [--write docs/soak/waters-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; an empty place is
filled; the first day of an edition or phase moves by one day. The edges of `test_waters_edges.py` must show
every change, or the data file holds a value nobody would miss.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.changed_tables import Change, Tables, run

from qingshan.standards.public import Edition

ONE_DAY = timedelta(days=1)


def days(edition: Edition) -> Iterator[Change]:
    """The first day of the edition with its first phase, and that of each later phase."""
    for step in (-ONE_DAY, ONE_DAY):
        first = edition.first_on + step
        phases = edition.phases and (
            dataclasses.replace(edition.phases[0], first_on=first),
            *edition.phases[1:],
        )
        yield f"first day {first}", dataclasses.replace(edition, first_on=first, phases=phases)
        for place, phase in enumerate(edition.phases[1:], 1):
            moved = dataclasses.replace(phase, first_on=phase.first_on + step)
            before = dataclasses.replace(edition.phases[place - 1], last_on=moved.first_on - ONE_DAY)
            changed = (*edition.phases[: place - 1], before, moved, *edition.phases[place + 1 :])
            yield f"phase {phase.name} from {moved.first_on}", dataclasses.replace(edition, phases=changed)


TABLES = Tables(
    "waters",
    "tables of groundwater, sea and sewage",
    frozenset({"groundwater", "sea", "blackodor", "sewage", "outfalls", "flow"}),
    (
        "Every value of the data files of groundwater, sea, black-odorous water, sewage, outfalls and flow",
        "was changed, one at a time: a number by one unit of its last digit up and down, a word to another",
        "word, an empty place to a number, a first day by one day. Each time the edges of",
        "`evaluation/tests/waters_edges.yaml` were asked: both sides of every limit, bound and first day.",
    ),
    days,
    filled_with=Decimal(1),
)

if __name__ == "__main__":
    sys.exit(run(TABLES, __doc__))
