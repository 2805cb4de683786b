"""Evaluate a table of ecological indices: EI or EQI by area and year, with changes. 评价生态质量。

The table is CSV, CSV.GZ, XLSX or Parquet. The profile says which index: ecology-ei, ecology-eqi, or the path
of a YAML file of the same shape. An index is taken as published where the table has one, else computed from
its parts. Bad input is reported by row and field. Exit status 0 when it was evaluated, 1 when the input had
problems and --strict was given, 2 when it could not be read or every verdict was refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial

from qingshan.evaluation.commands._rows import Maker, add_row_arguments, run_rows
from qingshan.evaluation.ecology import EcologyTable
from qingshan.evaluation.ecology_rules import Index
from qingshan.evaluation.row_tables import Settings

_KINDS: Mapping[str, Maker] = {index.value: partial(EcologyTable, index) for index in Index}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_row_arguments(parser, "ecology")


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    return run_rows(args, "ecology", _KINDS, Settings(args.on, args.allow_unverified))
