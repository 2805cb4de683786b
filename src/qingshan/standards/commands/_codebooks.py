"""What the commands of the code lists have in common: where lists come from, and how an entry is shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qingshan.standards.commands._days import calendar_day
from qingshan.standards.public import (
    BadCode,
    BadDataFile,
    Codebook,
    Found,
    Kind,
    all_codebooks,
    books_on,
    read_codebooks,
)

__all__ = ["add_arguments", "as_data", "books_for", "kinds_for", "refusing", "tell_gaps"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare kind, day and folder."""
    parser.add_argument(
        "--kind",
        action="append",
        choices=[kind.value for kind in Kind],
        help="only this kind; may be repeated",
    )
    parser.add_argument("--on", type=calendar_day, help="the day of the data, YYYY-MM-DD")
    parser.add_argument("--folder", type=Path, help="also read the code lists in this folder")


def books_for(args: argparse.Namespace) -> tuple[Codebook, ...]:
    """Return the shipped lists and those of the folder that the call names; its editions go first."""
    added = read_codebooks(args.folder) if args.folder else ()
    theirs = {book.edition for book in added}
    return (*added, *(book for book in all_codebooks() if book.edition not in theirs))


def kinds_for(args: argparse.Namespace) -> list[Kind] | None:
    """Return the kinds that the call names; None for all."""
    return [Kind(word) for word in args.kind] if args.kind else None


def tell_gaps(found: Iterable[Found], args: argparse.Namespace, books: tuple[Codebook, ...]) -> None:
    """Say once, beside the results, what to know of the editions that answered, and which lists could not."""
    warnings = dict.fromkeys(one.warning for one in found if one.warning)
    for warning in warnings:
        print(f"注意：{warning}", file=sys.stderr)
    if args.on is None:
        return
    kinds = kinds_for(args)
    able = {book.standard for book, _ in books_on(args.on, kinds=kinds, books=books)}
    lists = {book.standard for book in books if kinds is None or book.kind in kinds}
    if silent := sorted(lists - able):
        print(f"{args.on} 没有可用的版本：{'、'.join(silent)}", file=sys.stderr)


def as_data(found: Found) -> dict[str, Any]:
    """Return an entry and its edition as plain data."""
    entry, book = found.entry, found.book
    return {
        "kind": entry.kind.value,
        "code": entry.code,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "parents": [{"code": one.code, "name": one.name} for one in book.ancestors(entry)],
        "attributes": dict(entry.attributes),
        "standard": book.standard,
        "edition": book.edition,
        "verified": book.verified.value,
        "match": found.match.name.lower(),
        "warning": found.warning,
    }


def refusing(show: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run, or tell what is wrong and return 1."""
    try:
        return show(args)
    except (BadCode, BadDataFile, LookupError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
