"""Recompute published air quality indices and primary pollutants; print the agreement. 与公布的 AQI 比对。"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from qingshan.evaluation.air_profile import BadAirProfile, read_air_profile
from qingshan.evaluation.conformance.published_air import Agreement, published_air
from qingshan.evaluation.tables import BadTable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE.csv.gz")
    parser.add_argument("--profile", default="national-air-hours", help="which columns hold what")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--list", type=int, default=20, metavar="N", help="print the first N differences")


def run(args: argparse.Namespace) -> int:
    """Compare and print; exit 1 when a complete station-hour differs."""
    try:
        agreement = published_air(args.file, read_air_profile(args.profile))
    except (BadAirProfile, BadTable) as problem:
        print(problem, file=sys.stderr)
        return 2
    if args.format == "json":
        print(json.dumps(agreement.as_data(), ensure_ascii=False, indent=1))
    else:
        _print_text(agreement, args.list)
    return 0 if agreement.agreeing == agreement.rows else 1


def _print_text(agreement: Agreement, how_many: int) -> None:
    for name, value in agreement.as_data().items():
        print(f"{name}\t{value}")
    for difference in agreement.differences[:how_many]:
        words = f"published {difference.published!r}, computed {difference.computed!r}: {difference.cause}"
        print(f"row {difference.row}\t{difference.station}\t{words}")
