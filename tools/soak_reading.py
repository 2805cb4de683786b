"""Reads damaged plans for twenty minutes and asks that each ends in findings or in one clear sentence.

    python tools/soak_reading.py [--minutes 20] [--first 100000] [--write docs/soak/reading.md]

The damage is that of the tests (`reading/tests/plan_damage.py`), made from a running number: words, lines
and cells lost, doubled and moved, words of plans put in, and plain bytes changed. A small plan of every kind
is damaged, and the texts of the real plans where they lie beside the project. A crash, a passage outside the
text, a refusal that is not one sentence, or a file that takes longer than a minute is a fault.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import platform
import resource
import subprocess
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qingshan.reading.tests.plan_damage import damaged, faults_of, samples_of

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "src/qingshan/reading/tests/plans/small.txt"
PLANS = ROOT.parent / "shared" / "plans"
PATIENCE_S = 60


@dataclass
class Tally:
    """What the files came to, by kind of file and end."""

    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "none")

    def count(self, number: int, name: str, data: bytes) -> None:
        """Read one damaged file."""
        began = time.monotonic()
        faulthandler.dump_traceback_later(PATIENCE_S, exit=True)  # a reader that hangs says where, and ends
        try:
            end, faults = faults_of(data)
            self.faults += [f"damaged({number}) of {name}: {fault}" for fault in faults]
        except Exception as crash:
            end = "crash"
            where = traceback.extract_tb(crash.__traceback__)[-1]
            said = f"{type(crash).__name__} in {Path(where.filename).name}:{where.lineno}"
            self.faults.append(f"damaged({number}) of {name}: {said}")
        faulthandler.cancel_dump_traceback_later()
        self.ends[name, end] += 1
        self.slowest = max(self.slowest, (time.monotonic() - began, f"damaged({number}) of {name}"))


def main() -> int:
    """Run the soak; 1 when a file crashed the reader or came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument(
        "--first", type=int, default=100_000, help="number of the first file (tests start at 0)"
    )
    parser.add_argument("--write", type=Path, help="write the dated result")
    args = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells each font it cannot measure
    samples = samples_of(SMALL.read_text(encoding="utf-8"))
    samples |= {f"plan {path.name[:3]}": path.read_bytes() for path in sorted(PLANS.glob("0*.txt"))}
    commit = _commit()  # of what is proven here, not of what others add meanwhile
    tally, started, number = Tally(), time.monotonic(), args.first
    while time.monotonic() - started < args.minutes * 60:
        tally.count(number, *damaged(number, samples))
        number += 1
        if number % 1000 == 0:
            print(f"{number - args.first} files, {len(tally.faults)} faults", file=sys.stderr, flush=True)
    report = _report(tally, commit, range(args.first, number), time.monotonic() - started)
    print(report)
    if args.write:
        args.write.parent.mkdir(parents=True, exist_ok=True)
        args.write.write_text(report, encoding="utf-8")
    return int(bool(tally.faults))


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _report(tally: Tally, commit: str, files: range, seconds: float) -> str:
    names = sorted({name for name, _ in tally.ends})
    ends = sorted({end for _, end in tally.ends})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = [
        f"| {name} | " + " | ".join(str(tally.ends[name, end] or "") for end in ends) + " |" for name in names
    ]
    lines = [
        "# Damaged plans",
        "",
        f"{datetime.now(tz=UTC).date().isoformat()}, commit {commit}, Python {platform.python_version()},"
        f" {seconds:.0f} s. `python tools/soak_reading.py --write docs/soak/reading.md`",
        "",
        f"{len(files):,} files were made from the numbers {files[0]} to {files[-1]}: a small plan of every",
        "kind, and the texts of real plans, damaged in one to six places (`reading/tests/plan_damage.py`).",
        "Each was read as a person's file would be; the table counts how it ended: findings with every",
        "passage inside the text (`read`), or one sentence with this code.",
        "",
        "| damaged | " + " | ".join(ends) + " |",
        "| --- |" + " ---: |" * len(ends),
        *rows,
        "",
        f"Slowest: {tally.slowest[0]:.1f} s, {tally.slowest[1]}. Most memory: {peak} MB.",
        "",
        f"Crashes and wrong ends: {len(tally.faults)}.",
        *(f"- {fault}" for fault in tally.faults[:50]),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
