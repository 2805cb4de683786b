"""Run files of worked examples through the calculations and compare. 用算例检验计算。

Families of other subjects count as out of scope. Examples by third parties, and published
ones that contradict their own rule, are counted apart. Exit status 1 when an example fails.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from qingshan.evaluation.conformance.examples import BadExampleFile, read_examples
from qingshan.evaluation.conformance.families import FAMILIES
from qingshan.evaluation.conformance.runner import Outcome, Report, run_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.yaml", help="files of examples")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    """Run the examples and print the report."""
    try:
        examples = [example for path in args.files for example in read_examples(path)]
    except BadExampleFile as problem:
        print(problem, file=sys.stderr)
        return 2
    report = run_examples(examples, FAMILIES)
    if args.format == "json":
        print(json.dumps(report.as_data(), ensure_ascii=False, indent=1))
    else:
        _print_text(report)
    return 1 if report.of(Outcome.FAILED) else 0


def _print_text(report: Report) -> None:
    for result in report.results:
        if result.outcome in (Outcome.FAILED, Outcome.UNSUPPORTED):
            apart = f"（{result.example.apart}）" if result.example.apart else ""
            words = "; ".join(result.reasons)
            print(f"{result.outcome.value}\t{result.example.family}\t{result.example.id}{apart}\t{words}")
    for family, counts in report.families.items():
        print(f"{family}\t" + "，".join(f"{name} {count}" for name, count in counts.items()))
    data = report.as_data()
    for family, keys in data["notes"].items():
        print(f"notes\t{family}\t{', '.join(keys)}")
    print(
        "passed {passed}, failed {failed}, unsupported {unsupported}, out of scope {out_of_scope}".format(
            **data
        )
    )
    for name, counts in data["apart"].items():
        print(
            f"apart: {name}: "
            + ", ".join(f"{word} {counts[word]}" for word in ("passed", "failed", "unsupported"))
        )
