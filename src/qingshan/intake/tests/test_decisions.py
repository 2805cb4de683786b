"""Decisions from a file: replayed wholly or not at all, and their pack read back as the loader reads it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.intake import public as intake
from qingshan.intake.commands import decide, pack
from qingshan.intake.commands import list as listing
from qingshan.intake.decisions import BadDecision, read_decisions, replay
from qingshan.plans.public import CATALOGUE_FILE, load_catalogue, load_pack, read_catalogue, read_pack

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def span(review: Any, kind: str, n: int = 0) -> list[int]:
    found = review.findings.filter(kind=kind).order_by("order")[n]
    return [found.start, found.end]


def decisions(review: Any) -> dict[str, Any]:
    forest = span(review, "indicator", 2)
    return {
        "sha256": review.sha256,
        "head": {"prefix": "Q-", "issuer": "青川县人民政府"},
        "decisions": [
            {"move": "reject", "kind": "commitment", "at": span(review, "commitment", 0), "note": "不是承诺"},
            {"move": "reject", "kind": "commitment", "at": span(review, "commitment", 1)},
            {"move": "edit", "kind": "indicator", "at": forest,
             "facts": {"targets": [{"year": 2025, "raw": "≥61"}]}},
            {
                "move": "split", "kind": "measure", "at": span(review, "measure", 0),
                "parts": [{"facts": {"title": "新建管网"}}, {"facts": {"title": "查漏修补"}}],
            },
            {"move": "merge", "kind": "duty", "all": [span(review, "duty", 0), span(review, "duty", 1)],
             "facts": {"duty_code": "A02", "name": "基准年说明"}},
            {"move": "add", "kind": "project", "at": forest,
             "facts": {"name": "县城管网", "start_year": 2021, "end_year": 2025, "investment_wan": "1200.5"}},
        ],
        "rest": {"indicator": "accept", "commitment": "0.95", "measure": "accept", "zoning": "leave"},
    }  # fmt: skip


class TestReplay:
    def test_each_move_is_carried_out_and_the_rest_decided_by_rule(self, review: Any, cast: Any) -> None:
        told = replay(intake=review, decisions=decisions(review), by=cast.chen, at=AT)
        states = {
            kind: sorted(one.state for one in review.findings.filter(kind=kind))
            for kind in intake.FindingKind
        }
        assert states["indicator"] == ["accepted"] * 5
        assert states["commitment"] == ["accepted"] * 3 + ["rejected"] * 3  # one is less certain than 0.95
        assert states["measure"] == ["accepted"] * 4 + ["replaced"]
        assert states["duty"] == ["accepted", "replaced", "replaced"]
        assert states["zoning"] == ["open"]
        assert states["project"] == ["accepted"]
        assert (told.accepted, told.open) == (14, 1)
        review.refresh_from_db()
        assert review.head["issuer"] == "青川县人民政府"

    def test_the_corrected_value_removes_the_conflict(self, review: Any, cast: Any) -> None:
        assert [one.type for one in review.conflicts.filter(state="open")] == ["text_vs_table"]
        replay(intake=review, decisions=decisions(review), by=cast.chen, at=AT)
        assert not review.conflicts.filter(state="open").exists()

    def test_a_conflict_is_settled_by_rule_and_passage(self, review: Any, cast: Any) -> None:
        conflict = review.conflicts.get()
        one = {"move": "settle", "rule": conflict.rule, "at": [conflict.a_start, conflict.a_end],
               "outcome": "confirmed", "reason": "以表为准"}  # fmt: skip
        assert replay(intake=review, decisions={"decisions": [one]}, by=cast.chen, at=AT).settled == 1

    def test_a_refused_decision_names_itself_and_undoes_all(self, review: Any, cast: Any) -> None:
        wrong = decisions(review)
        wrong["decisions"].append({"move": "accept", "kind": "indicator", "at": [0, 3]})
        with pytest.raises(BadDecision, match=r"第 7 条.*应有一条"):
            replay(intake=review, decisions=wrong, by=cast.chen, at=AT)
        assert set(review.findings.values_list("state", flat=True)) == {"open"}

    def test_decisions_on_another_text_are_refused(self, review: Any, cast: Any) -> None:
        with pytest.raises(BadDecision, match="另一份文本"):
            replay(intake=review, decisions={"sha256": "0" * 64}, by=cast.chen, at=AT)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("a: [1", "不是 YAML"),
            ("- 1", "list"),
            ("surprise: 1", "surprise"),
        ],
    )
    def test_a_file_that_holds_no_decisions_is_refused(self, tmp_path: Path, words: str, told: str) -> None:
        file = tmp_path / "d.yaml"
        file.write_text(words, encoding="utf-8")
        with pytest.raises(BadDecision, match=told):
            read_decisions(file)

    def test_a_rule_for_the_rest_must_be_known(self, review: Any, cast: Any) -> None:
        for rest in ({"indicator": "perhaps"}, {"surprise": "accept"}):
            with pytest.raises(BadDecision, match="rest"):
                replay(intake=review, decisions={"rest": rest}, by=cast.chen, at=AT)


class TestCommands:
    def test_a_document_is_taken_in_decided_entered_and_written_as_a_pack(
        self, cast: Any, text: str, review: Any, tmp_path: Path, capsys: Any
    ) -> None:
        chosen = tmp_path / "decisions.yaml"
        chosen.write_text(yaml.safe_dump(decisions(review), allow_unicode=True), encoding="utf-8")
        intake.withdraw(intake=review, reason="改用命令导入", by=cast.chen, at=AT)
        file = tmp_path / "plan.txt"
        file.write_text(text, encoding="utf-8")
        asked = argparse.Namespace(
            intake=None, file=file, district="990121", decisions=chosen, user="陈", enter=True
        )
        assert decide.run(asked) == 0
        assert "写入台账 14 条" in capsys.readouterr().out
        made = intake.Intake.objects.latest("pk")
        assert pack.run(argparse.Namespace(intake=made.pk, out=tmp_path / "pack")) == 0
        found = read_pack(tmp_path / "pack")
        assert [row.code for row in found.indicators] == [f"Q-T1-{n:02d}" for n in range(1, 6)]
        assert found.plan.issuer == "青川县人民政府"
        assert str(found.projects[0].investment_wan) == "1200.5"
        assert {one.name for one in found.plan.departments} == {"县水利局", "县住房和城乡建设局"}
        # the pack says what the ledger holds: loading it changes nothing but words that repeat the text
        catalogue = load_catalogue(read_catalogue(CATALOGUE_FILE), at=AT)
        done = load_pack(found, catalogue=catalogue, at=AT, district=cast.county)
        assert done.entered == 0
        assert listing.run(argparse.Namespace(all=False)) == 0
        assert "17/18" in capsys.readouterr().out

    def test_a_pack_repeats_no_passage_of_the_text_at_length(
        self, review: Any, cast: Any, tmp_path: Path
    ) -> None:
        rule = review.findings.get(kind="zoning")
        intake.accept(finding=rule, expected_version=1, by=cast.chen, at=AT)
        assert pack.run(argparse.Namespace(intake=review.pk, out=tmp_path)) == 0
        wording = read_pack(tmp_path).provisions[0].wording
        assert len(wording) < 20
        assert wording.endswith("…")

    def test_what_cannot_be_done_is_said_in_one_line(self, cast: Any, tmp_path: Path, capsys: Any) -> None:
        nothing = {"intake": 9, "file": None, "district": None, "user": None, "enter": False}
        chosen = tmp_path / "d.yaml"
        chosen.write_text("rest: {}", encoding="utf-8")
        for changed, told in (
            ({}, "没有编号为 9 的导入"),
            ({"user": "nobody"}, "没有登录名"),
            ({"file": chosen, "district": "000000"}, "没有代码为"),
            ({"decisions": tmp_path / "none.yaml"}, "none.yaml"),
        ):
            asked = argparse.Namespace(**{**nothing, "decisions": chosen, **changed})
            assert decide.run(asked) == 1
            assert told in capsys.readouterr().err
        assert pack.run(argparse.Namespace(intake=9, out=tmp_path)) == 1
