"""Changes each value of the emission and carbon data by one step and asks whether a test notices.

    python tools/soak_emission_tables.py [--write docs/soak/emission-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; a first day moves
by one day. The edges of `test_emission_edges.py` must show every change.
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
EDGES = ROOT / "src/qingshan/evaluation/tests/test_emission_edges.py"
SUBJECTS = ("emission", "carbon")


def main() -> int:
    """Run the soak; 1 when a change went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", type=Path, help="write the dated result")
    args = parser.parse_args()
    edges, started = _edges(), time.monotonic()
    counts, unnoticed = Counter[str](), []
    for code, says, editions in _changes():
        counts[code] += 1
        if not _is_noticed(edges, editions):
            unnoticed.append(f"{code} {says}")
        if sum(counts.values()) % 100 == 0:
            print(f"{sum(counts.values())} changes, {len(unnoticed)} unnoticed", file=sys.stderr, flush=True)
    report = _report(counts, unnoticed, time.monotonic() - started)
    print(report)
    if args.write:
        args.write.parent.mkdir(parents=True, exist_ok=True)
        args.write.write_text(report, encoding="utf-8")
    return int(bool(unnoticed))


def _edges() -> ModuleType:
    spec = importlib.util.spec_from_file_location("emission_edges", EDGES)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(EDGES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _changes() -> Iterator[tuple[str, str, list[Edition]]]:
    for edition in shipped():
        if edition.subject not in SUBJECTS:
            continue
        others = [other for other in shipped() if other is not edition]
        for place, cell in enumerate(edition.cells):
            for changed in _changed(cell):
                cells = (*edition.cells[:place], changed, *edition.cells[place + 1 :])
                says = f"{cell.label}: {cell.value} -> {changed.value}"
                yield edition.code, says, [*others, dataclasses.replace(edition, cells=cells)]
        for days in (-1, 1):
            moved = dataclasses.replace(edition, first_on=edition.first_on + timedelta(days=days))
            yield edition.code, f"first day: {moved.first_on}", [*others, moved]
            for place, phase in enumerate(edition.phases):
                shifted = dataclasses.replace(phase, first_on=phase.first_on + timedelta(days=days))
                phases = (*edition.phases[:place], shifted, *edition.phases[place + 1 :])
                says = f"first day of {phase.name}: {shifted.first_on}"
                yield edition.code, says, [*others, dataclasses.replace(edition, phases=phases)]


def _changed(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell.value, Decimal):
        step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
        yield dataclasses.replace(cell, value=cell.value + step)
        yield dataclasses.replace(cell, value=cell.value - step)
    elif cell.value is not None:
        yield dataclasses.replace(cell, value=f"not {cell.value}")


def _is_noticed(edges: ModuleType, editions: list[Edition]) -> bool:
    try:
        return next(edges.disagreements(editions), None) is not None
    except (ValueError, LookupError):
        return True  # refused: an equivalent of zero, a word that means nothing


def _report(counts: Counter[str], unnoticed: list[str], seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    today = datetime.now(tz=UTC).date().isoformat()
    lines = [
        "# Changed values of the emission and carbon tables",
        "",
        f"{today}, commit {commit}, Python {platform.python_version()}, {seconds:.0f} s.",
        "`python tools/soak_emission_tables.py --write docs/soak/emission-tables.md`",
        "",
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word, a first day by one day. Each time",
        "`evaluation/tests/emission_edges.yaml` was asked: both sides of every rate, bound and day.",
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
