"""Twenty kills of the worker during a round of dispatch

A round is opened, reported, sent back, accepted, pressed and closed in one process, by its own actions.
Beside it a worker process is killed with SIGKILL at twenty random moments. Afterwards a worker that nobody
kills delivers the rest, and every notice must be there exactly once (`dispatch/tests/killed_round.py`).
"""

from __future__ import annotations

import argparse
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from qingshan.dispatch.tests.killing import NOTICES, REPORTS, STEPS, House, killed_round

ROOT = Path(__file__).resolve().parent.parent
KILLS = 20


def main() -> int:
    """Run the proof and write its page; 1 when it failed."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--write", type=Path, required=True)
    asked.add_argument("--kills", type=int, default=KILLS)
    asked.add_argument("--seed", type=int, default=20261122)
    given = asked.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        house = House(f"sqlite://{folder}/killed.sqlite3", Path(folder), kills=given.kills)
        fell, found = killed_round(house, dice=random.Random(given.seed))
    held = (
        found["notices"] == NOTICES
        and found["undelivered"] == 0
        and found["spread"] == found["announced"]
        and found["reports"] == REPORTS
        and found["round"] == "closed"
    )
    took = round(time.monotonic() - started)
    given.write.write_text(page(given.kills, given.seed, fell, found, took, held), "utf-8")
    return 0 if held else 1


def page(kills: int, seed: int, fell: list[int], found: dict[str, Any], took: int, held: bool) -> str:
    """Return the dated result."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    rows = "\n".join(
        f"| `{name}` | {NOTICES.get(name, 0)} | {count} |" for name, count in sorted(found["notices"].items())
    )
    again = found["attempts"] - found["deliveries"]
    verdict = "Every notice is there exactly once; the outbox is empty." if held else "FAILED: see the table."
    made = f"{time.strftime('%Y-%m-%d', time.gmtime())}, commit {commit}, Python {platform.python_version()}"
    return f"""# Twenty kills of the worker during a round of dispatch

{made}, SQLite, {took} s. `python tools/soak_dispatch.py --write docs/soak/dispatch.md`

A round over six departments of three measures each was opened, reported, sent back, reported anew,
accepted, pressed and closed by its own actions, while its worker was killed with SIGKILL {kills} times at
random moments (seed {seed}). At the kills the round had taken
{", ".join(map(str, fell))} of its {STEPS} steps.
Then one worker that nobody killed delivered the rest.

| notice | expected | there |
| --- | ---: | ---: |
{rows}

Events announced: {found["announced"]}, all spread; deliveries: {found["deliveries"]}, none left over;
attempts that a kill cut short: {again}. Reports approved in the ledger: {found["reports"]} of {REPORTS}.

{verdict}
"""


if __name__ == "__main__":
    sys.exit(main())
