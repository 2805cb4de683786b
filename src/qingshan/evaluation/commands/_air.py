"""What the commands that evaluate air have in common: arguments, files, what they print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qingshan.evaluation.air_profile import PARTS, AirProfile, BadAirProfile, read_air_profile
from qingshan.evaluation.air_rules import NotInThisEdition
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.result_files import write_rows, write_summary
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

_SHOWN_PROBLEMS = 20
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
    parser.add_argument("--results", type=Path, metavar="OUT.csv", help="write the results (.csv, .csv.gz)")
    parser.add_argument("--problems", type=Path, metavar="OUT.csv", help="write bad input by row and field")
    parser.add_argument("--summary", type=Path, metavar="OUT.json", help="write the summary")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--strict", action="store_true", help="exit 1 when the input has problems")


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


def finish(args: argparse.Namespace, summary: Mapping[str, Any], problems: Problems) -> int:
    """Write and print summary and problems; return the exit status."""
    whole = {**summary, "problems": dict(problems.counts)}
    if args.summary:
        write_summary(args.summary, whole)
    if args.problems:
        rows = ([found.row, found.field, found.found, found.reason] for found in problems.kept)
        write_rows(args.problems, ["行号", "字段", "内容", "问题"], rows)
    if args.format == "json":
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        for name, value in whole.items():
            print(f"{name}\t{value}")
        _show(problems)
    return 1 if args.strict and problems.total else 0


def _show(problems: Problems) -> None:
    for found in problems.kept[:_SHOWN_PROBLEMS]:
        print(f"row {found.row}\t{found.field}\t{found.found!r}\t{found.reason}", file=sys.stderr)
    if problems.total > _SHOWN_PROBLEMS:
        print(f"... {problems.total} problems in all; --problems OUT.csv lists them", file=sys.stderr)
