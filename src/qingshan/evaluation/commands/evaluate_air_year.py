"""Evaluate calendar years of air: means, percentiles, attainment, composite index, order. 空气质量年评价。

Every station, and every city where the table names one, is evaluated from its days. Which limits
judge a year in which editions change is a parameter (--year-rule); the result says what was chosen.
Profiles and exit status as air-daily.
"""

from __future__ import annotations

import argparse

from qingshan.evaluation.air_rules import require_part
from qingshan.evaluation.air_run import YEAR_HEADING, read_any_series, year_lines, year_summary, years_of
from qingshan.evaluation.air_year import Choices, first_day, year_rules
from qingshan.evaluation.commands._air import Progress, add_common_arguments, finish, profile_of, refusing
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.result_files import write_rows
from qingshan.kernel.basis import Missing
from qingshan.standards.public import YearChoice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_common_arguments(parser, "air-hours-narrow")
    parser.add_argument("--year", type=int, help="only this calendar year")
    parser.add_argument("--grade", type=int, choices=(1, 2), default=2, help="function zone of the limits")
    parser.add_argument(
        "--year-rule",
        default=YearChoice.LAST_DAY.value,
        metavar="last_day|first_day|EDITION",
        help="whose limits judge a year in which editions change",
    )
    parser.add_argument(
        "--weights", choices=("equal", "claimed_2026"), default="equal", help="of the composite index"
    )
    parser.add_argument(
        "--with", dest="parts", action="append", default=[], choices=("exceptional_events", "three_year_mean")
    )


def run(args: argparse.Namespace) -> int:
    """Evaluate the years and write what was asked for."""
    return refusing(_evaluate, args)


def _evaluate(args: argparse.Namespace) -> int:
    problems = Problems()
    profile = profile_of(args)
    choices = Choices(args.year_rule, args.grade, args.weights, profile.editions)
    series = read_any_series(args.file, profile, problems, Progress(), args.year, first_day(choices))
    if isinstance(series, Missing):
        return finish(args, {"years": [], "reason": series.reason}, problems)
    for part in args.parts:
        require_part(year_rules(args.year or series.years[-1], choices).evaluation, part)
    verdicts = list(years_of(series, choices, args.year))
    if args.results:
        write_rows(args.results, YEAR_HEADING, (line for verdict in verdicts for line in year_lines(verdict)))
    return finish(args, {"years": [year_summary(verdict) for verdict in verdicts]}, problems)
