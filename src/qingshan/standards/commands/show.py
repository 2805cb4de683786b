"""Show what an edition says, or what is in force on a day. 显示某版本或某日有效的限值。"""

from __future__ import annotations

import argparse

from qingshan.standards.commands._days import calendar_day
from qingshan.standards.commands._editions import add_folder_argument, editions_for, refusing
from qingshan.standards.public import Cell, NoSuchValue, Rulebook, rules_named, rules_on


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="an edition ('GB 3095-2026/final'), or with --on a standard ('GB 3095')")
    parser.add_argument("--on", type=calendar_day, help="the day of the data, YYYY-MM-DD")
    parser.add_argument("--table", help="only this table")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        type=_label,
        metavar="NAME=WORD",
        help="only values with this label",
    )
    add_folder_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the edition's head and one line per value."""
    return refusing(_show, args)


def _show(args: argparse.Namespace) -> int:
    known = editions_for(args)
    rules = rules_on(args.name, args.on, known) if args.on else rules_named(args.name, known)
    tables = [args.table] if args.table else dict.fromkeys(cell.table for cell in rules.edition.cells)
    cells = [cell for table in tables for cell in rules.cells(table, **dict(args.key))]
    if not cells:
        labels = ", ".join("=".join(label) for label in args.key)
        raise NoSuchValue(f"{rules.name} has no value with {labels}")
    _print_head(rules)
    for cell in cells:
        print(_line(cell))
    return 0


def _label(text: str) -> tuple[str, str]:
    name, equals, word = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r}: write NAME=WORD, such as parameter=PM2.5")
    return name, word


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
