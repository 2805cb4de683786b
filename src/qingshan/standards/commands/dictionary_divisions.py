"""Turn published division tables into a code list of this shape. 把区划代码表装成字典。"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qingshan.standards.commands._codebooks import refusing
from qingshan.standards.commands._days import calendar_day
from qingshan.standards.public import write_divisions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "tables",
        nargs="+",
        type=Path,
        help="CSV files with the columns code and name, wider divisions among them",
    )
    parser.add_argument("--to", type=Path, required=True, help="the folder to write to")
    parser.add_argument(
        "--edition", required=True, help="name of the edition, such as 统计用区划代码（2023年）"
    )
    parser.add_argument("--from", dest="first_on", type=calendar_day, required=True, help="its first day")
    parser.add_argument("--source", required=True, help="where the tables come from, and under which licence")


def run(args: argparse.Namespace) -> int:
    """Write head and rows; `qingshan dictionary … --folder FOLDER` then answers from them."""
    return refusing(_write, args)


def _write(args: argparse.Namespace) -> int:
    book = write_divisions(
        args.tables, args.to, edition=args.edition, first_on=args.first_on, source=args.source
    )
    print(f"{book.path}\t{len(book.entries)} 条", file=sys.stderr)
    return 0
