"""Run background jobs, schedules and event deliveries until stopped (后台进程)."""

from __future__ import annotations

import argparse
import logging
import signal
from datetime import timedelta
from types import FrameType

from qingshan.jobs.public import Worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--slots", type=int, default=2, help="jobs run side by side (default 2)")
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    parser.add_argument(
        "--pause", type=float, default=1.0, metavar="SECONDS", help="an idle worker looks again after this"
    )
    parser.add_argument(
        "--lease",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="a job is taken from a process silent for so long; the same for all workers of one database",
    )


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; running jobs then go back to the queue at their next step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(threadName)s %(levelname)s %(message)s")
    worker = Worker(slots=args.slots, pause_s=args.pause, lease=timedelta(seconds=args.lease))
    if args.once:
        print(f"{worker.drain()} jobs run")
        return 0

    def stop(number: int, frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"worker {worker.name} is at work; Ctrl+C ends it", flush=True)
    worker.run()
    return 0
