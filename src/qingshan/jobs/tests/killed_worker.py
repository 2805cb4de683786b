"""What `test_killed` runs in processes of its own: ``python killed_worker.py prepare|work|look``.

The consumer leaves two witnesses of each event: a row, written in the delivery's transaction, and a
line in a file, which no transaction takes back. The job leaves a line for each step.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402 (models exist once Django has started)
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from qingshan.jobs.commands import worker as command  # noqa: E402
from qingshan.jobs.models import Delivery, Job, OutboxEvent  # noqa: E402
from qingshan.jobs.public import announce, enqueue, job_kind, subscribe  # noqa: E402
from qingshan.jobs.wire import event_name  # noqa: E402

EVENTS = 60
STEPS = 40
PAUSE_S = 0.02


@dataclass(frozen=True)
class Happened:
    """Something happened."""

    number: int


def main(word: str, folder: Path) -> None:
    """Do one of the three things."""

    def hear(event: Happened, *, at: datetime) -> None:
        Group.objects.create(name=f"event-{event.number}")
        _note(folder / "events", event.number)
        time.sleep(PAUSE_S)  # so that a kill falls inside as often as between

    @job_kind("killed.long", title="长作业", attempts=9)
    def long(payload, progress):
        for number in range(STEPS):
            _note(folder / "steps", number)
            progress.step(number + 1, STEPS)
            time.sleep(PAUSE_S)
        return {"steps": STEPS}

    subscribe(Happened, hear, consumer="killed.hear")
    {"prepare": prepare, "work": work, "look": look}[word]()


def prepare() -> None:
    """Make the tables, announce the events, queue the job."""
    call_command("migrate", verbosity=0)
    for number in range(EVENTS):
        with transaction.atomic():
            announce(Happened(number))
    enqueue("killed.long", by=None, at=timezone.now())


def work() -> None:
    """Be ``qingshan worker``."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    sys.exit(command.run(parser.parse_args(["--lease", "2", "--pause", "0.1"])))


def look() -> None:
    """Print how things stand."""
    job = Job.objects.get(kind="killed.long")
    names = Group.objects.filter(name__startswith="event-").values_list("name", flat=True)
    found = {
        "announced": OutboxEvent.objects.filter(name=event_name(Happened)).count(),
        "delivered": Delivery.objects.filter(consumer="killed.hear", delivered_at__isnull=False).count(),
        "rows": sorted(names),
        "over": job.finished_at is not None,
        "attempts": job.attempts,
        "result": job.result,
    }
    sys.stdout.write(json.dumps(found))


def _note(path: Path, number: int) -> None:
    with path.open("a") as file:
        file.write(f"{number}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
