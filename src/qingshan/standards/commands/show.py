"""Show what an edition says, or what is in force on a day. 显示某版本或某日有效的限值。"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from qingshan.standards.public import (
    BeforeFirstEdition,
    Cell,
    NoEditionInForce,
    NoSuchValue,
    Rulebook,
    UnknownStandard,
    read_folder,
    rules_named,
    rules_on,
    shipped,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="an edition ('GB 3095-2026/final'), or with --on a standard ('GB 3095')")
    parser.add_argument("--on", type=date.fromisoformat, help="the day of the data, YYYY-MM-DD")
    parser.add_argument("--table", help="only this table")
    parser.add_argument(
        "--key", action="append", default=[], metavar="NAME=WORD", help="only values with this label"
    )
    parser.add_argument("--folder", type=Path, help="also read the data files in this folder")


def run(args: argparse.Namespace) -> int:
    """Print the edition's head and one line per value."""
    known = (*shipped(), *(read_folder(args.folder) if args.folder else ()))
    keys = dict(label.split("=", 1) for label in args.key)
    try:
        rules = rules_on(args.name, args.on, known) if args.on else rules_named(args.name, known)
        tables = [args.table] if args.table else dict.fromkeys(cell.table for cell in rules.edition.cells)
        cells = [cell for table in tables for cell in rules.cells(table, **keys)]
    except (BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnknownStandard) as problem:
        print(problem, file=sys.stderr)
        return 1
    _print_head(rules)
    for cell in cells:
        print(_line(cell))
    return 0


def _print_head(rules: Rulebook) -> None:
    edition = rules.edition
    print(f"{rules.name} {edition.title}")
    print(f"有效：{edition.first_on} — {edition.last_on or '……'}")
    print(f"核实：{edition.verified}（{edition.how_verified}）")
    for note in edition.notes:
        print(f"注：{note}")


def _line(cell: Cell) -> str:
    value = "（空）" if cell.value is None else str(cell.value)
    note = f"\t{cell.note}" if cell.note else ""
    return f"{cell.label}\t{value} {cell.unit}".rstrip() + f"\t{cell.clause}\t{cell.verified}{note}"
