"""Enter administrative divisions: the bundled ones, or those of a folder of code tables.

Districts already there stay as they are. Everything is entered, or nothing.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from django.utils import timezone

from qingshan.areas.actions import load_divisions
from qingshan.areas.divisions import BadList, bundled, read_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folder", nargs="?", type=Path, help="folder of code tables (without it: the bundled divisions)"
    )
    parser.add_argument("--within", default="", help="only codes that begin so, such as 44 or 4407")
    parser.add_argument(
        "--from",
        dest="valid_from",
        type=date.fromisoformat,
        default=date(2020, 1, 1),
        help="first day on which they hold (default 2020-01-01)",
    )


def run(args: argparse.Namespace) -> int:
    """Read, enter, say how many."""
    try:
        rows = read_folder(args.folder, within=args.within) if args.folder else bundled()
    except (BadList, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    entered = load_divisions(rows, valid_from=args.valid_from, by=None, at=timezone.now())
    print(f"载入辖区 {entered} 个，已在的 {len(rows) - entered} 个未动。")
    return 0
