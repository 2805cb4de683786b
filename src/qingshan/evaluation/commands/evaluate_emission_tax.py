"""Compute the environmental protection tax of a month. 测算一个月的环境保护税。"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from qingshan.evaluation.commands._outcome import add_outcome_arguments, finish
from qingshan.evaluation.emission_rules import PROVINCE_RATES, EmissionRules
from qingshan.evaluation.emission_tax import TaxLine, TaxRun, printed_yuan, read_discharges, tax_of_month
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.row_tables import decimal_text
from qingshan.evaluation.tables import BadTable
from qingshan.kernel.rounding import round_places
from qingshan.standards.public import BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnverifiedValue

_HEADING = [
    "行号",
    "排放口",
    "清单",
    "污染物",
    "排放量kg",
    "污染当量数",
    "减按%",
    "税额元",
    "不计征的原因",
    "未核实",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="one row for each outlet and pollutant")
    parser.add_argument("--month", type=_month, required=True, help="the month, YYYY-MM")
    parser.add_argument("--province", choices=sorted(PROVINCE_RATES), default="广东", help="whose rates hold")
    parser.add_argument("--allow-unverified", action="store_true", help="use values nobody has confirmed")
    add_outcome_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Compute the month and write what was asked for; exit 2 when the table is refused."""
    try:
        return _evaluate(args)
    except (BadTable, BeforeFirstEdition, NoEditionInForce, NoSuchValue, UnverifiedValue) as problem:
        print(problem, file=sys.stderr)
        return 2


def _evaluate(args: argparse.Namespace) -> int:
    problems = Problems()
    rules = EmissionRules(args.month, allow_unverified=args.allow_unverified)
    found = tax_of_month(list(read_discharges(args.file, rules, problems)), rules, args.province)
    if args.results:
        write_rows(args.results, _HEADING, _rows(found))
    return finish(args, _summary(found), problems)


def _rows(found: TaxRun) -> Iterator[list[object]]:
    doubt = "；".join(found.basis.unverified)
    for line in found.lines:
        yield [*_cells(line), doubt]


def _cells(line: TaxLine) -> list[object]:
    one = line.discharge
    return [
        one.row,
        one.outlet,
        line.list_label,
        one.equivalent.pollutant,
        decimal_text(one.amount_kg),  # a thousandth of a kilogram of mercury is two equivalents
        round_places(one.equivalent.number, 2),
        round_places(line.payable_percent, 0),
        printed_yuan(line.yuan),
        line.why_not,
    ]


def _summary(found: TaxRun) -> dict[str, object]:
    outlets: dict[str, list[TaxLine]] = {}
    for line in found.lines:
        outlets.setdefault(line.discharge.outlet, []).append(line)
    return {
        "yuan": printed_yuan(found.yuan),
        "outlets": {
            outlet: printed_yuan(TaxRun(tuple(lines), found.basis).yuan) for outlet, lines in outlets.items()
        },
        "taxed": sum(not line.why_not for line in found.lines),
        "not_taxed": sum(bool(line.why_not) for line in found.lines),
        "editions": list(found.basis.editions),
        "unverified": list(found.basis.unverified),
    }


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no month; write 2026-05") from None
