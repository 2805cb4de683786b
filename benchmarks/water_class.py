"""Water class and main pollutants of 1 M samples x 21 items: at least 1 M samples a second, one thread.

Samples are whole-number columns in memory. Three loads are measured: the spread of real water
(one sample in six worse than class III), every sample polluted, and one missing value in ten. The
best of seven runs counts, as others share the machine; beside it stands the time of copying the same
bytes with NumPy.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.science.water.columns import MISSING, CodedScale, evaluate, places_needed

SAMPLES = 1_000_000
MARK = 1_000_000
RUNS = 7


def run() -> int:
    """Measure each load and print samples a second; 1 when the mark is missed."""
    scale = WaterRules(None).scale(Water.RIVER)
    coded = CodedScale(scale, tuple(places + 1 for places in places_needed(scale, {})))
    worst = float("inf")
    for name, codes in _loads(coded).items():
        seconds = min(_timed(lambda codes=codes: evaluate(codes, coded)) for _ in range(RUNS))
        copying = min(_timed(codes.copy) for _ in range(RUNS))
        rate = SAMPLES / seconds
        worst = min(worst, rate)
        print(
            f"{name:<24} {rate / 1e6:6.2f} M samples/s"
            f"  ({seconds * 1e3:.0f} ms, {seconds / copying:.1f}x copy)"
        )
    verdict = "met" if worst >= MARK else "MISSED"
    print(f"slowest {worst / 1e6:.2f} M samples/s; mark {MARK / 1e6:.0f} M: {verdict}")
    return int(worst < MARK)


def _loads(coded: CodedScale) -> dict[str, NDArray[np.int32]]:
    random = np.random.default_rng(3838)
    clean = np.array([_third(coded, row) for row in range(len(coded.places))], dtype=np.int32)
    real = np.repeat(clean[:, None], SAMPLES, axis=1)
    polluted = random.random(SAMPLES) < 1 / 6
    for row in (5, 6):  # ammonia and phosphorus decide most often
        real[row, polluted] = random.integers(clean[row], 3 * clean[row], int(polluted.sum()))
    tops = np.array([max(coded.limits(row)) for row in range(len(coded.places))])
    heavy = random.integers(0, (1.05 * tops + 2).astype(int)[:, None], real.shape, dtype=np.int32)
    gaps = heavy.copy()
    gaps[random.random(gaps.shape) < 0.1] = MISSING
    return {"as in real water": real, "every sample polluted": heavy, "one value in ten missing": gaps}


def _third(coded: CodedScale, row: int) -> int:
    """A value that meets class III: its limit, or the middle of a range."""
    limits = coded.limits(row)
    return limits[2] if len(limits) == 5 else sum(limits) // 2


def _timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start
