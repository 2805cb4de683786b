"""Compute the daily air quality index, from daily values or from hours. 计算日空气质量指数。

From hours, days are formed first: means of at least 20 hours, and the daily maximum of 8 hours for
ozone. The table is CSV, CSV.GZ, XLSX or Parquet; profiles: air-days, air-hours, air-hours-narrow,
national-air-hours, aqistudy-days, or the path of a YAML file of the same shape. Exit status as air-hourly.
"""

from __future__ import annotations

import argparse

from qingshan.evaluation.air_rows import RowEvaluator
from qingshan.evaluation.air_run import RowRun, day_rows, days_profile, read_any_series, write_row_results
from qingshan.evaluation.air_year import Choices, first_day
from qingshan.evaluation.commands._air import Progress, add_common_arguments, finish, profile_of, refusing
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import read_batches
from qingshan.kernel.basis import Missing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_common_arguments(parser, "air-days")
    parser.add_argument("--year", type=int, help="year of times that are printed without one")


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    return refusing(_evaluate, args)


def _evaluate(args: argparse.Namespace) -> int:
    profile = profile_of(args)
    problems = Problems()
    is_daily = profile.values == "day"
    if is_daily:
        batches = read_batches(args.file)
    else:
        choices = Choices(named=profile.editions)
        series = read_any_series(args.file, profile, problems, Progress(), args.year, first_day(choices))
        batches = iter(()) if isinstance(series, Missing) else day_rows(series, choices)
        profile = days_profile(profile)
    gap = "blank" if is_daily else "too_few_valid_hours"
    evaluation = RowRun(RowEvaluator(profile, "daily", year=args.year, gap=gap, problems=problems))
    write_row_results(evaluation, batches, args.results, Progress())
    return finish(args, evaluation.summary(), problems)
