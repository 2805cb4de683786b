"""Show the working calendar: the years loaded, or one year's holidays and make-up days (工作日历)."""

from __future__ import annotations

import argparse
import sys

from qingshan.workflow.public import YearNotLoaded, working_calendar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("year", type=int, nargs="?", help="one year in full")


def run(args: argparse.Namespace) -> int:
    """Print what is in force; 1 when the year asked for is not loaded."""
    known = working_calendar().arrangements
    if args.year is None:
        for arrangement in known.values():
            print(f"{arrangement.year}  {arrangement.number}  {arrangement.issued_on}")
        return 0
    if args.year not in known:
        print(YearNotLoaded(args.year), file=sys.stderr)
        return 1
    arrangement = known[args.year]
    print(f"{arrangement.title} {arrangement.number}\n{arrangement.address}\n{arrangement.confirmed}")
    for holiday in arrangement.holidays:
        make_up = "、".join(day.isoformat() for day in holiday.make_up)
        print(
            f"{holiday.name}  {holiday.first} 至 {holiday.last}" + (f"  上班：{make_up}" if make_up else "")
        )
    return 0
