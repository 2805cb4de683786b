"""What the commands that evaluate air have in common: arguments, files, what they print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qingshan.evaluation.air_profile import PARTS, AirProfile, BadAirProfile, read_air_profile
from qingshan.evaluation.air_rules import NotInThisEdition
from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.tables import BadTable
from qingshan.standards.public import BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnknownStandard

__all__ = ["REFUSALS", "Progress", "add_common_arguments", "finish", "profile_of", "refusing"]

REFUSALS = (
    BadAirProfile,
    BadTable,
    BeforeFirstEdition,
    NoEditionInForce,
    NoSuchValue,
    NotInThisEdition,
    UnknownStandard,
)
"""Reasons for which a table is not evaluated at all."""

_ROWS_BETWEEN_LINES = 1_000_000


def add_common_arguments(parser: argparse.ArgumentParser, profile: str) -> None:
    """Declare the arguments that the commands share."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, CSV.GZ, XLSX or Parquet")
    parser.add_argument("--profile", default=profile, help="name or path of a field mapping")
    parser.add_argument(
        "--edition",
        action="append",
        default=[],
        metavar="PART=EDITION",
        help="judge by this edition whatever the day, such as 'limits=GB 3095-2026/final'",
    )
    add_outcome_arguments(parser)


def profile_of(args: argparse.Namespace) -> AirProfile:
    """Return the profile, with the editions that the call names in place of its own.

    Raises
    ------
    BadAirProfile
        There is no such profile, or a part is none of those that have editions.
    """
    profile = read_air_profile(args.profile)
    named = dict(word.partition("=")[::2] for word in args.edition)
    if strange := set(named) - set(PARTS):
        raise BadAirProfile(f"--edition {sorted(strange)}: parts are {list(PARTS)}")
    return replace(profile, editions={**profile.editions, **named})


class Progress:
    """Prints how far a long file is read: a line every million rows, on the error stream."""

    def __init__(self) -> None:
        self._next = _ROWS_BETWEEN_LINES

    def __call__(self, rows: int) -> None:
        if rows >= self._next:
            print(f"{rows} rows", file=sys.stderr, flush=True)
            self._next += _ROWS_BETWEEN_LINES


def refusing(evaluate: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run, or tell why the table is refused and return 2."""
    try:
        return evaluate(args)
    except REFUSALS as problem:
        print(problem, file=sys.stderr)
        return 2
