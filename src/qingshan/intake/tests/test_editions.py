"""A corrected edition: its difference against the ledger, and what people entered is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.intake import public as intake
from qingshan.intake.vocabulary import Side
from qingshan.plans import actions as ledger
from qingshan.plans import models
from qingshan.plans.queries.passages import passage_of

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 2, tzinfo=UTC)


def accept_all(review: Any, by: Any, at: datetime) -> None:
    for kind in intake.FindingKind:
        last = review.findings.filter(kind=kind, state="open").order_by("order", "pk").last()
        if last is not None:
            intake.accept_above(finding=last, by=by, at=at)


@pytest.fixture
def entered(review: Any, cast: Any) -> Any:
    """The first edition, wholly entered."""
    accept_all(review, cast.chen, AT)
    return intake.enter(intake=review, by=cast.chen, at=AT).intake


@pytest.fixture
def corrected(text: str) -> str:
    """One target corrected, one row gone, one new, and everything a line further down."""
    return (
        text.replace("第一章 规划目标", "（修订稿）\n\n第一章 规划目标")
        .replace("≥97", "≥97.5")
        .replace(
            "5\t环境治理\t危险废物利用处置率\t%\t98\t≥99\t预期性",
            "5\t环境治理\t受污染耕地安全利用率\t%\t93\t≥94\t预期性",
        )
    )


@pytest.fixture
def second(entered: Any, cast: Any, corrected: str) -> Any:
    """The corrected edition, taken in by 胡."""
    return intake.start(
        data=corrected.encode(), file_name="修订稿.txt", district=cast.county, plan=entered.plan,
        previous=entered, by=cast.hu, at=LATER,
    )  # fmt: skip


def sides(seen: Any) -> dict[str, set[str]]:
    return {side.value: {row.name for row in seen.rows if row.side is side} for side in Side}


class TestDifference:
    def test_it_says_what_is_new_changed_gone_and_unchanged(self, second: Any, cast: Any) -> None:
        found = sides(intake.preview(intake=second, by=cast.hu, at=LATER))
        assert "受污染耕地安全利用率" in found["entered"]
        assert "危险废物利用处置率" in found["gone"]
        assert {"森林覆盖率", "补齐污水管网短板"} <= found["unchanged"]  # they only stand further down
        assert found["kept"] == set()

    def test_a_change_is_told_field_by_field(self, second: Any, cast: Any) -> None:
        seen = intake.preview(intake=second, by=cast.hu, at=LATER)
        row = next(row for row in seen.rows if row.side is Side.REVISED and str(row.kind) == "目标")
        told = {one.label: (one.before, one.after) for one in row.fields}
        assert told["印刷文字"] == ("≥97", "≥97.5")
        assert told["目标"] == ("≥97%", "≥97.5%")
        assert row.finding is not None
        assert row.finding.facts["name"] == "空气质量优良天数比率"

    def test_to_look_changes_nothing(self, second: Any, cast: Any) -> None:
        before = models.TargetVersion.objects.count(), models.Indicator.objects.count()
        intake.preview(intake=second, by=cast.hu, at=LATER)
        assert (models.TargetVersion.objects.count(), models.Indicator.objects.count()) == before

    def test_its_head_is_what_the_first_edition_said(self, second: Any, entered: Any) -> None:
        assert second.head == entered.head
        assert second.plan == entered.plan


class TestWhatPeopleCorrected:
    """What was corrected in the first review is not undone by reading nearly the same text again."""

    def test_it_stands_where_the_new_text_reads_as_the_old_one(
        self, review: Any, cast: Any, corrected: str
    ) -> None:
        for name, changed in (
            ("PM2.5年均浓度", {"unit": "微克/立方米", "notes": "与市监测站核对"}),
            ("空气质量优良天数比率", {"category": "大气环境"}),
        ):
            row = review.findings.get(kind="indicator", facts__name=name)
            intake.edit(finding=row, facts={**row.facts, **changed}, expected_version=1, by=cast.chen, at=AT)
        accept_all(review, cast.chen, AT)
        first = intake.enter(intake=review, by=cast.chen, at=AT).intake
        made = intake.start(
            data=corrected.encode(), file_name="修订稿.txt", district=cast.county, plan=first.plan,
            previous=first, by=cast.hu, at=LATER,
        )  # fmt: skip
        fine = made.findings.get(kind="indicator", facts__name="PM2.5年均浓度")
        assert (fine.facts["unit"], fine.facts["notes"]) == ("微克/立方米", "与市监测站核对")
        assert fine.found["unit"] == "μg/m3"  # what was read stays what was read
        air = made.findings.get(kind="indicator", facts__name="空气质量优良天数比率")
        assert (air.facts["category"], air.facts["targets"][0]["raw"]) == ("大气环境", "≥97.5")
        revised = {row.code for row in intake.preview(intake=made, by=cast.hu, at=LATER).rows
                   if row.side is Side.REVISED}  # fmt: skip
        assert revised == {"T1-01 2025"}

    def test_an_empty_field_of_the_new_reading_erases_nothing(
        self, second: Any, entered: Any, cast: Any
    ) -> None:
        version = models.IndicatorVersion.objects.current().get(name="森林覆盖率")
        models.IndicatorVersion.objects.filter(pk=version.pk).update(notes="数据包的说明")
        accept_all(second, cast.hu, LATER)
        intake.enter(intake=second, by=cast.hu, at=LATER)
        assert models.IndicatorVersion.objects.current().get(name="森林覆盖率").notes == "数据包的说明"


class TestEnteringIt:
    def test_changed_values_get_a_version_and_the_rest_none(self, second: Any, cast: Any) -> None:
        accept_all(second, cast.hu, LATER)
        done = intake.enter(intake=second, by=cast.hu, at=LATER)
        air = models.Indicator.objects.get(versions__name="空气质量优良天数比率")
        versions = models.TargetVersion.objects.filter(subject__indicator=air).order_by("number")
        assert [(one.raw, one.recorded_by) for one in versions] == [("≥97", cast.chen), ("≥97.5", cast.hu)]
        assert models.IndicatorVersion.objects.filter(name="森林覆盖率").count() == 1
        assert models.Plan.objects.count() == 1
        assert done.kept == 0

    def test_what_the_new_text_lacks_stays_with_all_that_was_entered(
        self, second: Any, entered: Any, cast: Any
    ) -> None:
        gone = models.Indicator.objects.get(versions__name="危险废物利用处置率")
        value = ledger.enter_value(
            indicator=gone, facts={"kind": "audited", "source": "县固管站", "year": 2025, "number": "98.4",
                                   "unit": "%", "as_of": date(2025, 12, 31), "known_on": date(2026, 1, 20)},
            by=cast.chen, at=AT,
        )  # fmt: skip
        accept_all(second, cast.hu, LATER)
        intake.enter(intake=second, by=cast.hu, at=LATER)
        assert models.IndicatorVersion.objects.current().filter(subject=gone).exists()
        assert models.Value.objects.filter(pk=value.pk, indicator=gone).exists()

    def test_what_people_changed_is_theirs(self, second: Any, entered: Any, cast: Any) -> None:
        air = models.Indicator.objects.get(versions__name="空气质量优良天数比率")
        target = air.targets.get()
        ledger.revise_target(
            target=target, changes={"raw": "≥98（县委会议）"}, seen=1, by=cast.lin, at=AT,
            reason="县委常委会决定提高", valid_from=date(2026, 11, 20),
        )  # fmt: skip
        seen = intake.preview(intake=second, by=cast.hu, at=LATER)
        kept = next(row for row in seen.rows if row.side is Side.KEPT)
        assert {one.label: one.after for one in kept.fields}["印刷文字"] == "≥97.5"
        accept_all(second, cast.hu, LATER)
        done = intake.enter(intake=second, by=cast.hu, at=LATER)
        assert done.kept == 1
        assert target.versions.current().get().raw == "≥98（县委会议）"

    def test_passages_accepted_in_the_first_text_still_show_its_words(
        self, second: Any, entered: Any, cast: Any
    ) -> None:
        accept_all(second, cast.hu, LATER)
        intake.enter(intake=second, by=cast.hu, at=LATER)
        plan = models.Plan.objects.get()
        assert plan.sources.count() == 2
        assert plan.sources.get(main=True).sha256 == entered.sha256
        forest = models.IndicatorVersion.objects.current().get(name="森林覆盖率")
        fresh = models.IndicatorVersion.objects.current().get(name="受污染耕地安全利用率")
        for record, words in ((forest, "≥62"), (fresh, "≥94")):
            passage = passage_of(record=record, plan_id=plan.pk)
            assert passage is not None
            assert words in passage.text

    def test_entering_the_same_edition_once_more_changes_nothing(self, second: Any, cast: Any) -> None:
        accept_all(second, cast.hu, LATER)
        intake.enter(intake=second, by=cast.hu, at=LATER)
        versions = models.TargetVersion.objects.count(), models.MeasureVersion.objects.count()
        held = intake.reopen_review(intake=second, by=cast.hu, at=LATER)
        made = intake.add(
            intake=held,
            kind="duty",
            facts={"duty_code": "Z9", "name": "补录"},
            start=0,
            end=10,
            by=cast.hu,
            at=LATER,
        )
        intake.accept(finding=made, expected_version=1, by=cast.hu, at=LATER)
        done = intake.enter(intake=held, by=cast.hu, at=LATER)
        assert (done.entered, done.revised) == (1, 0)
        assert (models.TargetVersion.objects.count(), models.MeasureVersion.objects.count()) == versions

    def test_an_edition_of_a_plan_of_the_other_world_is_refused(self, entered: Any, cast: Any) -> None:
        models.Plan.objects.filter(pk=entered.plan.pk).update(simulated=False)
        entered.plan.refresh_from_db()
        with pytest.raises(intake.MixedWorlds):
            intake.start(
                data=b"x", file_name="a.txt", district=cast.county, plan=entered.plan, by=cast.chen, at=LATER
            )  # fmt: skip
