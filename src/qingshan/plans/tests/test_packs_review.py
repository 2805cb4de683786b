"""Plan 004 came through the reader and a person's review: the findings and the decisions give the pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.plans.packs import PACK_FOLDERS, Pack, read_pack
from qingshan.plans.tests.plan_review import Item, items_of, leads_to, said_by
from qingshan.reading.public import as_json, extract

FOLDER = PACK_FOLDERS["004"]
KINDS = ("indicators", "commitments", "measures", "duties", "zoning", "conflicts")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(FOLDER)


@pytest.fixture(scope="module")
def review() -> dict[str, Any]:
    return yaml.safe_load((FOLDER / "review.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def source(shared: Path) -> str:
    (path,) = (shared / "plans").glob("004_*.txt")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(source: str) -> dict[str, Any]:
    """The reader's findings; a heading is a finding too, for the tree of measures."""
    all_kinds = as_json(extract(source))
    titles = {one["title"] for one in all_kinds["measures"]}
    headings = [one for one in all_kinds["sections"] if one["title"] not in titles | {"前言"}]
    measures = sorted([*all_kinds["measures"], *headings], key=lambda one: one["span"])
    return {**all_kinds, "measures": measures}


class Replay:
    """The findings of one kind, taken through the decisions one by one."""

    def __init__(self, kind: str, items: list[Item], decided: dict[str, Any]) -> None:
        self.kind, self.left = kind, list(items)
        self.by_code = {item.code: item for item in items}
        self.edits = {(one["at"], one.get("code")): one for one in decided.get("edit", [])}
        self.rejects = {(one["at"], one.get("code")): one for one in decided.get("reject", [])}
        self.added = list(decided.get("add", {}).get("items", []))

    def differences(self, findings: list[dict[str, Any]]) -> Iterator[str]:
        """What the review says otherwise than the findings and the pack show."""
        for found in sorted(findings, key=lambda one: self._is_decided(one), reverse=True):
            yield from self._taken(found)
        yield from (f"no finding for the edit at {at}" for at in self.edits)
        yield from (f"no finding for the refusal at {at}" for at in self.rejects)
        if [item.code for item in self.left] != self.added:
            yield f"added: {[item.code for item in self.left]}, said: {self.added}"

    def _key(self, found: dict[str, Any]) -> tuple[int, str | None]:
        return found["span"][0], found["code"] if self.kind == "duties" else None

    def _is_decided(self, found: dict[str, Any]) -> bool:
        return self._key(found) in self.edits or self._key(found) in self.rejects

    def _taken(self, found: dict[str, Any]) -> Iterator[str]:
        key = self._key(found)
        if self.rejects.pop(key, None):
            return
        edit = self.edits.pop(key, None)
        item = self.by_code[edit["item"]] if edit else leads_to(self.kind, found, self.left)
        if item is None or item not in self.left:
            yield f"nobody decided about {self.kind} {found['span']}"
            return
        self.left.remove(item)
        changed = said_by(item, found, self.kind)
        said = [field for field in edit["fields"] if field != "place"] if edit else []
        if changed != said:
            yield f"{item.code}: changed {changed}, said {said}"


@pytest.mark.shared
@pytest.mark.parametrize("kind", KINDS)
def test_the_findings_and_the_decisions_give_the_pack(
    kind: str, pack: Pack, review: dict[str, Any], found: dict[str, Any], source: str
) -> None:
    replay = Replay(kind, items_of(pack, kind, source), review.get(kind, {}))
    assert list(replay.differences(found[kind])) == []


@pytest.mark.shared
def test_what_the_reader_has_no_rule_for_was_added_by_a_person(
    pack: Pack, review: dict[str, Any], found: dict[str, Any]
) -> None:
    assert found["projects"] == found["missing"] == []
    assert [one.code for one in pack.projects] == review["projects"]["add"]["items"]
    assert [one.what for one in pack.plan.missing] == review["missing"]["add"]["items"]


def test_every_decision_against_the_reader_says_why(review: dict[str, Any]) -> None:
    for decided in review.values():
        for one in (*decided.get("edit", []), *decided.get("reject", []), decided.get("add", {"why": "-"})):
            assert one["why"], one
