"""Evaluate a table of groundwater: class, deciding items, indices of what exceeds. 评价地下水监测数据。

The table is CSV, CSV.GZ, XLSX or Parquet; columns are named by item or HJ 525 code, or mapped by a profile.
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
from qingshan.evaluation.groundwater import GroundwaterRow, GroundwaterRun
from qingshan.evaluation.groundwater_rules import GroundwaterRules
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.sample_profile import read_sample_profile
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.groundwater.quality import CLASSES, GroundwaterClass

_TARGETS = [water_class.label for water_class in CLASSES[:4]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_sample_arguments(parser, "groundwater-items")
    parser.add_argument("--target", choices=_TARGETS, default="III", help="class that indices refer to")
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    try:
        profile = read_sample_profile(args.profile, "groundwater", GroundwaterRules.STANDARDS)
        evaluation = GroundwaterRun(
            args.file, profile, GroundwaterClass[args.target], args.year, args.allow_unverified
        )
        _write(evaluation, args.results)
    except REFUSALS as problem:
        print(problem, file=sys.stderr)
        return 2
    return finish(args, evaluation.summary(), evaluation.problems)


def _write(evaluation: GroundwaterRun, path: Path | None) -> None:
    rows = evaluation.rows(progress=say)
    if path is None:
        for _ in rows:
            pass
        return
    heading = [
        "行号",
        *evaluation.profile.place.values(),
        "时间",
        "水质类别",
        "定类指标",
        "超标指标(标准指数)",
    ]
    heading += ["检出限不足以判定", "缺项", "未评价原因", "重复于行", "依据", "未核实"]
    write_rows(path, heading, _lines(rows))


def _lines(rows: Iterator[GroundwaterRow]) -> Iterator[list[object]]:
    for row in rows:
        found, verdict = row.water_class, row.verdict
        undecided = verdict.undecided if verdict else {}
        yield [
            row.sample.row,
            *row.sample.place,
            time_text(row.sample),
            "" if isinstance(found, Missing) else found.label,
            "、".join(verdict.worst_items) if verdict else "",
            "、".join(f"{item}({round_places(index, 2)})" for item, index in row.indices.items()),
            "、".join(f"{item}:不劣于{one.label}" for item, one in undecided.items()),
            "、".join(f"{item}:{reason}" for item, reason in row.sample.missing.items()),
            found.reason if isinstance(found, Missing) else "",
            row.sample.same_as_row or "",
            "；".join(row.basis.editions),
            "；".join(row.basis.unverified),
        ]
