"""Measure the plan reader: scores by the judge, leave-one-plan-out, calibration, speed, memory.

    python benchmarks/reading.py [--plans ../shared/plans] [--calibrate]

Scores come from the judge's own module. *Leave one plan out* means here: the word lists were written with
the plans open, so for each plan every alternative of a cue that is right in no other plan is struck out
before that plan is read (an alternative found in the duty's own name stays). `--calibrate` counts how often
each rule is right, writes rules/confidence.yaml, and prints how well the figures hold for a plan not counted.
"""

from __future__ import annotations

import argparse
import importlib.util
import platform
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from qingshan.reading.confidence import share_right
from qingshan.reading.duties.read import DutyCode, duty_codes, read_duties
from qingshan.reading.layout import lay_out
from qingshan.reading.public import as_json, extract
from qingshan.reading.text import decode
from qingshan.reading.zoning import read as zoning

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "src/qingshan/reading/rules/confidence.yaml"
GOLD = {
    "indicators": "indicators",
    "projects": "projects",
    "commitments": "targets",
    "duties": "duties",
    "zoning": "zoning",
    "conflicts": "conflicts",
}


class Plans:
    """The plans, their gold, and the judge."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {path.name[:3]: path for path in sorted(folder.glob("0*.txt"))}
        self.judge = _module(folder / "score.py")
        self._loaded: dict[tuple[str, str], Any] = {}

    def source(self, plan: str) -> str:
        return decode(self.files[plan].read_bytes())

    def gold(self, plan: str, kind: str) -> list[dict[str, Any]] | None:
        data = self.loaded(plan, kind)
        if data is None:
            return None
        if kind == "indicators":
            return [row for table in data.get("tables") or [] for row in table.get("rows") or []]
        return data.get({"commitments": "targets", "zoning": "zones"}.get(kind, kind)) or []

    def loaded(self, plan: str, kind: str) -> Any:
        if (plan, kind) not in self._loaded:
            path = self.folder / "gold" / plan / f"{GOLD[kind]}.yaml"
            self._loaded[plan, kind] = (
                yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
            )
        return self._loaded[plan, kind]

    def text(self, plan: str) -> Any:
        return self.judge.Text(self.files[plan])


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rights(
    plans: Plans, plan: str, found: dict[str, Any], kind: str
) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield each finding of a kind with whether the gold agrees."""
    gold = plans.gold(plan, kind)
    if gold is None:
        return
    judge, text, items = plans.judge, plans.text(plan), found[kind]
    margin = 20 if kind == "conflicts" else 12
    sides = {
        id(f): [text.at(f.get(key) or {}, margin) for key in ("a", "b")]
        if kind == "conflicts"
        else [text.at(f, margin)]
        for f in items
    }

    def agree(g: dict[str, Any], f: dict[str, Any]) -> int | None:
        if kind in ("indicators", "projects"):
            one = (
                judge.indicators([f], {"tables": [{"rows": [g]}]})
                if kind == "indicators"
                else judge.projects([f], {"projects": [g]})
            )
            return 1 if one["rows"]["hits"] else None
        if kind == "conflicts":
            anchors = [side["anchor"] for side in (g.get("a"), g.get("b")) if side and side.get("anchor")]
            return 1 if any(judge.located(a, s) for a in anchors for s in sides[id(f)] if s) else None
        if not judge.located(g["anchor"], sides[id(f)][0]):
            return None
        if kind == "commitments":
            return 1 if judge.commitments([f], {"targets": [g]}, text)["rows"]["hits"] else None
        key = "code" if kind == "duties" else "effect"
        return 1 if g[key] == f.get(key) else None

    right = {j for _, j, _ in judge.pair(gold, items, agree)}
    for j, item in enumerate(items):
        yield item, j in right


def rule_of(kind: str, item: dict[str, Any]) -> str:
    if kind in ("indicators", "projects"):
        return ",".join(item["flags"]) or "plain"
    return str(item["rule_id"] if kind == "zoning" else item["rule"])


def scores(plans: Plans, results: dict[str, dict[str, Any]]) -> None:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for plan, found in results.items():
        for kind in GOLD:
            gold = plans.gold(plan, kind)
            if gold is None:
                continue
            line = _line(plans, plan, kind, found)
            print(f"{plan} {kind:12} {line}")
            if plan != "004":
                part = _counts(plans, plan, kind, found)
                totals[kind] = [a + b for a, b in zip(totals[kind], part, strict=True)]
    for kind, (gold_n, found_n, hits) in totals.items():
        score = 2 * hits / max(1, gold_n + found_n)
        print(f"000-003 {kind:12} F1 {score:.3f} recall {hits / max(1, gold_n):.3f}")


