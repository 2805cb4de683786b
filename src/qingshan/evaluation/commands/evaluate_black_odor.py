"""Evaluate a table of black-odorous water: samples, points, stretches, waters. 评价黑臭水体监测数据。

The table is CSV, CSV.GZ, XLSX or Parquet with transparency and depth in cm, oxygen and ammonia nitrogen
in mg/L and, in towns, redox potential in mV.
Bad input is reported by row and field. Exit status 0 when it was evaluated, 1 when the input had problems
and --strict was given, 2 when it could not be read or would rest on an unverified value.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from qingshan.evaluation.black_odor import BlackOdorRow, BlackOdorRun, WaterBody
from qingshan.evaluation.black_odor_rules import BlackOdorRules
from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.commands._samples import REFUSALS, add_sample_arguments, say, time_text
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.sample_profile import read_sample_profile
from qingshan.kernel.basis import Missing
from qingshan.science.water.black_odor import RuralVerdict, SampleVerdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_sample_arguments(parser, "black-odor-items")
    parser.add_argument("--rural", action="store_true", help="judge by the rural guide")
    parser.add_argument(
        "--equal-counts", action="store_true", help="exactly 60 or 30 percent are enough for heavy"
    )
    parser.add_argument("--waters", type=Path, metavar="OUT.csv", help="write points, stretches and waters")
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    try:
        profile = read_sample_profile(args.profile, "black-odor", BlackOdorRules.STANDARDS)
        evaluation = BlackOdorRun(
            args.file, profile, args.rural, args.equal_counts, args.year, args.allow_unverified
        )
        _write(evaluation, args.results)
        if args.waters:
            write_rows(args.waters, _WATER_HEADING, map(_water_line, evaluation.waters()))
    except REFUSALS as problem:
        print(problem, file=sys.stderr)
        return 2
    return finish(args, evaluation.summary(), evaluation.problems)


_WATER_HEADING = ["水体名称", "点位数", "各点位等级", "重度河段", "水体等级", "依据", "未核实"]


def _water_line(found: WaterBody) -> list[object]:
    return [
        found.name,
        len(found.points),
        "、".join(f"{point}:{grade.label}" for point, grade in found.points.items()),
        "、".join(f"{first}至{last}" for first, last in found.stretches),
        found.grade.label,
        "；".join(found.basis.editions),
        "；".join(found.basis.unverified),
    ]


def _write(evaluation: BlackOdorRun, path: Path | None) -> None:
    rows = evaluation.rows(progress=say)
    if path is None:
        for _ in rows:
            pass
        return
    heading = ["行号", *evaluation.profile.place.values(), "时间", "等级", "越界项目", "缺项", "未评价原因"]
    write_rows(path, [*heading, "重复于行", "依据", "未核实"], _lines(rows))


def _lines(rows: Iterator[BlackOdorRow]) -> Iterator[list[object]]:
    for row in rows:
        grade, beyond, reason = _said(row.verdict)
        yield [
            row.sample.row,
            *row.sample.place,
            time_text(row.sample),
            grade,
            "、".join(beyond),
            "、".join(f"{item}:{why}" for item, why in row.sample.missing.items()),
            reason,
            row.sample.same_as_row or "",
            "；".join(row.basis.editions),
            "；".join(row.basis.unverified),
        ]


def _said(verdict: SampleVerdict | RuralVerdict | Missing) -> tuple[str, list[str], str]:
    """Grade, items beyond a line, and why there is no grade."""
    if isinstance(verdict, Missing):
        return "", [], verdict.reason
    if isinstance(verdict, RuralVerdict):
        if isinstance(verdict.is_black, Missing):
            return "", [], verdict.is_black.reason
        return "黑臭" if verdict.is_black else "不黑臭", list(verdict.beyond), ""
    if isinstance(verdict.grade, Missing):
        return "", [], verdict.grade.reason
    beyond = [f"{item}({grade.label})" for item, grade in verdict.items.items() if grade > 1]
    return verdict.grade.label, beyond, ""
