"""Changes each value of a family of data files by one step and asks the family's edges whether they notice.

What the programs ``soak_*_tables.py`` share. Each says which files are its own, which days it moves besides
the values, and which edges must show every change: a change that nobody notices is a value that nobody
would miss.
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
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from qingshan.standards.public import Cell, Edition, shipped

ROOT = Path(__file__).resolve().parent.parent
EDGES = ROOT / "src/qingshan/evaluation/tests"

#: What a changed edition is called, and the edition.
Change = tuple[str, Edition]


@dataclasses.dataclass(frozen=True, slots=True)
class Tables:
    """A family of data files, and who must notice a change in them.

    Parameters
    ----------
    name : str
        As in ``soak_<name>_tables.py``, ``test_<name>_edges.py`` and ``docs/soak/<name>-tables.md``.
    told : tuple of str
        What is changed and who is asked, as the result page says it.
    filled_with : Decimal, optional
        The number put into an empty place; None leaves empty places alone.
    days : callable
        The editions with a day moved.
    by_subject : bool
        The edges are asked for the subject that was changed, not for all.
    """

    name: str
    title: str
    subjects: frozenset[str]
    told: tuple[str, ...]
    days: Callable[[Edition], Iterator[Change]]
    filled_with: Decimal | None = None
    by_subject: bool = False

    @property
    def page(self) -> str:
        """Where the result stands."""
        return f"docs/soak/{self.name}-tables.md"

    def edges(self) -> ModuleType:
        """Load the test module that holds both sides of every limit."""
        spec = importlib.util.spec_from_file_location(
            f"{self.name}_edges", EDGES / f"test_{self.name}_edges.py"
        )
        if spec is None or spec.loader is None:
            raise FileNotFoundError(self.name)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # dataclasses look their module up
        spec.loader.exec_module(module)
        return module


def no_days(_edition: Edition) -> Iterator[Change]:
    """Move no day: the edges of the family say days elsewhere."""
    return iter(())


def changes(tables: Tables) -> Iterator[tuple[Edition, str, Edition]]:
    """Return every edition of the family, what is changed in it, and the changed edition."""
    for edition in shipped():
        if edition.subject in tables.subjects:
            for what, changed in (*_values(edition, tables.filled_with), *tables.days(edition)):
                yield edition, what, changed


def run(tables: Tables, about: str | None) -> int:
    """Run one program: 1 when a change went unnoticed, or the unchanged files disagree already."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", type=Path, help="write the dated result")
    args = parser.parse_args()
    edges, started = tables.edges(), time.monotonic()
    counts, unnoticed = Counter[str](), []
    for subject in sorted(tables.subjects):
        if already := next(_disagreements(tables, edges, subject, list(shipped())), None):
            print(f"the unchanged files disagree already: {already}")
            return 1
    for edition, what, changed in changes(tables):
        counts[edition.code] += 1
        others = [other for other in shipped() if other is not edition]
        if not _is_noticed(tables, edges, edition.subject, [*others, changed]):
            unnoticed.append(f"{edition.code} {what}")
        if counts.total() % 200 == 0:
            print(f"{counts.total()} changes, {len(unnoticed)} unnoticed", file=sys.stderr, flush=True)
    report = _report(tables, counts, unnoticed, time.monotonic() - started)
    print(report)
    if args.write:
        args.write.parent.mkdir(parents=True, exist_ok=True)
        args.write.write_text(report, encoding="utf-8")
    return int(bool(unnoticed))


def _values(edition: Edition, filled_with: Decimal | None) -> Iterator[Change]:
    for place, cell in enumerate(edition.cells):
        for changed in _changed(cell, filled_with):
            cells = (*edition.cells[:place], changed, *edition.cells[place + 1 :])
            what = f"{cell.label} {cell.phase or ''}: {cell.value} -> {changed.value}"
            yield what, dataclasses.replace(edition, cells=cells)


def _changed(cell: Cell, filled_with: Decimal | None) -> Iterator[Cell]:
    if isinstance(cell.value, Decimal):
        step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
        yield dataclasses.replace(cell, value=cell.value + step)
        yield dataclasses.replace(cell, value=cell.value - step)
    elif cell.value is not None:
        yield dataclasses.replace(cell, value=f"not {cell.value}")
    elif filled_with is not None:
        yield dataclasses.replace(cell, value=filled_with)


def _disagreements(
    tables: Tables, edges: ModuleType, subject: str, editions: list[Edition]
) -> Iterator[object]:
    found: Iterator[object] = (
        edges.disagreements(subject, editions) if tables.by_subject else edges.disagreements(editions)
    )
    return found


def _is_noticed(tables: Tables, edges: ModuleType, subject: str, editions: list[Edition]) -> bool:
    try:
        return next(_disagreements(tables, edges, subject, editions), None) is not None
    except (ValueError, LookupError, ArithmeticError):
        return True  # refused: limits out of order, a limit of zero, a word that means nothing


def _report(tables: Tables, counts: Counter[str], unnoticed: list[str], seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    lines = [
        f"# Changed values of the {tables.title}",
        "",
        f"{datetime.now(tz=UTC).date().isoformat()}, commit {commit}, Python {platform.python_version()},"
        f" {seconds:.0f} s. `python tools/soak_{tables.name}_tables.py --write {tables.page}`",
        "",
        *tables.told,
        "",
        "| edition | changes |",
        "| --- | ---: |",
        *(f"| {code} | {count} |" for code, count in sorted(counts.items())),
        f"| in all | {counts.total()} |",
        "",
        f"Unnoticed: {len(unnoticed)}.",
        *(f"- {change}" for change in unnoticed),
    ]
    return "\n".join(lines) + "\n"
