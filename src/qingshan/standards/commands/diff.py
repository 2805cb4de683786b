"""Show what differs between two editions or phases. 比较两个版本的差异。"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qingshan.standards.public import UnknownStandard, changes, read_folder, rules_named, shipped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("before", help="an edition, such as 'GB 3095-2012'")
    parser.add_argument("after", help="another one, such as 'GB 3095-2026/final'")
    parser.add_argument("--folder", type=Path, help="also read the data files in this folder")


def run(args: argparse.Namespace) -> int:
    """Print one line per place that differs."""
    known = (*shipped(), *(read_folder(args.folder) if args.folder else ()))
    try:
        found = changes(rules_named(args.before, known), rules_named(args.after, known))
    except UnknownStandard as problem:
        print(problem, file=sys.stderr)
        return 1
    for change in found:
        before, after = ("（无）" if value is None else str(value) for value in change.values)
        print(f"{change.label}\t{before} → {after}")
    print(f"{len(found)} 处不同", file=sys.stderr)
    return 0
