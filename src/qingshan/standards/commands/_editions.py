"""What the commands of this room have in common: where editions come from, and how one is refused."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from qingshan.standards.public import (
    BadDataFile,
    BeforeFirstEdition,
    Edition,
    NoEditionInForce,
    NoSuchValue,
    UnknownStandard,
    read_folder,
    shipped,
)

__all__ = ["add_folder_argument", "editions_for", "refusing"]


def add_folder_argument(parser: argparse.ArgumentParser) -> None:
    """Declare where else to look."""
    parser.add_argument("--folder", type=Path, help="also read the data files in this folder")


def editions_for(args: argparse.Namespace) -> tuple[Edition, ...]:
    """Return the shipped editions and those of the folder that the call names."""
    return (*shipped(), *(read_folder(args.folder) if args.folder else ()))


def refusing(show: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run, or tell what is not known and return 1."""
    try:
        return show(args)
    except (BadDataFile, BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnknownStandard) as problem:
        print(problem, file=sys.stderr)
        return 1
