"""From accepted findings to the ledger: nothing else goes in, and each item keeps its passage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from qingshan.audit.public import entries
from qingshan.intake import public as intake
from qingshan.intake.packing import IncompletePack
from qingshan.messages.models import Notice
from qingshan.plans import models as ledger
from qingshan.plans.queries.passages import passage_of
from qingshan.plans.states import ReviewState
from qingshan.plans.vocabulary import TableKind

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def of_kind(review: Any, kind: str) -> list[Any]:
    return list(review.findings.filter(kind=kind).order_by("order", "pk"))


def accept_all(review: Any, by: Any) -> None:
    for kind in intake.FindingKind:
        found = of_kind(review, kind)
        if found:
            intake.accept_above(finding=found[-1], by=by, at=AT)


class TestEntering:
    def test_nothing_is_entered_that_nobody_accepted(self, review: Any, cast: Any) -> None:
        with pytest.raises(intake.NothingToEnter):
            intake.enter(intake=review, by=cast.chen, at=AT)
        row = of_kind(review, "indicator")[2]
        intake.accept(finding=row, expected_version=1, by=cast.chen, at=AT)
        done = intake.enter(intake=review, by=cast.chen, at=AT)
        assert (done.count, done.left) == (1, 16)
        assert [one.name for one in ledger.IndicatorVersion.objects.all()] == ["森林覆盖率"]
        assert not ledger.Commitment.objects.exists()
        assert not ledger.Measure.objects.exists()

    def test_everything_accepted_is_in_the_ledger_as_printed(self, review: Any, cast: Any) -> None:
        accept_all(review, cast.chen)
        done = intake.enter(intake=review, by=cast.chen, at=AT)
        plan = done.intake.plan
        assert (plan.code, plan.simulated, done.left) == ("990121-2021", True, 0)
        assert done.intake.state == intake.IntakeState.ENTERED
        air = ledger.IndicatorVersion.objects.get(plan=plan, name="空气质量优良天数比率")
        assert (air.attribute, air.category, air.baseline_raw, air.baseline_year) == (
            "binding", "环境质量", "96.2", 2020,
        )  # fmt: skip
        target = ledger.TargetVersion.objects.get(subject__indicator=air.subject)
        assert (target.subject.year, str(target.typed.value), target.typed.operator.value) == (
            2025,
            "97",
            ">=",
        )
        assert ledger.CommitmentVersion.objects.filter(plan=plan).count() == 6
        assert ledger.ProvisionVersion.objects.filter(plan=plan, kind="zoning").get().effect == "prohibit"
        assert plan.sources.get().text == review.text

    def test_headings_stand_above_the_measures_that_were_accepted(self, review: Any, cast: Any) -> None:
        measure = of_kind(review, "measure")[0]
        intake.accept(finding=measure, expected_version=1, by=cast.chen, at=AT)
        intake.enter(intake=review, by=cast.chen, at=AT)
        rows = ledger.MeasureVersion.objects.order_by("order")
        assert [(one.kind.value, one.label, one.title, one.depth) for one in rows] == [
            ("chapter", "第二章", "深化水污染防治", 0),
            ("section", "一、", "治理生活污水", 1),
            ("measure", "", "补齐污水管网短板", 2),
        ]
        named = ledger.MeasureResponsibility.objects.values_list("department__name", flat=True)
        assert set(named) == {
            "青川县水利局",
            "县住房和城乡建设局",
        }  # the bureau that is there is not made twice

    def test_every_entered_item_shows_the_words_it_was_accepted_by(self, review: Any, cast: Any) -> None:
        accept_all(review, cast.chen)
        intake.enter(intake=review, by=cast.chen, at=AT)
        seen = 0
        for finding in review.findings.filter(state=intake.FindingState.ENTERED).exclude(kind="missing"):
            room, key = finding.entered_ref.split("/")
            kind = room.removeprefix("plans.")
            versions = {
                "indicator": ledger.IndicatorVersion, "commitment": ledger.CommitmentVersion,
                "measure": ledger.MeasureVersion, "provision": ledger.ProvisionVersion,
            }[kind]  # fmt: skip
            record = versions.objects.current().get(subject_id=key)
            passage = passage_of(record=record, plan_id=record.plan_id)
            assert passage is not None
            assert passage.text == review.text[finding.start : finding.end]
            seen += 1
        assert seen == 17

    def test_the_ledger_says_who_accepted(self, review: Any, cast: Any) -> None:
        row = of_kind(review, "indicator")[0]
        intake.accept(finding=row, expected_version=1, by=cast.chen, at=AT)
        intake.enter(intake=review, by=cast.hu, at=AT)
        assert ledger.IndicatorVersion.objects.get().recorded_by == cast.hu
        actions = [one.action for one in entries() if one.action.startswith("intake.")]
        assert set(actions) >= {"intake.start", "intake.accept", "intake.enter"}

    def test_what_is_accepted_later_joins_what_is_there(self, review: Any, cast: Any) -> None:
        first, second = of_kind(review, "measure")[:2]
        intake.accept(finding=first, expected_version=1, by=cast.chen, at=AT)
        intake.enter(intake=review, by=cast.chen, at=AT)
        intake.accept(finding=second, expected_version=1, by=cast.chen, at=AT)
        done = intake.enter(intake=review, by=cast.chen, at=AT)
        # the section and the measure are new; their chapter is there
        assert (done.entered, done.revised, done.count) == (2, 0, 1)
        assert ledger.Plan.objects.count() == 1
        assert ledger.PlanSource.objects.get().main

    def test_two_items_of_one_name_become_two_records_also_one_after_the_other(
        self, review: Any, cast: Any
    ) -> None:
        for position, one in enumerate(of_kind(review, "measure")[:2], start=1):
            facts = {**one.facts, "title": "加强监管"}
            intake.edit(finding=one, facts=facts, expected_version=1, and_accept=True, by=cast.chen, at=AT)
            intake.enter(intake=review, by=cast.chen, at=AT)
            assert ledger.MeasureVersion.objects.filter(title="加强监管").count() == position

    def test_an_entered_finding_takes_no_further_move(self, review: Any, cast: Any) -> None:
        row = of_kind(review, "indicator")[0]
        intake.accept(finding=row, expected_version=1, by=cast.chen, at=AT)
        intake.enter(intake=review, by=cast.chen, at=AT)
        row.refresh_from_db()
        with pytest.raises(intake.NotNow):
            intake.reject(finding=row, expected_version=row.version, by=cast.chen, at=AT)
        with pytest.raises(intake.NothingToUndo):
            intake.undo(intake=review, by=cast.chen, at=AT)

    def test_who_approves_is_told_what_came_in_and_once(self, review: Any, cast: Any) -> None:
        intake.accept(finding=of_kind(review, "indicator")[0], expected_version=1, by=cast.chen, at=AT)
        done = intake.enter(intake=review, by=cast.chen, at=AT).intake
        event = intake.FindingsEntered(done.pk, done.plan_id, 1, 0, cast.chen.pk, AT)
        for _ in range(2):
            intake.tell_findings_entered(event, at=AT)
        (notice,) = Notice.objects.all()
        assert notice.to == cast.lin
        assert "陈" in notice.body
        assert notice.address == f"/intake/{done.pk}/"

    def test_a_head_without_a_code_is_refused_and_nothing_is_entered(self, review: Any, cast: Any) -> None:
        intake.edit_head(
            intake=review, facts={**review.head, "code": ""}, expected_version=1, by=cast.chen, at=AT
        )
        intake.accept(finding=of_kind(review, "indicator")[0], expected_version=1, by=cast.chen, at=AT)
        with pytest.raises(IncompletePack, match="规划编号"):
            intake.enter(intake=review, by=cast.chen, at=AT)
        assert not ledger.Plan.objects.exists()

    def test_a_code_of_another_plan_is_refused(self, review: Any, cast: Any) -> None:
        ledger.Plan.objects.create(code="990121-2021", district=cast.elsewhere, simulated=True)
        intake.accept(finding=of_kind(review, "indicator")[0], expected_version=1, by=cast.chen, at=AT)
        with pytest.raises(IncompletePack, match="已属于另一个规划"):
            intake.enter(intake=review, by=cast.chen, at=AT)

    def test_the_preview_counts_what_waits_and_names_what_is_missing(self, review: Any, cast: Any) -> None:
        intake.accept(finding=of_kind(review, "indicator")[0], expected_version=1, by=cast.chen, at=AT)
        intake.edit_head(
            intake=review, facts={**review.head, "short_name": ""}, expected_version=1, by=cast.chen, at=AT
        )
        review.refresh_from_db()
        seen = intake.preview(intake=review, by=cast.chen, at=AT)
        assert (seen.waiting, seen.accepted) == (1, {intake.FindingKind.INDICATOR: 1})
        assert [(one.finding, one.field) for one in seen.problems] == [(None, "short_name")]
        assert not ledger.Plan.objects.exists()


class TestPlan004:
    """The text of Lianzhou's plan, from the file to the ledger."""

    def test_27_and_21_indicator_rows_come_into_the_ledger(self, cast: Any, shared: Any) -> None:
        found = sorted((shared / "plans").glob("004_*.txt"))
        if not found:
            pytest.skip("the text of plan 004 is not in ../shared/plans")
        # its real district would need a real person; the text is the same in the fictional county
        review = intake.start(
            data=found[0].read_bytes(), file_name="004.txt", district=cast.county, by=cast.chen, at=AT
        )
        assert review.findings.filter(kind="indicator").count() == 27 + 21
        accept_all(review, cast.chen)
        done = intake.enter(intake=review, by=cast.chen, at=AT)
        assert done.left == 0
        rows = ledger.IndicatorVersion.objects.current().filter(plan=done.intake.plan)
        kinds = {kind: rows.filter(subject__table__kind=kind).count() for kind in TableKind}
        assert kinds == {TableKind.COMPLETION: 27, TableKind.TARGETS: 21}
        assert rows.filter(place_start__isnull=True).count() == 0
        printed = ledger.Value.objects.filter(indicator__plan=done.intake.plan)
        assert {one.state for one in printed} == {ReviewState.APPROVED}
        parent = "清远市"
        waiting = ledger.TargetVersion.objects.filter(subject__indicator__plan=done.intake.plan)
        assert {one.typed.authority for one in waiting if one.typed.authority} == {parent}
