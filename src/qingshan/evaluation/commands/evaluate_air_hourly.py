"""Compute the hourly air quality index of every row of a table. 计算小时空气质量指数。

The table is CSV, CSV.GZ, XLSX or Parquet. A profile says which column holds what: national-air-hours,
air-hours, or the path of a YAML file of the same shape. Bad input is reported by row and field.
Exit status 0 when it was evaluated, 1 when the input had problems and --strict was given, 2 when it
could not be read.
"""

from __future__ import annotations

import argparse

from qingshan.evaluation.air_profile import BadAirProfile
from qingshan.evaluation.air_rows import RowEvaluator
from qingshan.evaluation.air_run import RowRun, write_row_results
from qingshan.evaluation.commands._air import Progress, add_common_arguments, finish, profile_of, refusing
from qingshan.evaluation.tables import read_batches


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_common_arguments(parser, "national-air-hours")
    parser.add_argument("--year", type=int, help="year of times that are printed without one")


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    return refusing(_evaluate, args)


def _evaluate(args: argparse.Namespace) -> int:
    profile = profile_of(args)
    if profile.values != "hour" or profile.is_narrow:
        raise BadAirProfile(f"{profile.name}: air-hourly needs a wide table of hours")
    evaluation = RowRun(RowEvaluator(profile, "hourly", year=args.year))
    write_row_results(evaluation, read_batches(args.file), args.results, Progress())
    return finish(args, evaluation.summary(), evaluation.evaluator.problems)
