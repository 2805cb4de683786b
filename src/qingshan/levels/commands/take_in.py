"""Check a signed package and take it in: a submission from below, or a receipt from above."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from qingshan.levels import actions
from qingshan.levels.errors import LevelsRefusal
from qingshan.levels.packages.reading import PACKAGE_AT_MOST


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, help="the package, a .qsl file")


def run(args: argparse.Namespace) -> int:
    """Take it in wholly or not at all; 1 when it is refused, saying why."""
    try:
        with args.file.open("rb") as file:
            data = file.read(PACKAGE_AT_MOST + 1)
        done = actions.import_package(data=data, by=None, at=timezone.now())
    except (LevelsRefusal, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    submission = done.submission
    print(f"{done.kind.label}核验无误：报送 {submission.pk}，{submission}，现为“{submission.phase.label}”。")
    return 0
