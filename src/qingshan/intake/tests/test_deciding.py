"""Deciding on findings: one step after the other, each kept, each to be undone by who took it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from qingshan.audit.public import entries
from qingshan.intake import public as intake

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def row(review: Any) -> Any:
    return review.findings.filter(kind="indicator").order_by("order")[1]


def how(cast: Any) -> dict[str, Any]:
    return {"by": cast.chen, "at": AT}


def raw(review: Any) -> str:
    """All that the reader said, as one text."""
    return json.dumps(
        list(review.findings.exclude(found=None).order_by("pk").values_list("found", flat=True))
    )


class TestOneFinding:
    def test_a_decision_is_kept_with_what_was_before(self, review: Any, row: Any, cast: Any) -> None:
        intake.accept(finding=row, expected_version=1, **how(cast))
        step = intake.Decision.objects.get(intake=review)
        assert (step.number, step.move, step.by) == (1, intake.Move.ACCEPT, cast.chen)
        kept = step.touched.get()
        assert (kept.before["state"], kept.after["state"], kept.version) == ("open", "accepted", 2)
        assert "intake.accept" in {one.action for one in entries()}

    def test_it_is_rejected_taken_up_again_and_accepted(self, row: Any, cast: Any) -> None:
        row = intake.reject(finding=row, expected_version=1, note="重复", **how(cast))
        row = intake.reopen(finding=row, expected_version=2, **how(cast))
        row = intake.accept(finding=row, expected_version=3, **how(cast))
        assert (row.state, row.version) == ("accepted", 4)

    def test_an_edit_changes_the_facts_and_never_what_was_found(
        self, review: Any, row: Any, cast: Any
    ) -> None:
        before = raw(review)
        facts = {**row.facts, "name": "细颗粒物年均浓度", "targets": [{"year": 2025, "raw": "≤21"}]}
        changed = intake.edit(finding=row, facts=facts, expected_version=1, and_accept=True, **how(cast))
        assert (changed.facts["name"], changed.state) == ("细颗粒物年均浓度", "accepted")
        assert changed.found["name"] == "PM2.5年均浓度"
        assert raw(review) == before

    def test_what_was_found_cannot_be_saved_anew(self, row: Any) -> None:
        row.found = {"name": "别的"}
        with pytest.raises(ValueError, match="never is"):
            row.save()

    def test_an_edit_may_point_at_a_better_passage(self, review: Any, row: Any, cast: Any) -> None:
        moved = intake.edit(
            finding=row, facts=row.facts, expected_version=1, start=row.start, end=row.end - 4, **how(cast)
        )
        assert moved.passage == review.text[row.start : row.end - 4]

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"name": ""}, "name"),
            ({"surprise": 1}, "surprise"),
            ({"attribute": "hard"}, "attribute"),
            ({"targets": [{"year": 2025, "raw": "≤1"}, {"year": 2025, "raw": "≤2"}]}, "targets"),
            ({"baseline": {"year": 12, "raw": "9"}}, "baseline"),
            ({"targets": [{"year": 2025, "raw": "≤1", "typed": {"kind": "guess"}}]}, "targets"),
            ({"name": "长" * 121}, "name"),
        ],
    )
    def test_facts_that_cannot_be_are_refused_field_by_field(
        self, row: Any, cast: Any, changed: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(intake.BadFacts) as refused:
            intake.edit(finding=row, facts={**row.facts, **changed}, expected_version=1, **how(cast))
        assert set(refused.value.fields) == {field}
        assert not intake.Decision.objects.exists()

    @pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 4), (0, 10**6), (0, 401), (7, 3)])
    def test_a_passage_that_is_none_is_refused(self, row: Any, cast: Any, start: int, end: int) -> None:
        with pytest.raises(intake.BadFacts):
            intake.edit(finding=row, facts=row.facts, expected_version=1, start=start, end=end, **how(cast))

    def test_a_finding_without_its_required_field_is_not_accepted(self, review: Any, cast: Any) -> None:
        one = review.findings.filter(kind="commitment").first()
        intake.Finding.objects.filter(pk=one.pk).update(facts={**one.facts, "metric": ""})
        with pytest.raises(intake.BadFacts, match="请填写度量"):
            intake.accept(finding=one, expected_version=1, **how(cast))


class TestTwoReviewers:
    def test_the_later_one_gets_both_versions(self, row: Any, cast: Any) -> None:
        intake.edit(finding=row, facts={**row.facts, "unit": "微克"}, expected_version=1, by=cast.hu, at=AT)
        with pytest.raises(intake.StaleFinding) as stale:
            intake.accept(finding=row, expected_version=1, **how(cast))
        assert stale.value.seen is not None
        assert stale.value.seen["facts"]["unit"] == "μg/m3"
        assert stale.value.finding.facts["unit"] == "微克"
        assert stale.value.decided is not None
        assert stale.value.decided.decision.by == cast.hu
        assert "胡" in str(stale.value)

    def test_a_third_version_still_shows_what_each_saw(self, row: Any, cast: Any) -> None:
        intake.accept(finding=row, expected_version=1, by=cast.hu, at=AT)
        intake.reopen(finding=row, expected_version=2, by=cast.hu, at=AT)
        with pytest.raises(intake.StaleFinding) as stale:
            intake.reject(finding=row, expected_version=2, **how(cast))
        assert (stale.value.seen or {})["state"] == "accepted"

    def test_the_head_knows_two_editors_too(self, review: Any, cast: Any) -> None:
        facts = {**review.head, "issuer": "青川县人民政府"}
        intake.edit_head(intake=review, facts=facts, expected_version=1, by=cast.hu, at=AT)
        with pytest.raises(intake.StaleHead) as stale:
            intake.edit_head(intake=review, facts=review.head, expected_version=1, **how(cast))
        assert stale.value.head["issuer"] == "青川县人民政府"

    def test_nobody_undoes_the_step_of_another(self, review: Any, row: Any, cast: Any) -> None:
        intake.accept(finding=row, expected_version=1, by=cast.hu, at=AT)
        with pytest.raises(intake.NothingToUndo):
            intake.undo(intake=review, **how(cast))

    def test_what_another_decided_since_is_not_undone_over_them(
        self, review: Any, row: Any, cast: Any
    ) -> None:
        intake.accept(finding=row, expected_version=1, **how(cast))
        intake.reopen(finding=row, expected_version=2, by=cast.hu, at=AT)
        with pytest.raises(intake.StaleFinding):
            intake.undo(intake=review, **how(cast))


class TestSeveralFindings:
    def test_the_rest_above_is_accepted_in_one_step_and_undone_in_one(self, review: Any, cast: Any) -> None:
        rows = list(review.findings.filter(kind="indicator").order_by("order"))
        intake.reject(finding=rows[0], expected_version=1, **how(cast))
        done = intake.accept_above(finding=rows[3], **how(cast))
        assert [one.pk for one in done] == [one.pk for one in rows[1:4]]
        intake.undo(intake=review, **how(cast))
        states = list(
            review.findings.filter(kind="indicator").order_by("order").values_list("state", flat=True)
        )
        assert states == ["rejected", "open", "open", "open", "open"]

    def test_only_those_that_were_seen_above_are_accepted(self, review: Any, cast: Any) -> None:
        rows = list(review.findings.filter(kind="indicator").order_by("order"))
        done = intake.accept_above(finding=rows[1], among=[rows[4].pk], **how(cast))
        assert {one.pk for one in done} == {rows[1].pk, rows[4].pk}

    def test_one_passage_becomes_two_items(self, review: Any, cast: Any) -> None:
        one = review.findings.filter(kind="measure").first()
        middle = (one.start + one.end) // 2
        parts = [
            intake.Part({**one.facts, "title": "新建管网"}, one.start, middle),
            intake.Part({**one.facts, "title": "查漏修补"}, middle, one.end),
        ]
        made = intake.split(finding=one, parts=parts, expected_version=1, **how(cast))
        one.refresh_from_db()
        assert one.state == "replaced"
        assert [(part.facts["title"], part.state, part.found) for part in made] == [
            ("新建管网", "open", None), ("查漏修补", "open", None),
        ]  # fmt: skip
        assert all(list(part.made_from.all()) == [one] for part in made)

    def test_a_split_is_undone_wholly(self, review: Any, cast: Any) -> None:
        one = review.findings.filter(kind="measure").first()
        parts = [intake.Part({**one.facts, "title": t}, one.start, one.end) for t in "甲乙"]
        intake.split(finding=one, parts=parts, expected_version=1, **how(cast))
        intake.undo(intake=review, **how(cast))
        one.refresh_from_db()
        assert one.state == "open"
        standing = review.findings.filter(kind="measure").exclude(state="replaced")
        assert standing.count() == 3

    def test_two_items_become_one(self, review: Any, cast: Any) -> None:
        pair = list(review.findings.filter(kind="duty").order_by("order"))
        made = intake.merge(
            findings=pair,
            expected_versions=[1, 1],
            facts={"duty_code": "A02", "name": "基准年说明"},
            **how(cast),
        )
        assert (made.start, made.end) == (pair[0].start, pair[0].end)
        assert set(made.made_from.all()) == set(pair)
        with pytest.raises(intake.BadFacts):
            intake.merge(findings=[made], expected_versions=[1], facts=made.facts, **how(cast))

    def test_what_the_reader_passed_over_is_added(self, review: Any, cast: Any) -> None:
        start = review.text.index("新建县城污水管网")
        made = intake.add(
            intake=review,
            kind="project",
            facts={"name": "县城污水管网"},
            start=start,
            end=start + 12,
            **how(cast),
        )
        assert (made.state, made.found, made.confidence) == ("open", None, None)
        intake.undo(intake=review, **how(cast))
        made.refresh_from_db()
        assert made.state == "replaced"


class TestUndo:
    def test_steps_are_undone_one_after_the_other_and_all_are_kept(
        self, review: Any, row: Any, cast: Any
    ) -> None:
        intake.accept(finding=row, expected_version=1, **how(cast))
        intake.edit(finding=row, facts={**row.facts, "unit": "微克"}, expected_version=2, **how(cast))
        intake.undo(intake=review, **how(cast))
        row.refresh_from_db()
        assert (row.state, row.facts["unit"]) == ("accepted", "μg/m3")
        intake.undo(intake=review, **how(cast))
        row.refresh_from_db()
        assert (row.state, row.version) == ("open", 5)
        moves = list(intake.Decision.objects.filter(intake=review).values_list("move", flat=True))
        assert moves == ["accept", "edit", "undo", "undo"]
        with pytest.raises(intake.NothingToUndo):
            intake.undo(intake=review, **how(cast))

    def test_the_raw_findings_survive_every_move(self, review: Any, cast: Any) -> None:
        before = raw(review)
        rows = list(review.findings.filter(kind="indicator").order_by("order"))
        intake.accept_above(finding=rows[-1], **how(cast))
        intake.undo(intake=review, **how(cast))
        parts = [intake.Part(rows[0].facts, rows[0].start, rows[0].end)] * 2
        rows[0].refresh_from_db()
        intake.split(finding=rows[0], parts=parts, expected_version=rows[0].version, **how(cast))
        assert raw(review) == before


class TestAReviewAsAWhole:
    def test_a_withdrawn_one_takes_no_decision(self, review: Any, row: Any, cast: Any) -> None:
        with pytest.raises(intake.MissingReason):
            intake.withdraw(intake=review, reason=" ", **how(cast))
        intake.withdraw(intake=review, reason="选错了文件", **how(cast))
        with pytest.raises(intake.NotNow, match="已撤回"):
            intake.accept(finding=row, expected_version=1, **how(cast))

    def test_a_finished_one_is_taken_up_again(self, review: Any, cast: Any) -> None:
        for kind in intake.FindingKind:
            if (last := review.findings.filter(kind=kind).order_by("order").last()) is not None:
                intake.accept_above(finding=last, **how(cast))
        done = intake.enter(intake=review, **how(cast)).intake
        assert done.state == intake.IntakeState.ENTERED
        assert intake.reopen_review(intake=done, **how(cast)).state == intake.IntakeState.REVIEWING
