"""Changes each value and day of the tables of groundwater, sea, sewage and the like, and asks who notices.

    python tools/soak_waters_tables.py [--write docs/soak/waters-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; an empty place is
filled; the first day of an edition or phase moves by one day. The edges of `test_waters_edges.py` must show
every change, or the data file holds a value nobody would miss.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from qingshan.standards.public import Cell, Edition, shipped

ROOT = Path(__file__).resolve().parent.parent
EDGES = ROOT / "src/qingshan/evaluation/tests/test_waters_edges.py"
PAGE = "docs/soak/waters-tables.md"


def main() -> int:
    """Run the soak; 1 when a change went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", type=Path, help="write the dated result")
    args = parser.parse_args()
    edges, started = _edges(), time.monotonic()
    counts, unnoticed = Counter[str](), []
    for edition, change, changed in _changes(edges.SUBJECTS):
        counts[edition.code] += 1
        others = [other for other in shipped() if other is not edition]
        if not _is_noticed(edges, [*others, changed]):
            unnoticed.append(f"{edition.code} {change}")
        if sum(counts.values()) % 200 == 0:
            print(f"{sum(counts.values())} changes, {len(unnoticed)} unnoticed", file=sys.stderr, flush=True)
    report = _report(counts, unnoticed, time.monotonic() - started)
    print(report)
    if args.write:
        args.write.parent.mkdir(parents=True, exist_ok=True)
        args.write.write_text(report, encoding="utf-8")
    return int(bool(unnoticed))


def _edges() -> ModuleType:
    spec = importlib.util.spec_from_file_location("waters_edges", EDGES)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(EDGES)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _changes(subjects: frozenset[str]) -> Iterator[tuple[Edition, str, Edition]]:
    for edition in shipped():
        if edition.subject in subjects:
            yield from ((edition, change, changed) for change, changed in _days(edition))
            yield from ((edition, change, changed) for change, changed in _values(edition))


def _days(edition: Edition) -> Iterator[tuple[str, Edition]]:
    for days in (-1, 1):
        step = timedelta(days=days)
        first = edition.first_on + step
        phases = edition.phases and (
            dataclasses.replace(edition.phases[0], first_on=first),
            *edition.phases[1:],
        )
        yield f"first day {days:+d}", dataclasses.replace(edition, first_on=first, phases=phases)
        for place, phase in enumerate(edition.phases[1:], 1):
            moved = dataclasses.replace(phase, first_on=phase.first_on + step)
            before = dataclasses.replace(
                edition.phases[place - 1], last_on=moved.first_on - timedelta(days=1)
            )
            changed = (*edition.phases[: place - 1], before, moved, *edition.phases[place + 1 :])
            yield f"phase {phase.name} {days:+d}", dataclasses.replace(edition, phases=changed)


def _values(edition: Edition) -> Iterator[tuple[str, Edition]]:
    for place, cell in enumerate(edition.cells):
        for changed in _changed(cell):
            cells = (*edition.cells[:place], changed, *edition.cells[place + 1 :])
            yield (
                f"{cell.label}: {cell.value} -> {changed.value}",
                dataclasses.replace(edition, cells=cells),
            )


def _changed(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell.value, Decimal):
        step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
        yield dataclasses.replace(cell, value=cell.value + step)
        yield dataclasses.replace(cell, value=cell.value - step)
    elif cell.value is None:
        yield dataclasses.replace(cell, value=Decimal(1))
    else:
        yield dataclasses.replace(cell, value=f"not {cell.value}")


def _is_noticed(edges: ModuleType, editions: list[Edition]) -> bool:
    try:
        return next(edges.disagreements(editions), None) is not None
    except (ValueError, LookupError):
        return True  # refused: limits out of order, a word that means nothing


def _report(counts: Counter[str], unnoticed: list[str], seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    lines = [
        "# Changed values of the tables of groundwater, sea and sewage",
        "",
        f"{datetime.now(tz=UTC).date().isoformat()}, commit {commit}, Python {platform.python_version()},"
        f" {seconds:.0f} s. `python tools/soak_waters_tables.py --write {PAGE}`",
        "",
        "Every value of the data files of groundwater, sea, black-odorous water, sewage, outfalls and flow",
        "was changed, one at a time: a number by one unit of its last digit up and down, a word to another",
        "word, an empty place to a number, a first day by one day. Each time the edges of",
        "`evaluation/tests/waters_edges.yaml` were asked: both sides of every limit, bound and first day.",
        "",
        "| edition | changes |",
        "| --- | ---: |",
        *(f"| {code} | {count} |" for code, count in sorted(counts.items())),
        f"| in all | {sum(counts.values())} |",
        "",
        f"Unnoticed: {len(unnoticed)}.",
        *(f"- {change}" for change in unnoticed),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
