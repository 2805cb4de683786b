"""Importing qingshan.science.air in a new process: at most 0.3 s, NumPy included."""

from __future__ import annotations

import subprocess
import sys

RUNS = 7
MARK = 0.3
CODE = "import time; s = time.perf_counter(); import qingshan.science.air; print(time.perf_counter() - s)"
NUMPY = "import time; s = time.perf_counter(); import numpy; print(time.perf_counter() - s)"


def run() -> int:
    """Measure the best of some runs, and NumPy alone beside it; 1 when the mark is missed."""
    ours, numpy = (min(_seconds(code) for _ in range(RUNS)) for code in (CODE, NUMPY))
    word = "met" if ours <= MARK else "MISSED"
    print(f"{ours:.3f} s, of which NumPy alone {numpy:.3f} s; mark {MARK} s: {word}")
    return int(ours > MARK)


def _seconds(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)
