"""A worker that is killed at any moment loses no event and no job."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("killed_worker.py")
EVENTS, LAST_STEP = 60, 39
PATIENCE_S = 120


class House:
    """Starts the script's processes on one database and one folder."""

    def __init__(self, database, folder):
        self.folder = folder
        self.environment = {
            **os.environ,
            "QINGSHAN_HOME": str(folder),
            "QINGSHAN_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "qingshan.portal.settings",
        }

    def start(self, word):
        return subprocess.Popen(
            [sys.executable, str(SCRIPT), word, str(self.folder)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, word):
        process = self.start(word)
        said, _ = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, said
        return said

    def look(self):
        return json.loads(self.run("look").splitlines()[-1])

    def lines(self, name):
        path = self.folder / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def wait_until(self, there, process):
        ends = time.monotonic() + PATIENCE_S
        while not there():
            if process.poll() is not None or time.monotonic() > ends:
                process.kill()
                pytest.fail(f"the worker did not get there: {process.communicate()[0]}")
            time.sleep(0.02)


class TestKilledWorker:
    def test_events_and_jobs_survive_three_kills(self, own_database, tmp_path):
        house = House(own_database, tmp_path)
        house.run("prepare")
        for goal in (8, 20, 35):
            process = house.start("work")
            house.wait_until(lambda goal=goal: len(house.lines("events")) >= goal, process)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert len(set(house.lines("events"))) < EVENTS  # else nothing was cut short

        other = house.start("work")  # from here on two side by side, which must not do each other's work
        process = house.start("work")
        house.wait_until(lambda: len(set(house.lines("events"))) == EVENTS, process)
        house.wait_until(lambda: house.lines("steps")[-1:] == [LAST_STEP], process)
        house.wait_until(lambda: (found := house.look())["over"] and found["delivered"] == EVENTS, process)
        for worker in (process, other):
            worker.send_signal(signal.SIGTERM)
            said, _ = worker.communicate(timeout=PATIENCE_S)
            assert worker.returncode == 0, said

        found = house.look()
        assert found["announced"] == EVENTS
        # Written in the delivery's own transaction: each exactly once.
        assert found["rows"] == sorted(f"event-{number}" for number in range(EVENTS))
        # Outside the database: at least once.
        assert set(house.lines("events")) == set(range(EVENTS))
        assert found["result"] == {"steps": 40}
        assert found["attempts"] > 1
