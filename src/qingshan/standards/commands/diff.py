"""Show what differs between two editions or phases. 比较两个版本的差异。"""

from __future__ import annotations

import argparse
import sys

from qingshan.standards.commands._editions import add_folder_argument, editions_for, refusing
from qingshan.standards.public import UnknownStandard, changes, rules_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("before", help="an edition, such as 'GB 3095-2012'")
    parser.add_argument("after", help="another one, such as 'GB 3095-2026/final'")
    add_folder_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print one line per place that differs."""
    return refusing(_diff, args)


def _diff(args: argparse.Namespace) -> int:
    known = editions_for(args)
    one, other = rules_named(args.before, known), rules_named(args.after, known)
    if one.edition.standard != other.edition.standard:
        raise UnknownStandard(f"{one.name} and {other.name} are editions of different standards")
    found = changes(one, other)
    for change in found:
        before, after = ("（无）" if value is None else str(value) for value in change.values)
        print(f"{change.label}\t{before} → {after}")
    print(f"{len(found)} 处不同", file=sys.stderr)
    return 0
