"""Evaluate a table of surface water: class, grade and main pollutants of every sample. 评价地表水监测数据。

The table is CSV, CSV.GZ, XLSX or Parquet. A profile says which column holds what: national-water,
water-items, or the path of a YAML file of the same shape. Bad input is reported by row and field.
Exit status 0 when it was evaluated, 1 when the input had problems and --strict was given,
2 when it could not be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.tables import BATCH_ROWS, BadTable
from qingshan.evaluation.water import SampleVerdict, WaterRun
from qingshan.evaluation.water_periods import (
    GroupPeriod,
    Period,
    SectionPeriod,
    evaluate_groups,
    evaluate_sections,
)
from qingshan.evaluation.water_profile import BadProfile, read_water_profile
from qingshan.evaluation.water_samples import read_sections
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.classes import grade_of
from qingshan.standards.public import BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnknownStandard

_WATER_WORDS = {"river": "河流", "lake": "湖库"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, CSV.GZ, XLSX or Parquet")
    parser.add_argument("--profile", default="national-water", help="name or path of a field mapping")
    parser.add_argument("--sections", type=Path, help="table of sections with their kind of water")
    parser.add_argument("--period", choices=[*Period], help="judge means of sections instead of samples")
    parser.add_argument(
        "--groups", type=Path, metavar="OUT.csv", help="with --period: rivers, basins, provinces"
    )
    parser.add_argument("--year", type=int, help="year of times that are printed without one")
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Evaluate the table and write what was asked for."""
    try:
        profile = read_water_profile(args.profile)
        sections = read_sections(args.sections, profile) if args.sections else {}
        evaluation = WaterRun(args.file, profile, sections, args.year)
        if args.period:
            _write_periods(evaluation, Period(args.period), args.results, args.groups)
        else:
            _write_results(evaluation, args.results)
    except (
        BeforeFirstEdition,
        BadTable,
        BadProfile,
        NoEditionInForce,
        NoSuchValue,
        UnknownStandard,
    ) as problem:
        print(problem, file=sys.stderr)
        return 2
    return finish(args, evaluation.summary(), evaluation.problems)


def _write_results(evaluation: WaterRun, path: Path | None) -> None:
    verdicts = evaluation.verdicts(progress=_say)
    if path is None:
        for _ in verdicts:
            pass
        return
    places = list(evaluation.profile.place.values())
    heading = ["行号", *places, "时间", "水体类型", "水质类别", "水质状况", "定类项目", "主要污染指标"]
    heading += ["缺项", "未评价原因", "公布类别", "重复于行", "依据", "未核实"]
    write_rows(path, heading, _lines(verdicts))


def _write_periods(evaluation: WaterRun, period: Period, results: Path | None, groups: Path | None) -> None:
    profile, verdicts = evaluation.profile, evaluation.verdicts(progress=_say)
    sections = list(evaluate_sections(verdicts, profile, period))
    heading = [*profile.place.values(), "时段", "水体类型", "样品数", "月数", "水质类别", "水质状况"]
    heading += ["主要污染指标", "未评价原因", "营养状态指数", "营养状态", "营养状态缺项", "依据", "未核实"]
    if results:
        write_rows(results, heading, map(_period_line, sections))
    if groups and evaluation.last:
        found = evaluate_groups(sections, profile, evaluation.last.at.date())
        heading = [
            "分组",
            "名称",
            "时段",
            "断面数",
            "未评价断面数",
            "I-III类%",
            "劣V类%",
            "水质状况",
            "评价方式",
        ]
        write_rows(groups, [*heading, "主要污染指标", "未核实"], map(_group_line, found))


def _period_line(found: SectionPeriod) -> list[object]:
    water_class, grade = found.verdict.water_class, found.verdict.grade
    return [
        *found.place,
        found.period,
        _WATER_WORDS[found.water],
        found.samples,
        found.months,
        "" if isinstance(water_class, Missing) else water_class.label,
        "" if isinstance(grade, Missing) else grade.label,
        "、".join(pollutant.label() for pollutant in found.pollutants),
        "、".join(f"{item}:{gap.reason}" for item, gap in found.verdict.missing.items()),
        "" if found.trophic is None else round_places(found.trophic.index, 1),
        "" if found.trophic is None else found.trophic.grade.label,
        "" if found.trophic is None else "、".join(found.trophic.left_out),
        "；".join(found.basis.editions),
        "；".join(found.basis.unverified),
    ]


def _group_line(found: GroupPeriod) -> list[object]:
    return [
        found.group,
        found.name,
        found.period,
        found.sections,
        found.not_judged,
        "" if found.shares is None else round_places(found.shares.good, 1),
        "" if found.shares is None else round_places(found.shares.inferior, 1),
        found.grade.reason if isinstance(found.grade, Missing) else found.grade.label,
        "均值" if found.by_means else "比例",
        "、".join(found.pollutants),
        "；".join(found.basis.unverified),
    ]


def _lines(verdicts: Iterator[SampleVerdict]) -> Iterator[list[object]]:
    for verdict in verdicts:
        found = verdict.water_class
        yield [
            verdict.row,
            *verdict.place,
            "" if isinstance(verdict.time, Missing) else verdict.time.at.isoformat(" ", "minutes"),
            _WATER_WORDS[verdict.water] + ("" if verdict.water_is_told else "（推定）"),
            "" if isinstance(found, Missing) else found.label,
            "" if isinstance(found, Missing) else grade_of(found).label,
            "、".join(verdict.deciding),
            "、".join(pollutant.label() for pollutant in verdict.pollutants),
            "、".join(f"{item}:{reason}" for item, reason in verdict.missing.items()),
            found.reason if isinstance(found, Missing) else "",
            verdict.published,
            verdict.same_as_row or "",
            "；".join(verdict.basis.editions),
            "；".join(verdict.basis.unverified),
        ]


def _say(rows: int) -> None:
    if rows >= BATCH_ROWS:  # a short file is done before anybody wonders
        print(f"{rows} rows", file=sys.stderr, flush=True)
