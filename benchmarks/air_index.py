"""AQI and primary pollutants with ties, 10 M station-hours: at most 8x a NumPy copy, 300x aqi-hub per row.

Six columns of uint16 codes, one value in fifty missing, one thread. The copy goes into memory that is
there already, which is the harder mark; beside it stands a copy that has to be given its memory first,
and the time that encoding takes. aqi-hub (MIT) computes one row at a call: it is installed for the
measurement into an environment that is thrown away, or taken from QINGSHAN_AQI_HUB_PYTHON.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.air_rules import index_rules
from qingshan.science.air import MISSING, IndexTables, as_codes
from qingshan.standards.public import rules_named

ROWS = 10_000_000
RUNS = 5
COPY_MARK = 8
PER_ROW_MARK = 300
AQI_HUB = "aqi-hub==0.3.3"
TOPS = {"SO2_1h": 60, "NO2_1h": 120, "CO_1h": 30, "O3_1h": 260, "PM10_1h": 300, "PM2.5_1h": 200}

HUB_ROWS = 50_000
HUB_CODE = f"""
import random, time
from aqi_hub.aqi_cn.aqi import cal_aqi_cn, cal_primary_pollutant
draw = random.Random(7)
rows = [(draw.randint(1, 200), draw.randint(1, 300), draw.randint(1, 60), draw.randint(1, 120),
         draw.randint(1, 30) / 10, draw.randint(1, 260)) for _ in range({HUB_ROWS})]
best = float("inf")
for _ in range(3):
    start = time.perf_counter()
    for row in rows:
        _, subs = cal_aqi_cn(*row, data_type="hourly")
        cal_primary_pollutant(subs)
    best = min(best, time.perf_counter() - start)
print(best / {HUB_ROWS})
"""


def run() -> int:
    """Measure and print; 1 when a mark is missed."""
    tables = IndexTables.of(index_rules(rules_named("HJ 633-2026"), "hourly"))
    steps = _steps(tables.names)
    encoding = _best(lambda: [as_codes(column) for column in steps], 2)
    codes = np.stack([as_codes(column) for column in steps])
    there = np.empty_like(codes)
    copy = _best(lambda: np.copyto(there, codes), RUNS)
    fresh = _best(codes.copy, RUNS)
    kernel = _best(lambda: tables.evaluate(list(codes)), RUNS)
    print(f"{ROWS:,} station-hours, {codes.nbytes / 1e6:.0f} MB of codes, one thread")
    print(f"copy {copy * 1e3:.1f} ms (with its memory given first: {fresh * 1e3:.1f} ms)")
    print(f"encoding from int64 steps {encoding * 1e3:.0f} ms")
    print(f"kernel {kernel * 1e3:.1f} ms, {kernel / ROWS * 1e9:.2f} ns a row")
    ratio = kernel / copy
    print(f"{ratio:.1f}x copy ({kernel / fresh:.1f}x a copy with fresh memory)", end="; ")
    print(f"mark {COPY_MARK}x: {_word(ratio <= COPY_MARK)}")
    return max(int(ratio > COPY_MARK), _against_rows(kernel / ROWS))


def _against_rows(ours: float) -> int:
    per_row = _aqi_hub_seconds()
    if per_row is None:
        print("aqi-hub could not be installed here: its ratio was not measured")
        return 1
    ratio = per_row / ours
    print(f"aqi-hub {per_row * 1e6:.2f} µs a row: {ratio:.0f}x", end="; ")
    print(f"mark {PER_ROW_MARK}x: {_word(ratio >= PER_ROW_MARK)}")
    return int(ratio < PER_ROW_MARK)


def _aqi_hub_seconds() -> float | None:
    given = os.environ.get("QINGSHAN_AQI_HUB_PYTHON")
    if given:
        return _measured(given)
    with tempfile.TemporaryDirectory() as folder:
        python = str(Path(folder) / "bin" / "python")
        try:
            subprocess.run(
                [sys.executable, "-m", "venv", folder], check=True, capture_output=True, timeout=120
            )
            install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", AQI_HUB]
            subprocess.run(install, check=True, capture_output=True, timeout=180)
        except (OSError, subprocess.SubprocessError):
            return None
        return _measured(python)


def _measured(python: str) -> float:
    done = subprocess.run([python, "-c", HUB_CODE], check=True, capture_output=True, text=True, timeout=300)
    return float(done.stdout)


def _steps(names: tuple[str, ...]) -> list[NDArray[np.int64]]:
    random = np.random.default_rng(633)
    columns = []
    for name in names:
        column = random.integers(1, TOPS[name] * 3, ROWS)
        column[random.random(ROWS) < 0.02] = -1
        columns.append(column)
    assert MISSING in as_codes(columns[0])
    return columns


def _best(work: Callable[[], object], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _word(is_met: bool) -> str:
    return "met" if is_met else "MISSED"
