"""Changes each value of the air data files by one step and asks whether a test notices.

    python tools/soak_air_tables.py [--write docs/soak/air-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; the first and
last day of an edition or a phase move by one day. The edges of `test_air_edges.py` must show every
change, or the data file holds a value nobody would miss.
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
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from qingshan.standards.public import Cell, Edition, shipped

ROOT = Path(__file__).resolve().parent.parent
EDGES = ROOT / "src/qingshan/evaluation/tests/test_air_edges.py"
ONE_DAY = timedelta(days=1)


def main() -> int:
    """Run the soak; 1 when a change went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", type=Path, help="write the dated result")
    args = parser.parse_args()
    edges, started = _edges(), time.monotonic()
    if already := next(edges.disagreements(list(shipped())), None):
        print(f"the unchanged files disagree already: {already}")
        return 1
    counts, unnoticed = Counter[str](), []
    for edition in shipped():
        if edition.subject != "air":
            continue
        others = [other for other in shipped() if other is not edition]
        for what, changed in _changes(edition):
            counts[edition.code] += 1
            if not _is_noticed(edges, [*others, changed]):
                unnoticed.append(f"{edition.code} {what}")
        print(f"{edition.code}: {counts[edition.code]} changes", file=sys.stderr, flush=True)
    report = _report(counts, unnoticed, time.monotonic() - started)
    print(report)
    if args.write:
        args.write.parent.mkdir(parents=True, exist_ok=True)
        args.write.write_text(report, encoding="utf-8")
    return int(bool(unnoticed))


def _edges() -> ModuleType:
    spec = importlib.util.spec_from_file_location("air_edges", EDGES)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(EDGES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _changes(edition: Edition) -> Iterator[tuple[str, Edition]]:
    for place, cell in enumerate(edition.cells):
        for changed in _changed(cell):
            cells = (*edition.cells[:place], changed, *edition.cells[place + 1 :])
            what = f"{cell.label} {cell.phase or ''}: {cell.value} -> {changed.value}"
            yield what, dataclasses.replace(edition, cells=cells)
    for moved in _moved(edition.first_on):
        yield f"first day {moved}", dataclasses.replace(edition, first_on=moved)
    for place, phase in enumerate(edition.phases):
        for moved in _moved(phase.first_on):
            phases = list(edition.phases)
            phases[place] = dataclasses.replace(phase, first_on=moved)
            if place:
                phases[place - 1] = dataclasses.replace(phases[place - 1], last_on=moved - ONE_DAY)
            yield f"phase {phase.name} from {moved}", dataclasses.replace(edition, phases=tuple(phases))


def _moved(day: date) -> tuple[date, date]:
    return day - ONE_DAY, day + ONE_DAY


def _changed(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell.value, Decimal):
        step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
        yield dataclasses.replace(cell, value=cell.value + step)
        yield dataclasses.replace(cell, value=cell.value - step)
    elif cell.value is not None:
        yield dataclasses.replace(cell, value=f"not {cell.value}")
    else:
        yield dataclasses.replace(cell, value=Decimal(10_000))


def _is_noticed(edges: ModuleType, editions: list[Edition]) -> bool:
    try:
        return next(edges.disagreements(editions), None) is not None
    except (ValueError, LookupError, ArithmeticError):
        return True  # refused: limits out of order, a limit of zero, a word that means nothing


def _report(counts: Counter[str], unnoticed: list[str], seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    lines = [
        "# Changed values of the air tables",
        "",
        f"{datetime.now(tz=UTC).date().isoformat()}, commit {commit}, Python {platform.python_version()},"
        f" {seconds:.0f} s. `python tools/soak_air_tables.py --write docs/soak/air-tables.md`",
        "",
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word, an empty place to a number, a first day by one day. Each time",
        "`evaluation/tests/air_edges.yaml` was asked, which holds both sides of every limit, every rung",
        "of every scale, and every first day.",
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
