"""Changes each value of the emission and carbon data by one step and asks whether a test notices.

    python tools/soak_emission_tables.py [--write docs/soak/emission-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; a first day moves
by one day. The edges of `test_emission_edges.py` must show every change.
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
    """The first days of the edition and of each of its phases, each for itself."""
    for step in (timedelta(days=-1), timedelta(days=1)):
        moved = edition.first_on + step
        yield f"first day: {moved}", dataclasses.replace(edition, first_on=moved)
        for place, phase in enumerate(edition.phases):
            shifted = dataclasses.replace(phase, first_on=phase.first_on + step)
            phases = (*edition.phases[:place], shifted, *edition.phases[place + 1 :])
            what = f"first day of {phase.name}: {shifted.first_on}"
            yield what, dataclasses.replace(edition, phases=phases)


TABLES = Tables(
    "emission",
    "emission and carbon tables",
    frozenset({"emission", "carbon"}),
    (
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word, a first day by one day. Each time",
        "`evaluation/tests/emission_edges.yaml` was asked: both sides of every rate, bound and day.",
    ),
    days,
)

if __name__ == "__main__":
    sys.exit(run(TABLES, __doc__))
