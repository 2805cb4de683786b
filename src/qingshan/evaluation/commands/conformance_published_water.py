"""Recompute the published class of each row of a water feed; every difference has a cause. 复算公布类别。

Prints the share of complete rows that agree, in percent, their number, and the disagreements by
cause. With unrounded columns in the file, they are compared as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from qingshan.evaluation.conformance.published_water import Comparison, compare_published
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.tables import BadTable
from qingshan.evaluation.water_profile import BadProfile, read_water_profile
from qingshan.evaluation.water_samples import read_sections


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, CSV.GZ, XLSX or Parquet")
    parser.add_argument("--sections", type=Path, required=True, help="table of sections with their kind")
    parser.add_argument("--profile", default="national-water", help="name or path of a field mapping")
    parser.add_argument("--details", type=Path, metavar="OUT.csv", help="write every disagreement")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    """Compare and print."""
    try:
        profile = read_water_profile(args.profile)
        printed, exact = compare_published(args.file, profile, read_sections(args.sections, profile))
    except (BadTable, BadProfile) as problem:
        print(problem, file=sys.stderr)
        return 2
    data = printed.as_data() | ({} if exact is None else {"unrounded": exact.as_data()})
    if args.details:
        _write_details(args.details, {"printed": printed} | ({} if exact is None else {"unrounded": exact}))
    if args.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for name, value in data.items():
            print(f"{name}\t{value}")
    return 0


def _write_details(path: Path, comparisons: dict[str, Comparison]) -> None:
    rows = [
        [
            values,
            found.row,
            *found.place,
            found.time,
            found.published.label,
            found.computed.label,
            found.cause,
        ]
        for values, comparison in comparisons.items()
        for found in comparison.disagreements
    ]
    heading = ["数值", "行号", "省份", "流域", "断面名称", "时间", "公布类别", "复算类别", "原因"]
    write_rows(path, heading, rows)
