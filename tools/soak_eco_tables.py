"""Changes each value of the noise, soil, ecology and risk data files; asks whether a test notices.

    python tools/soak_eco_tables.py [--write docs/soak/eco-tables.md]

A number moves by one unit of its last digit, up and down; a word becomes another word; the first day of an
edition moves by one day, both ways. The edges of `test_eco_edges.py` must show every change, or the data file
holds a value nobody would miss.
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
EDGES = ROOT / "src/qingshan/evaluation/tests/test_eco_edges.py"
SUBJECTS = ("noise", "soil", "ecology", "risk")


def main() -> int:
    """Run the soak; 1 when a change went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", type=Path, help="write the dated result")
    args = parser.parse_args()
    edges, started = _edges(), time.monotonic()
    counts, unnoticed = Counter[str](), []
    for edition, what, changed in _changes():
        counts[edition.code] += 1
        others = [other for other in shipped() if other is not edition]
        if not _is_noticed(edges, edition.subject, [*others, changed]):
            unnoticed.append(f"{edition.code} {what}")
        if sum(counts.values()) % 100 == 0:
            print(f"{sum(counts.values())} changes, {len(unnoticed)} unnoticed", file=sys.stderr, flush=True)
    report = _report(counts, unnoticed, time.monotonic() - started)
    print(report)
    if args.write:
        args.write.parent.mkdir(parents=True, exist_ok=True)
        args.write.write_text(report, encoding="utf-8")
    return int(bool(unnoticed))


def _edges() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eco_edges", EDGES)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(EDGES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _changes() -> Iterator[tuple[Edition, str, Edition]]:
    for edition in shipped():
        if edition.subject not in SUBJECTS:
            continue
        for days in (-1, 1):
            moved = edition.first_on + timedelta(days=days)
            yield edition, f"from {moved}", dataclasses.replace(edition, first_on=moved)
        for place, cell in enumerate(edition.cells):
            for changed in _changed(cell):
                cells = (*edition.cells[:place], changed, *edition.cells[place + 1 :])
                words = f"{cell.label}: {cell.value} -> {changed.value}"
                yield edition, words, dataclasses.replace(edition, cells=cells)


def _changed(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell.value, Decimal):
        step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
        yield dataclasses.replace(cell, value=cell.value + step)
        yield dataclasses.replace(cell, value=cell.value - step)
    elif cell.value is not None:
        yield dataclasses.replace(cell, value=f"not {cell.value}")


def _is_noticed(edges: ModuleType, subject: str, editions: list[Edition]) -> bool:
    try:
        return next(edges.disagreements(subject, editions), None) is not None
    except (ValueError, LookupError):
        return True  # refused: values out of order, a word that means nothing


def _report(counts: Counter[str], unnoticed: list[str], seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    lines = [
        "# Changed values of the noise, soil, ecology and risk tables",
        "",
        f"{datetime.now(tz=UTC).date().isoformat()}, commit {commit}, Python {platform.python_version()},"
        f" {seconds:.0f} s. `python tools/soak_eco_tables.py --write docs/soak/eco-tables.md`",
        "",
        "Every value of the data files was changed, one at a time: a number by one unit of its last digit",
        "up and down, a word to another word, a first day by one day. Each time the edges of",
        "`evaluation/tests/{noise,soil,ecology,risk}_edges.yaml` were asked, which hold both sides of every",
        "limit, bound and first day.",
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
