"""Changes each value of the water data files by one step and asks whether a test notices.

    python tools/soak_water_tables.py [--write docs/soak/water-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word. The edges of
`test_water_edges.py` must show every change, or the data file holds a value nobody would miss.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.changed_tables import Tables, no_days, run

TABLES = Tables(
    "water",
    "water tables",
    frozenset({"water"}),
    (
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word. Each time `evaluation/tests/water_edges.yaml` was asked, which",
        "holds both sides of every limit, bound and first day.",
    ),
    no_days,
)

if __name__ == "__main__":
    sys.exit(run(TABLES, __doc__))
