"""Kills a worker while a round is played, and counts what is left. Shared by the test and the long proof."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("killed_round.py")
PATIENCE_S = 300
#: Counted by hand from the story of `killed_round.py`: six departments of three measures, one row of each
#: sent back; one planner, one leader. Who closed the round is not told of it.
NOTICES = {
    "dispatch.opened": 6,
    "dispatch.reported": 24,
    "dispatch.sent_back": 6,
    "dispatch.near": 6,
    "dispatch.closed": 7,
}
REPORTS = 18
#: Steps of the whole round.
STEPS = 56


class House:
    """Starts the script's processes on one database and one folder."""

    def __init__(self, database: str, folder: Path, *, kills: int) -> None:
        self.folder, self.kills = folder, kills
        self.environment = {
            **os.environ,
            "QINGSHAN_HOME": str(folder),
            "QINGSHAN_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "qingshan.portal.settings",
        }

    def start(self, word: str) -> subprocess.Popen[str]:
        """Start one of the script's things."""
        return subprocess.Popen(
            [sys.executable, str(SCRIPT), word, str(self.folder), str(self.kills)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def run(self, word: str) -> str:
        """Do one of the script's things to its end."""
        process = self.start(word)
        said, _nothing = process.communicate(timeout=PATIENCE_S)
        if process.returncode != 0:
            raise AssertionError(said)
        return said

    def look(self) -> dict[str, Any]:
        """Return how things stand."""
        found: dict[str, Any] = json.loads(self.run("look").splitlines()[-1])
        return found

    def lines(self, name: str) -> int:
        """How many lines a file of the script has: steps of the round, deliveries begun."""
        path = self.folder / name
        return len(path.read_text().splitlines()) if path.exists() else 0


def killed_round(house: House, *, dice: random.Random) -> tuple[list[int], dict[str, Any]]:
    """Play a round while its worker is killed at random moments; then let one finish.

    Each kill falls within moments of a delivery's beginning: inside it, or just after.

    Returns
    -------
    tuple of list of int, dict
        How many steps of the round were taken at each kill; and how things stand in the end.
    """
    house.run("prepare")
    played = house.start("play")
    fell = []
    for _kill in range(house.kills):
        begun, ends = house.lines("begun"), time.monotonic() + PATIENCE_S
        worker = house.start("work")
        while house.lines("begun") == begun and worker.poll() is None and time.monotonic() < ends:
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.12))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        fell.append(house.lines("steps"))
        with (house.folder / "kills").open("a") as file:
            file.write("killed\n")
    said, _nothing = played.communicate(timeout=PATIENCE_S)
    if played.returncode != 0:
        raise AssertionError(said)
    return fell, _finished(house)


def _finished(house: House) -> dict[str, Any]:
    """Let a worker that nobody kills deliver the rest; what a killed one took is due after its lease."""
    worker = house.start("work")
    ends = time.monotonic() + PATIENCE_S
    try:
        while True:
            found = house.look()
            if found["undelivered"] == 0 and found["spread"] == found["announced"]:
                return found
            if worker.poll() is not None or time.monotonic() > ends:
                raise AssertionError(f"the worker did not get there: {found}")
            time.sleep(1)
    finally:
        if worker.poll() is None:
            worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=PATIENCE_S)
