"""Serve the pages and the API over HTTP."""

from __future__ import annotations

import argparse
import os

from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=_workers(), help="processes (default 2 a processor)")
    parser.add_argument("--threads", type=int, default=1, help="threads a process (default 1)")


def _workers() -> int:
    """Two processes a processor, at most eight.

    Threads of one process wait for each other at every answer of the database: a long list that four
    processes answer in a tenth of a second took seconds with two threads in each of them.
    """
    return min(8, 2 * (os.cpu_count() or 1))


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    Granian(
        "qingshan.portal.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
    return 0
