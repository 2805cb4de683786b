"""What the commands that evaluate a table of samples share: arguments, refusals, small texts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qingshan.evaluation.sample_table import Sample
from qingshan.evaluation.tables import BATCH_ROWS, BadTable
from qingshan.evaluation.water_profile import BadProfile
from qingshan.kernel.basis import Missing
from qingshan.standards.public import (
    BeforeFirstEdition,
    NoEditionInForce,
    NoSuchValue,
    UnknownStandard,
    UnverifiedValue,
)

__all__ = ["REFUSALS", "add_sample_arguments", "say", "time_text"]

REFUSALS = (
    BadTable,
    BadProfile,
    BeforeFirstEdition,
    NoEditionInForce,
    NoSuchValue,
    UnknownStandard,
    UnverifiedValue,
)
"""What ends a command with 2 and a sentence."""


def add_sample_arguments(parser: argparse.ArgumentParser, profile: str) -> None:
    """Declare the table, its profile, and whether unverified values may judge."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, CSV.GZ, XLSX or Parquet")
    parser.add_argument("--profile", default=profile, help="name or path of a field mapping")
    parser.add_argument("--year", type=int, help="year of times that are printed without one")
    parser.add_argument(
        "--allow-unverified", action="store_true", help="judge by unverified values, too, and name them"
    )


def time_text(sample: Sample) -> str:
    """Return the time of a sample as it is printed."""
    return "" if isinstance(sample.time, Missing) else sample.time.at.isoformat(" ", "minutes")


def say(rows: int) -> None:
    """Tell how many rows are read, where somebody might wonder."""
    if rows >= BATCH_ROWS:  # a short file is done before anybody wonders
        print(f"{rows} rows", file=sys.stderr, flush=True)
