"""Evaluate a table of noise: zones, hourly series, samples, boundaries, areas, roads. 评价声环境监测数据。

The table is CSV, CSV.GZ, XLSX or Parquet. The profile says what its rows are: noise-zones (day and night
level of a point), noise-hours (hourly levels), noise-samples (samples of a measurement), noise-boundaries
(sites), noise-areas (grid points of a city), noise-roads; or the path of a YAML file of the same shape.
Bad input is reported by row and field. Exit status 0 when it was evaluated, 1 when the input had problems
and --strict was given, 2 when it could not be read or every verdict was refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from qingshan.evaluation.commands._rows import Maker, add_row_arguments, run_rows
from qingshan.evaluation.noise import HourNoise, SampleNoise, ZoneNoise
from qingshan.evaluation.noise_city import AreaNoise, RoadNoise
from qingshan.evaluation.noise_sources import BoundaryNoise
from qingshan.evaluation.row_tables import Settings

_KINDS: Mapping[str, Maker] = {
    "zones": ZoneNoise,
    "hours": HourNoise,
    "samples": SampleNoise,
    "boundaries": BoundaryNoise,
    "areas": AreaNoise,
    "roads": RoadNoise,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_row_arguments(parser, "noise")
    parser.add_argument("--fewest-day-hours", type=int, metavar="N", help="hours a day needs; all by default")
    parser.add_argument("--fewest-night-hours", type=int, metavar="N", help="hours a night needs")
    parser.add_argument("--fewest-samples", type=int, metavar="N", help="samples a measurement needs")


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    told = {
        "day": args.fewest_day_hours,
        "night": args.fewest_night_hours,
        "samples": args.fewest_samples,
    }
    fewest = {name: number for name, number in told.items() if number is not None}
    return run_rows(args, "noise", _KINDS, Settings(args.on, args.allow_unverified, fewest))
