"""Changes each value of the air data files by one step and asks whether a test notices.

    python tools/soak_air_tables.py [--write docs/soak/air-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; the first and
last day of an edition or a phase move by one day. The edges of `test_air_edges.py` must show every
change, or the data file holds a value nobody would miss.
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
    """The first days of the edition and of its phases; the phase before ends where the next begins."""
    for step in (-ONE_DAY, ONE_DAY):
        moved = edition.first_on + step
        yield f"first day {moved}", dataclasses.replace(edition, first_on=moved)
        for place, phase in enumerate(edition.phases):
            first = phase.first_on + step
            phases = list(edition.phases)
            phases[place] = dataclasses.replace(phase, first_on=first)
            if place:
                phases[place - 1] = dataclasses.replace(phases[place - 1], last_on=first - ONE_DAY)
            yield f"phase {phase.name} from {first}", dataclasses.replace(edition, phases=tuple(phases))


TABLES = Tables(
    "air",
    "air tables",
    frozenset({"air"}),
    (
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word, an empty place to a number, a first day by one day. Each time",
        "`evaluation/tests/air_edges.yaml` was asked, which holds both sides of every limit, every rung",
        "of every scale, and every first day.",
    ),
    days,
    filled_with=Decimal(10_000),
)

if __name__ == "__main__":
    sys.exit(run(TABLES, __doc__))
