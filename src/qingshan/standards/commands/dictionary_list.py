"""List the code lists, their editions, and how much of each is here. 列出字典与版本。"""

from __future__ import annotations

import argparse

from qingshan.standards.commands._codebooks import add_arguments as add_common
from qingshan.standards.commands._codebooks import books_for, kinds_for, refusing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Print one line per edition, and under it what is not here."""
    return refusing(_list, args)


def _list(args: argparse.Namespace) -> int:
    kinds = kinds_for(args)
    for book in books_for(args):
        if (kinds is None or book.kind in kinds) and (args.on is None or book.holds_on(args.on)):
            last = book.last_on or "……"
            print(
                f"{book.kind.value}\t{book.edition}\t{book.first_on} — {last}\t{len(book.entries)} 条"
                f"\t{book.status.value}\t{book.verified.value}"
            )
            if book.missing:
                print(f"\t缺：{book.missing}")
    return 0
