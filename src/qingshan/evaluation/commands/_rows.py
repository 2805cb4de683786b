"""What every command that judges a table row by row shares."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.row_profiles import BadProfile, RowProfile, read_row_profile, row_profiles
from qingshan.evaluation.row_tables import Evaluator, RowRun, Settings
from qingshan.evaluation.tables import BATCH_ROWS, BadTable
from qingshan.standards.public import BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnknownStandard

__all__ = ["Maker", "add_row_arguments", "run_rows"]

Maker = Callable[[Settings, Mapping[str, str]], Evaluator]
"""What makes the evaluator of one kind of table."""


def add_row_arguments(parser: argparse.ArgumentParser, subject: str) -> None:
    """Declare the arguments."""
    known = ", ".join(row_profiles(subject))
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, CSV.GZ, XLSX or Parquet")
    parser.add_argument(
        "--profile", required=True, help=f"field mapping: {known}, or the path of a YAML file"
    )
    parser.add_argument("--on", type=_day, metavar="DAY", help="day of a table without dates")
    parser.add_argument(
        "--allow-unverified", action="store_true", help="judge by values nobody has confirmed, and say so"
    )
    add_outcome_arguments(parser)


def run_rows(
    args: argparse.Namespace,
    subject: str,
    makers: Mapping[str, Maker],
    settings: Settings,
    extra: Callable[[RowProfile, Path], Mapping[str, str]] = lambda profile, path: {},
) -> int:
    """Evaluate a table and write what was asked for; 2 when it cannot be read or everything is refused."""
    try:
        profile = read_row_profile(args.profile, subject)
        if profile.kind not in makers:
            raise BadProfile(f"{profile.name}: kind is {profile.kind!r}; known are {sorted(makers)}")
        evaluator = makers[profile.kind](settings, profile.editions)
        run = RowRun(args.file, profile, evaluator, extra(profile, args.file))
        if args.results:
            write_rows(args.results, evaluator.heading, run.lines(_say))
        else:
            for _ in run.lines(_say):
                pass
    except (
        BadTable,
        BadProfile,
        BeforeFirstEdition,
        NoEditionInForce,
        NoSuchValue,
        UnknownStandard,
    ) as problem:
        print(problem, file=sys.stderr)
        return 2
    status = finish(args, run.summary(), run.problems)
    if run.refusal:
        print(f"{run.refusal}; --allow-unverified", file=sys.stderr)
        return 2
    return status


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2026-03-01") from None


def _say(rows: int) -> None:
    if rows >= BATCH_ROWS:  # a short file is done before anybody wonders
        print(f"{rows} rows", file=sys.stderr, flush=True)