def _raw(plans: Plans, plan: str, kind: str, found: dict[str, Any]) -> dict[str, Any]:
    judge, text = plans.judge, plans.text(plan)
    gold = plans.loaded(plan, kind)
    items = found[kind]
    if kind == "indicators":
        return judge.indicators(items, gold)
    if kind == "projects":
        return judge.projects(items, gold)
    if kind in ("commitments", "conflicts"):
        return getattr(judge, kind)(items, gold, text)
    rows, key = (gold["duties"], "code") if kind == "duties" else (gold.get("zones") or [], "effect")
    return {"rows": judge.anchored(items, rows, text, lambda g, f: g[key] == f.get(key))}


def _line(plans: Plans, plan: str, kind: str, found: dict[str, Any]) -> str:
    raw = _raw(plans, plan, kind, found)
    if kind == "conflicts":
        rate = raw["found_per_10000_characters"]
        return f"core recall {raw['core']['recall']:.3f}, {rate} per 10,000 characters"
    extra = f", located recall {raw['located']['recall']:.3f}" if kind == "commitments" else ""
    extra += f", departments {raw['departments_right']}" if kind == "projects" else ""
    return f"gold {raw['rows']['gold']}, found {raw['rows']['found']}, F1 {raw['rows']['f1']:.3f}{extra}"


def _counts(plans: Plans, plan: str, kind: str, found: dict[str, Any]) -> tuple[int, int, int]:
    raw = _raw(plans, plan, kind, found)
    if kind == "conflicts":
        return raw["core"]["gold"], raw["core"]["hits"], raw["core"]["hits"]
    return raw["rows"]["gold"], raw["rows"]["found"], raw["rows"]["hits"]


def leave_one_out(plans: Plans, results: dict[str, dict[str, Any]]) -> None:
    """Read each plan with only those words that are right in another plan."""
    for kind in ("duties", "zoning", "commitments"):
        totals = [0, 0, 0]
        for plan in results:
            if plans.gold(plan, kind) is None or (kind == "commitments" and plan == "004"):
                continue
            found = {**results[plan], kind: _reread(plans, plan, kind, results)}
            part = _counts(plans, plan, kind, found)
            if plan != "004":
                totals = [a + b for a, b in zip(totals, part, strict=True)]
            print(f"{plan} {kind:12} left out: {_line(plans, plan, kind, found)}")
        print(f"000-003 {kind:12} left out: F1 {2 * totals[2] / max(1, totals[0] + totals[1]):.3f}")


