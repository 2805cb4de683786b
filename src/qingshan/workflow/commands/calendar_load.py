"""Load a year's arrangement of holidays and make-up days (载入年度放假安排)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from qingshan.workflow.public import BadCalendar, NothingNew, load_calendar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, help="a YAML file of the shape of workflow/calendar/2026.yaml")


def run(args: argparse.Namespace) -> int:
    """Load the file; 1 with every fault named when it is no arrangement."""
    try:
        text = args.file.read_text("utf-8")
        arrangement = load_calendar(text=text, file_name=args.file.name, by=None, at=timezone.now())
    except (OSError, UnicodeDecodeError, BadCalendar, NothingNew) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{arrangement.year}: {arrangement.title} {arrangement.number}")
    return 0
