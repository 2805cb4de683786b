"""Run the long proofs and keep their dated results: ``./qs soak`` all of them, ``./qs soak air_tables`` one.

A long proof is a program ``tools/soak_<name>.py``. It takes ``--write PAGE``, writes there what was done, on
which day, at which commit and how long it took, and ends with something other than 0 when the proof failed.
The page is ``docs/soak/<name>.md``; a result is committed like any other page.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "docs" / "soak"


def main(wanted: Sequence[str]) -> int:
    """Run the named proofs, or all; 1 when one failed, 2 when there is no such proof."""
    known = proofs()
    if wanted == ["--list"]:
        print("\n".join(f"{name:<24}{subject(program)}" for name, program in known.items()))
        return 0
    if unknown := sorted(set(wanted) - set(known)):
        print(f"no such proof: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = [name for name in wanted or known if not run(name, known[name])]
    subprocess.run([sys.executable, str(ROOT / "tools" / "handbook.py")], check=True)  # lists the new page
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def proofs() -> Mapping[str, Path]:
    """Return the program of each proof, by its name."""
    programs = sorted((ROOT / "tools").glob("soak_*.py"))
    return {program.stem.removeprefix("soak_"): program for program in programs}


def subject(program: Path) -> str:
    """Return what a program proves, without running it."""
    said = ast.get_docstring(ast.parse(program.read_text("utf-8"))) or ""
    return said.partition("\n")[0]


def run(name: str, program: Path) -> bool:
    """Run one proof and return whether it held."""
    page = RESULTS / f"{name.replace('_', '-')}.md"
    print(f"== {name}: {subject(program)}", flush=True)
    started = time.monotonic()
    done = subprocess.run([sys.executable, str(program), "--write", str(page)], cwd=ROOT, check=False)
    said = "held" if done.returncode == 0 else f"FAILED (exit {done.returncode})"
    print(f"   {said} after {time.monotonic() - started:.0f} s; {page.relative_to(ROOT)}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
