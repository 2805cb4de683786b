"""Evaluate a table of sea water: class of stations, eutrophication, grades of seas. 评价海水监测数据。

The table is CSV, CSV.GZ, XLSX or Parquet; columns are named by item, Chinese name or HJ 525 code, or mapped
by a profile.
Bad input is reported by row and field. Exit status 0 when it was evaluated, 1 when the input had problems
and --strict was given, 2 when it could not be read or would rest on an unverified value.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.commands._samples import REFUSALS, add_sample_arguments, say, time_text
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.sample_profile import read_sample_profile
from qingshan.evaluation.sea import Coast, SeaRow, SeaRun
from qingshan.evaluation.sea_rules import SeaRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.sea.station import SeaClass


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_sample_arguments(parser, "sea-items")
    parser.add_argument(
        "--all-items", action="store_true", help="judge by every item, not by the six of national bulletins"
    )
    parser.add_argument("--coasts", type=Path, metavar="OUT.csv", help="write shares and grade of each sea")
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    try:
        profile = read_sample_profile(args.profile, "sea", SeaRules.STANDARDS)
        evaluation = SeaRun(args.file, profile, args.all_items, args.year, args.allow_unverified)
        _write(evaluation, args.results)
        if args.coasts:
            write_rows(args.coasts, _COAST_HEADING, map(_coast_line, evaluation.coasts()))
    except REFUSALS as problem:
        print(problem, file=sys.stderr)
        return 2
    return finish(args, evaluation.summary(), evaluation.problems)


_COAST_HEADING = ["海区", "年份", "站位数", "比例依据", *(f"{found.label}%" for found in SeaClass)]
_COAST_HEADING += ["优良%", "超二类项目(点位%)", "水质级别", "未评级原因", "依据", "未核实"]


def _coast_line(found: Coast) -> list[object]:
    return [
        found.area,
        found.year,
        found.stations,
        "面积" if found.by_area else "点位",
        *(round_places(share, 1) for share in found.shares.by_class),
        round_places(found.shares.good, 1),
        "、".join(f"{item}({round_places(rate, 1)})" for item, rate in found.exceeding),
        "" if isinstance(found.grade, Missing) else found.grade.label,
        found.grade.reason if isinstance(found.grade, Missing) else "",
        "；".join(found.basis.editions),
        "；".join(found.basis.unverified),
    ]


def _write(evaluation: SeaRun, path: Path | None) -> None:
    rows = evaluation.rows(progress=say)
    if path is None:
        for _ in rows:
            pass
        return
    heading = ["行号", *evaluation.profile.place.values(), "时间", "水质类别", "定类项目"]
    heading += ["富营养化指数", "富营养化等级", "缺项", "未评价原因", "重复于行", "依据", "未核实"]
    write_rows(path, heading, _lines(rows))


def _lines(rows: Iterator[SeaRow]) -> Iterator[list[object]]:
    for row in rows:
        found = row.sea_class
        yield [
            row.sample.row,
            *row.sample.place,
            time_text(row.sample),
            "" if isinstance(found, Missing) else found.label,
            "、".join(row.verdict.deciding) if row.verdict else "",
            "" if row.index is None else round_places(row.index, 2),
            "" if row.grade is None else row.grade.label,
            "、".join(f"{item}:{reason}" for item, reason in row.sample.missing.items()),
            found.reason if isinstance(found, Missing) else "",
            row.sample.same_as_row or "",
            "；".join(row.basis.editions),
            "；".join(row.basis.unverified),
        ]