def _reread(plans: Plans, plan: str, kind: str, results: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    others = [other for other in results if other != plan]
    if kind == "duties":
        codes = [_known(plans, code, others) for code in duty_codes()]
        return [
            {"code": d.code, "span": list(d.span)} for d in read_duties(lay_out(plans.source(plan)), codes)
        ]
    if kind == "zoning":
        rules = tuple(kept for rule in zoning.siting_rules() if (kept := _known_rule(plans, rule, others)))
        return [
            {"effect": r.effect, "span": list(r.span)}
            for r in zoning.read_zoning(lay_out(plans.source(plan)), rules)
        ]
    good = {
        rule_of(kind, item)
        for other in others
        for item, right in rights(plans, other, results[other], kind)
        if right
    }
    return [item for item in results[plan][kind] if rule_of(kind, item) in good]


def alternatives(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars."""
    parts, depth, start = [], 0, 0
    for i, sign in enumerate(pattern):
        if i and pattern[i - 1] == "\\":
            continue
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            parts.append(pattern[start:i])
            start = i + 1
    return [*parts, pattern[start:]]


def _sentences_of(plans: Plans, kind: str, key: str, value: str, others: list[str]) -> list[str]:
    found = []
    for other in others:
        flow = lay(plans, other).everything
        squeezed = _squeezed(flow.text)
        for row in plans.gold(other, kind) or []:
            if row[key] == value:
                anchor = "".join(row["anchor"].split())
                place = squeezed.find(anchor.replace("（", "(").replace("）", ")"))
                found.append(squeezed[max(0, place - 30) : place + 50] if place >= 0 else anchor)
    return found


@cache
def _squeezed(text: str) -> str:
    return text.replace("\n", "")


_LAID: dict[str, Any] = {}


def lay(plans: Plans, plan: str) -> Any:
    if plan not in _LAID:
        _LAID[plan] = lay_out(plans.source(plan))
    return _LAID[plan]


def _known(plans: Plans, code: DutyCode, others: list[str]) -> DutyCode:
    texts = [*_sentences_of(plans, "duties", "code", code.code, others), code.name]
    cues = []
    for cue in code.cues:
        kept = [part for part in alternatives(cue.pattern) if any(re.search(part, text) for text in texts)]
        if kept:
            cues.append(re.compile("|".join(kept)))
    return replace(code, cues=tuple(cues))


def _known_rule(plans: Plans, rule: zoning.SitingRule, others: list[str]) -> zoning.SitingRule | None:
    texts = _sentences_of(plans, "zoning", "effect", rule.effect, others)
    kept = [
        part for part in alternatives(rule.pattern.pattern) if any(re.search(part, text) for text in texts)
    ]
    return replace(rule, pattern=re.compile("|".join(kept))) if kept else None


BINS = (("0.9-1.0", 0.9), ("0.8-0.9", 0.8), ("0.6-0.8", 0.6), ("0.0-0.6", -1.0))
Counted = dict[str, dict[str, dict[str, list[int]]]]


def counts_by_rule(plans: Plans, results: dict[str, dict[str, Any]]) -> Counted:
    """Count right and found: by plan, kind and rule."""
    counted: Counted = {}
    for plan, found in results.items():
        counted[plan] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for kind in GOLD:
            for item, right in rights(plans, plan, found, kind):
                cell = counted[plan][kind][rule_of(kind, item)]
                cell[0] += right
                cell[1] += 1
    return counted


def held_out(counted: Counted) -> dict[str, tuple[int, int]]:
    """Show each plan's findings with the confidence the other plans give; count right and shown by band."""
    bands = {label: (0, 0) for label, _ in BINS}
    for plan, kinds in counted.items():
        others = _added([counts for other, counts in counted.items() if other != plan])
        for kind, rules in kinds.items():
            for rule, (right, seen) in rules.items():
                share = share_right(others, kind, rule)
                label = next(name for name, low in BINS if share >= low)
                bands[label] = (bands[label][0] + right, bands[label][1] + seen)
    return bands


def calibrate(plans: Plans, results: dict[str, dict[str, Any]], *, write: bool) -> None:
    """Hold each plan out and see whether high confidence means right; write the counts when asked."""
    counted = counts_by_rule(plans, results)
    for label, (right, seen) in sorted(held_out(counted).items()):
        print(f"confidence {label} (plan left out of the count): {right}/{seen} right = {right / seen:.3f}")
    if write:
        total = _added(list(counted.values()))
        head = "# Right and found by rule, counted on plans read by people.\n"
        head += "# Written by benchmarks/reading.py --calibrate.\n"
        plain = {
            kind: {rule: list(cell) for rule, cell in sorted(rules.items())} for kind, rules in total.items()
        }
        RULES.write_text(
            head + yaml.safe_dump(plain, allow_unicode=True, default_flow_style=None, sort_keys=False),
            encoding="utf-8",
        )


def _added(parts: list[Any]) -> dict[str, dict[str, tuple[int, int]]]:
    total: dict[str, dict[str, tuple[int, int]]] = {kind: {} for kind in GOLD}
    for part in parts:
        for kind, rules in part.items():
            for rule, (right, seen) in rules.items():
                before = total[kind].get(rule, (0, 0))
                total[kind][rule] = (before[0] + right, before[1] + seen)
    return total


def speed(plans: Plans) -> None:
    source = plans.source("001")
    extract(source[:3000])  # rules are loaded once
    single = min(_seconds(source) for _ in range(3))
    double = min(_seconds(source + "\n" + source) for _ in range(3))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = double / single
    print(f"plan 001, {len(source)} characters: {single:.2f} s; twice: {ratio:.2f} x; peak {peak:.0f} MB")
    print(f"{platform.machine()}, Python {platform.python_version()}")


def _seconds(source: str) -> float:
    start = time.process_time()
    extract(source)
    return time.process_time() - start


def run() -> int:
    """Measure everything but the calibration, with the plans beside the project."""
    return main([])


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=Path, default=ROOT.parent / "shared" / "plans")
    parser.add_argument("--calibrate", action="store_true", help="write rules/confidence.yaml anew")
    args = parser.parse_args(words)
    if not args.plans.exists():
        print(f"no plans at {args.plans}", file=sys.stderr)
        return 1
    plans = Plans(args.plans)
    results = {plan: as_json(extract(plans.source(plan))) for plan in plans.files}
    scores(plans, results)
    leave_one_out(plans, results)
    calibrate(plans, results, write=args.calibrate)
    speed(plans)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
