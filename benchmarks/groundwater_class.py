"""Class of 1 M groundwater samples and of 1 M sea samples: at least 1 M samples/s each, one thread.

Samples are whole-number columns in memory, measured in one run beside a NumPy copy of the same bytes.
Groundwater is judged by its 39 regular items and by all 93; the sea by the six items of national
bulletins and by all 34. The best of seven runs counts, as others share the machine. Values are spread
over all classes, one in ten is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.groundwater_rules import GroundwaterRules
from qingshan.evaluation.sea_rules import GRADING_ITEMS, SeaRules
from qingshan.science.class_ladder import NO_VALUE, ClassLadder, CodedLadder, class_columns
from qingshan.science.water.columns import places_of

SAMPLES = 1_000_000
MARK = 1_000_000
RUNS = 7


def run() -> int:
    """Measure each load and print samples a second; 1 when the mark is missed."""
    groundwater, sea = GroundwaterRules(None), SeaRules(None)
    loads = {
        "groundwater, 39 items": groundwater.scale(groundwater.regular_items).ladders,
        "groundwater, 93 items": groundwater.scale().ladders,
        "sea, 6 items": sea.scale(GRADING_ITEMS).ladders,
        "sea, 34 items": sea.scale().ladders,
    }
    worst = float("inf")
    for name, ladders in loads.items():
        coded = _coded(ladders)
        codes = _codes(coded)
        seconds = min(_timed(lambda: _overall(codes, coded)) for _ in range(RUNS))  # noqa: B023 - called at once
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


def _overall(codes: NDArray[np.int32], coded: tuple[CodedLadder, ...]) -> NDArray[np.uint8]:
    worst: NDArray[np.uint8] = class_columns(codes, coded).max(axis=0)
    return worst


def _coded(ladders: Iterable[ClassLadder]) -> tuple[CodedLadder, ...]:
    return tuple(
        CodedLadder(ladder, 1 + max(places_of(fall.limit) for fall in ladder.falls)) for ladder in ladders
    )


def _codes(coded: tuple[CodedLadder, ...]) -> NDArray[np.int32]:
    random = np.random.default_rng(14848)
    tops = [max(limit for _, limit, _ in ladder.falls) for ladder in coded]
    codes = np.empty((len(coded), SAMPLES), dtype=np.int32)
    for row, top in enumerate(tops):
        codes[row] = random.integers(0, top + top // 20 + 2, SAMPLES)
        codes[row, random.random(SAMPLES) < 0.1] = NO_VALUE
    return codes


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
