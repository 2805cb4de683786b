"""Find a code by its number, name, alias or a word. 在字典里查代码。"""

from __future__ import annotations

import argparse
import json
import sys

from qingshan.standards.commands._codebooks import (
    add_arguments as add_common,
)
from qingshan.standards.commands._codebooks import as_data, books_for, kinds_for, refusing, tell_gaps
from qingshan.standards.public import search


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", help="code, name or alias, or several words that all must occur")
    add_common(parser)
    parser.add_argument("--limit", type=int, default=20, help="how many to show; 20 unless told, 0 for all")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace) -> int:
    """Print one line per entry, the best match first; exit 1 when there is none."""
    return refusing(_search, args)


def _search(args: argparse.Namespace) -> int:
    books = books_for(args)
    found = search(" ".join(args.words), kinds=kinds_for(args), on=args.on, books=books)
    shown = found[: args.limit] if args.limit > 0 else found
    if args.format == "json":
        print(json.dumps([as_data(one) for one in shown], ensure_ascii=False, indent=1))
    else:
        for one in shown:
            print(f"{one.entry.kind.label}\t{one.entry.code}\t{one.entry.name}\t{one.book.edition}")
    tell_gaps(shown, args, books)
    if len(shown) < len(found):
        print(f"共 {len(found)} 条，显示前 {len(shown)} 条；--limit 0 显示全部", file=sys.stderr)
    if not found:
        print("没有找到", file=sys.stderr)
    return 0 if found else 1
