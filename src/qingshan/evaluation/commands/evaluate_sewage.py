"""Evaluate daily results of sewage plants: effluent, thin influent, load removed. 评价污水处理厂日均值。

The table is CSV, CSV.GZ, XLSX or Parquet; columns of the influent have 进水 before their item.
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
from qingshan.evaluation.sewage import PlantYear, SewageRow, SewageRun
from qingshan.evaluation.sewage_rules import PlantGrade, SewageRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.section import factor_text
from qingshan.science.water.sewage import Exceedance


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_sample_arguments(parser, "sewage-items")
    parser.add_argument(
        "--grade", choices=[*PlantGrade], default="1A", help="grade of GB 18918 in the permit"
    )
    parser.add_argument(
        "--guangdong", action="store_true", help="hold it against the stricter of this grade and DB44/26"
    )
    parser.add_argument("--built", type=int, default=2006, help="year of building (2006)")
    parser.add_argument(
        "--plants", type=Path, metavar="OUT.csv", help="write influent and load removed by plant and year"
    )
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    try:
        profile = read_sample_profile(args.profile, "sewage", SewageRules.STANDARDS)
        evaluation = SewageRun(
            args.file,
            profile,
            PlantGrade(args.grade),
            args.guangdong,
            args.built,
            args.year,
            args.allow_unverified,
        )
        _write(evaluation, args.results)
        if args.plants:
            write_rows(args.plants, _PLANT_HEADING, map(_plant_line, evaluation.plant_years()))
    except REFUSALS as problem:
        print(problem, file=sys.stderr)
        return 2
    return finish(args, evaluation.summary(), evaluation.problems)


_PLANT_HEADING = ["厂名", "年份", "进水BOD5均值", "参与天数", "一厂一策", "削减量kg(天数)", "依据", "未核实"]


def _plant_line(found: PlantYear) -> list[object]:
    mean, needed = found.influent.mean_mg_per_l, found.influent.needs_plan
    loads = (f"{item}:{round_places(load, 1)}({found.days[item]})" for item, load in found.removed_kg.items())
    return [
        found.plant,
        found.year,
        "" if isinstance(mean, Missing) else round_places(mean, 1),
        found.influent.months,
        needed.reason if isinstance(needed, Missing) else ("须编制" if needed else "否"),
        "、".join(loads),
        "；".join(found.basis.editions),
        "；".join(found.basis.unverified),
    ]


def _write(evaluation: SewageRun, path: Path | None) -> None:
    rows = evaluation.rows(progress=say)
    if path is None:
        for _ in rows:
            pass
        return
    heading = ["行号", *evaluation.profile.place.values(), "时间", "达标", "超标项目(超标倍数)", "无限值项目"]
    write_rows(path, [*heading, "缺项", "未评价原因", "重复于行", "依据", "未核实"], _lines(rows))


def _lines(rows: Iterator[SewageRow]) -> Iterator[list[object]]:
    for row in rows:
        verdict = row.verdict
        judged = None if isinstance(verdict, Missing) else verdict
        complied = verdict if isinstance(verdict, Missing) else verdict.complied
        yield [
            row.sample.row,
            *row.sample.place,
            time_text(row.sample),
            "" if isinstance(complied, Missing) else ("是" if complied else "否"),
            "、".join(map(_exceedance, judged.exceedances)) if judged else "",
            "、".join(judged.without_limit) if judged else "",
            "、".join(f"{item}:{reason}" for item, reason in row.sample.missing.items()),
            complied.reason if isinstance(complied, Missing) else "",
            row.sample.same_as_row or "",
            "；".join(row.basis.editions),
            "；".join(row.basis.unverified),
        ]


def _exceedance(found: Exceedance) -> str:
    return found.item if found.factor is None else f"{found.item}({factor_text(found.factor, 2)})"
