"""What every command that evaluates a table is asked for at its end: results, problems, summary."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.result_files import write_rows, write_summary

__all__ = ["add_outcome_arguments", "finish"]

_SHOWN = 20


def add_outcome_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the outcome goes."""
    parser.add_argument("--results", type=Path, metavar="OUT.csv", help="write the results (.csv, .csv.gz)")
    parser.add_argument("--problems", type=Path, metavar="OUT.csv", help="write bad input by row and field")
    parser.add_argument("--summary", type=Path, metavar="OUT.json", help="write the summary")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--strict", action="store_true", help="exit 1 when the input has problems")


def finish(args: argparse.Namespace, summary: Mapping[str, Any], problems: Problems) -> int:
    """Write and print summary and problems; return the exit status."""
    whole = {**summary, "problems": dict(sorted(problems.counts.items()))}
    if args.summary:
        write_summary(args.summary, whole)
    if args.problems:
        listed = problems.by_row()
        rows = ([found.row, found.field, found.found, found.reason, found.allowed] for found in listed)
        write_rows(args.problems, ["行号", "字段", "内容", "问题", "应为"], rows)
    if args.format == "json":
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        for name, value in whole.items():
            print(f"{name}\t{value}")
        _show(problems)
    return 1 if args.strict and problems.total else 0


def _show(problems: Problems) -> None:
    for found in problems.by_row()[:_SHOWN]:
        right = f"\t{found.allowed}" if found.allowed else ""
        print(f"row {found.row}\t{found.field}\t{found.found!r}\t{found.reason}{right}", file=sys.stderr)
    if problems.total > _SHOWN:
        kept = len(problems.kept)
        listed = "them" if kept == problems.total else f"the first {kept} of them"
        print(f"... {problems.total} problems in all; --problems OUT.csv lists {listed}", file=sys.stderr)
