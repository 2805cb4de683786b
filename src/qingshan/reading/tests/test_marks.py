"""The marks of issue 6 on the real plans, where they lie beside the project."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from benchmarks import reading as measuring

from qingshan.reading.public import as_json, extract
from qingshan.reading.text import decode

pytestmark = pytest.mark.shared
PLANS = ("000", "001", "002", "003")
FOLDER = Path(__file__).resolve().parents[5] / "shared" / "plans"


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    if not FOLDER.exists():
        pytest.skip("no ../shared/plans beside the project")
    files = {plan: next(FOLDER.glob(f"{plan}_*.txt")) for plan in PLANS}
    judge = _judge(FOLDER / "score.py")
    return {plan: _scored(judge, FOLDER / "gold" / plan, path) for plan, path in files.items()}


def _judge(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scored(judge: ModuleType, gold: Path, path: Path) -> dict[str, Any]:
    found, text = as_json(extract(decode(path.read_bytes()))), judge.Text(path)

    def wanted(name: str) -> Any:
        return yaml.safe_load((gold / f"{name}.yaml").read_text(encoding="utf-8"))

    return {
        "indicators": judge.indicators(found["indicators"], wanted("indicators")),
        "projects": judge.projects(found["projects"], wanted("projects")),
        "commitments": judge.commitments(found["commitments"], wanted("targets"), text),
        "duties": judge.anchored(
            found["duties"], wanted("duties")["duties"], text, lambda g, f: g["code"] == f["code"]
        ),
        "zoning": judge.anchored(
            found["zoning"], wanted("zoning")["zones"], text, lambda g, f: g["effect"] == f["effect"]
        ),
        "conflicts": judge.conflicts(found["conflicts"], wanted("conflicts"), text),
        "missing": [item["kind"] for item in found["missing"]],
    }


def together(read: dict[str, dict[str, Any]], kind: str, part: str | None) -> tuple[float, float]:
    """Return F1 and recall over the four plans."""
    rows = [read[plan][kind][part] if part else read[plan][kind] for plan in PLANS]
    hits, found, gold = (sum(row[key] for row in rows) for key in ("hits", "found", "gold"))
    return 2 * hits / (found + gold), hits / gold


@pytest.mark.parametrize("plan", ["001", "002"])
def test_tables_reach_their_marks(read: dict[str, dict[str, Any]], plan: str) -> None:
    assert read[plan]["indicators"]["rows"]["f1"] >= 0.97
    assert read[plan]["projects"]["rows"]["f1"] >= 0.95
    assert read[plan]["projects"]["departments_right"] >= 0.95


def test_running_text_reaches_its_marks(read: dict[str, dict[str, Any]]) -> None:
    assert together(read, "commitments", "located")[1] >= 0.85
    assert together(read, "commitments", "rows")[0] >= 0.65
    assert together(read, "duties", None)[0] >= 0.55
    assert together(read, "zoning", None)[0] >= 0.55


def test_conflicts_reach_their_marks(read: dict[str, dict[str, Any]]) -> None:
    cores = [read[plan]["conflicts"]["core"] for plan in PLANS]
    assert sum(core["hits"] for core in cores) / sum(core["gold"] for core in cores) >= 0.8
    assert all(read[plan]["conflicts"]["found_per_10000_characters"] <= 6 for plan in PLANS)


def test_the_missing_table_and_appendix_are_reported(read: dict[str, dict[str, Any]]) -> None:
    assert read["000"]["missing"] == ["table", "appendix"]
    assert read["000"]["indicators"]["rows"]["found"] == 0


@pytest.fixture(scope="module")
def bands() -> dict[str, tuple[int, int]]:
    """Findings right and shown, by the confidence the other plans give them."""
    if not FOLDER.exists():
        pytest.skip("no ../shared/plans beside the project")
    plans = measuring.Plans(FOLDER)
    results = {plan: as_json(extract(plans.source(plan))) for plan in plans.files}
    return measuring.held_out(measuring.counts_by_rule(plans, results))


class TestConfidence:
    """What stands beside a finding must mean something for a plan nobody has counted yet."""

    def test_of_findings_shown_at_nine_tenths_at_least_88_in_100_are_right(
        self, bands: dict[str, tuple[int, int]]
    ) -> None:
        right, shown = bands["0.9-1.0"]
        assert shown >= 200  # a confidence nobody reaches would prove nothing
        assert right / shown >= 0.88

    def test_a_higher_confidence_is_more_often_right(self, bands: dict[str, tuple[int, int]]) -> None:
        shares = [right / max(shown, 1) for right, shown in bands.values()]
        assert shares == sorted(shares, reverse=True)
