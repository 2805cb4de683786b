"""Evaluate a table of risk: enterprises, events, forecasts. 评价企业环境风险、突发事件等级和重污染预警。

The table is CSV, CSV.GZ, XLSX or Parquet. The profile says what its rows are: risk-enterprises, risk-events,
risk-distances, risk-forecasts, or the path of a YAML file of the same shape. A blank number of an event is
not known yet, and never zero. Bad input is reported by row and field. Exit status 0 when it was evaluated,
1 when the input had problems and --strict was given, 2 when it could not be read or everything was refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from qingshan.evaluation.commands._rows import Maker, add_row_arguments, run_rows
from qingshan.evaluation.risk import DistanceTable, EnterpriseTable, EventTable, ForecastTable
from qingshan.evaluation.row_tables import Settings
from qingshan.science.risk.warnings import WarningLevel

_KINDS: Mapping[str, Maker] = {
    "enterprises": EnterpriseTable,
    "events": EventTable,
    "distances": DistanceTable,
    "forecasts": ForecastTable,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_row_arguments(parser, "risk")
    levels = [level.label for level in WarningLevel]
    parser.add_argument("--current", choices=levels, default="", help="warning that holds now, in every city")


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    settings = Settings(args.on, args.allow_unverified, current=args.current)
    return run_rows(args, "risk", _KINDS, settings)
