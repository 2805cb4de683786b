"""Evaluate hours of one pollutant at one outlet. 评价一个排放口一种污染物的小时数据。"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.evaluation.emission_series import Medium, SeriesRun, read_hours, run_series
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.tables import BadTable
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places
from qingshan.science.emission.load import GapRule, amount_check
from qingshan.standards.public import BeforeFirstEdition, NoEditionInForce, UnverifiedValue

_HEADING = [
    "日期",
    "日均值",
    "排放量kg",
    "运行小时",
    "实测小时",
    "替代小时",
    "缺小时",
    "超标小时",
    "无值的原因",
    "未核实",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="one row an hour: time, concentration, flow_m3, mark"
    )
    parser.add_argument(
        "--medium", choices=[one.value for one in Medium], required=True, help="mg/m³ of gas or mg/L of water"
    )
    parser.add_argument("--limit", type=_number, help="discharge limit, in the unit of the concentrations")
    parser.add_argument(
        "--gaps",
        choices=[one.value for one in GapRule],
        default=GapRule.REFUSE.value,
        help="what an hour without an amount counts",
    )
    parser.add_argument("--permitted-kg", type=_number, help="permitted amount of the period of the file")
    parser.add_argument("--allow-unverified", action="store_true", help="use values nobody has confirmed")
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Evaluate the series and write what was asked for; exit 2 when the table is refused."""
    try:
        return _evaluate(args)
    except (BadTable, BeforeFirstEdition, NoEditionInForce, UnverifiedValue, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2


def _evaluate(args: argparse.Namespace) -> int:
    problems = Problems()
    hours = read_hours(args.file, problems)
    if not hours:
        return finish(args, {"days": 0}, problems)
    rules = EmissionRules(hours[0].begins_at.date(), allow_unverified=args.allow_unverified)
    found = run_series(hours, Medium(args.medium), rules, GapRule(args.gaps), args.limit)
    if args.results:
        write_rows(args.results, _HEADING, _rows(found))
    return finish(args, _summary(found, args.permitted_kg), problems)


def _rows(found: SeriesRun) -> Iterator[list[object]]:
    doubt = "；".join(found.basis.unverified)
    for day in found.days:
        load = day.load
        reasons = [one.reason for one in (day.mean, load.amount_kg) if isinstance(one, Missing)]
        yield [
            day.on,
            _printed(day.mean),
            _printed(load.amount_kg),
            load.hours,
            load.measured,
            load.substituted,
            load.left_out,
            day.exceeding_hours,
            "；".join(reasons),
            doubt,
        ]


def _summary(found: SeriesRun, permitted_kg: Fraction | None) -> dict[str, object]:
    load, judged = found.load, found.judged
    said: dict[str, object] = {
        "days": len(found.days),
        "amount_kg": _printed(load.amount_kg),
        "gaps": load.rule.value,
        "hours": {
            "running": load.hours,
            "measured": load.measured,
            "substituted": load.substituted,
            "left_out": load.left_out,
        },
        "capture_rate": {quarter: _printed(rate, 2) for quarter, rate in found.capture.items()},
        "unverified": list(found.basis.unverified),
    }
    if judged is not None:
        said["judged"] = judged.judged
        said["exceeding"] = judged.count
        said["worst_factor"] = _printed(judged.worst_factor, 2)
        said["not_judged"] = dict(judged.unjudged)
    if permitted_kg is not None:
        check = amount_check(load.amount_kg, permitted_kg)
        within = check.within
        said["within_permit"] = within.reason if isinstance(within, Missing) else within
        said["remaining_kg"] = _printed(check.remaining_kg)
    return said


def _printed(value: Fraction | Missing, places: int = 3) -> str:
    return "" if isinstance(value, Missing) else str(round_places(value, places))


def _number(text: str) -> Fraction:
    try:
        return exact(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
