"""List the editions of every standard, with the days they are in force. 列出标准与版本。"""

from __future__ import annotations

import argparse

from qingshan.standards.commands._editions import add_folder_argument, editions_for, refusing
from qingshan.standards.public import editions_of, standards


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("standard", nargs="?", help="only this standard, such as 'GB 3095'")
    parser.add_argument("--subject", help="only standards of this subject, such as air or water")
    add_folder_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print one line per edition."""
    return refusing(_list, args)


def _list(args: argparse.Namespace) -> int:
    known = editions_for(args)
    for standard in [args.standard] if args.standard else standards(known):
        for edition in editions_of(standard, known):
            if args.subject in (None, edition.subject):
                last = edition.last_on or "……"
                phases = "，".join(f"{phase.name} 自 {phase.first_on}" for phase in edition.phases)
                print(f"{edition.code}\t{edition.first_on} — {last}\t{edition.title}\t{phases}".rstrip())
    return 0
