"""Show all that a code list says of a code. 显示一个代码的全部内容。"""

from __future__ import annotations

import argparse
import json
import sys

from qingshan.standards.commands._codebooks import (
    add_arguments as add_common,
)
from qingshan.standards.commands._codebooks import as_data, books_for, kinds_for, refusing, tell_gaps
from qingshan.standards.public import Found, Kind, Match, listed_for_industry, search


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", help="a code or an alias, such as w21003, 900-249-08, C2221 or 441900")
    add_common(parser)
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace) -> int:
    """Print each entry with this code; exit 1 when there is none."""
    return refusing(_show, args)


def _show(args: argparse.Namespace) -> int:
    books = books_for(args)
    hits = search(args.code, kinds=kinds_for(args), on=args.on, books=books)
    exact = [one for one in hits if one.match is Match.CODE]
    found = exact or [one for one in hits if one.match is Match.ALIAS]
    if not found:
        print(f"没有代码 {args.code}", file=sys.stderr)
    elif args.format == "json":
        print(json.dumps([as_data(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            _print(one)
            if one.entry.kind is Kind.INDUSTRY:
                _print_classes(one.entry.code, args)
    tell_gaps(found, args, books)
    return 0 if found else 1


def _print(found: Found) -> None:
    entry, book = found.entry, found.book
    print(f"{entry.code} {entry.name}（{entry.kind.label}）")
    if wider := book.ancestors(entry):
        print(f"  属于：{' ← '.join(f'{one.code} {one.name}' for one in wider)}")
    if entry.aliases:
        print(f"  别名：{'、'.join(entry.aliases)}")
    for name, label in book.attributes.items():
        if name in entry.attributes:
            print(f"  {label}：{entry.attributes[name]}")
    last = book.last_on or "……"
    print(f"  出处：{book.edition}（{book.first_on} — {last}），核实：{book.verified.value}")


def _print_classes(industry: str, args: argparse.Namespace) -> None:
    for kind in (Kind.PERMIT_CLASS, Kind.EIA_CLASS):
        for one in listed_for_industry(industry, kind, on=args.on, books=books_for(args)):
            print(f"  {kind.label}：{one.entry.code} {one.entry.name}")
