"""Conflicts are looked for after every change: settled stays settled while its two values stand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts.models import Grant
from qingshan.accounts.public import Forbidden
from qingshan.intake import public as intake
from qingshan.intake.consumers import check_after_entering, check_after_revision
from qingshan.plans import actions as ledger
from qingshan.plans import public as plans
from qingshan.plans.vocabulary import PlanLevel

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
BEGIN = date(2021, 1, 1)


def how(cast: Any) -> dict[str, Any]:
    return {"by": cast.chen, "at": AT}


def forest(review: Any) -> Any:
    return review.findings.get(kind="indicator", facts__name="森林覆盖率")


def changed(review: Any, cast: Any, target: str) -> None:
    row = forest(review)
    facts = {**row.facts, "targets": [{"year": 2025, "raw": target}]}
    intake.edit(finding=row, facts=facts, expected_version=row.version, **how(cast))


def settled(conflict: Any, cast: Any, outcome: str = intake.Outcome.CONFIRMED) -> Any:
    return intake.settle(
        conflict=conflict, outcome=outcome, reason="以指标表为准", seen=conflict.values_key, **how(cast)
    )


@pytest.fixture
def city_plan(cast: Any) -> Any:
    """The city's plan in the ledger: forest cover of at least 65% in 2025."""
    return a_plan(cast.city, "yunling-2021", (2021, 2025), PlanLevel.CITY, "65")


def a_plan(district: Any, code: str, period: tuple[int, int], level: PlanLevel, target: str) -> Any:
    made: dict[str, Any] = {"valid_from": BEGIN, "by": None, "at": AT}
    plan = ledger.create_plan(
        code=code, district=district, simulated=True, facts={
            "name": code, "short_name": code, "kind": "五年规划", "level": level,
            "period_from": period[0], "period_to": period[1],
        }, **made,
    )  # fmt: skip
    row = ledger.add_indicator(
        plan=plan, code="A1", facts={"order": 1, "counts_as": 1, "name": "森林覆盖率", "unit": "%"}, **made
    )
    typed = plans.Typed(plans.ValueKind.NUMBER, plans.Operator.AT_LEAST, Decimal(target), "%")
    ledger.add_target(indicator=row, year=period[1], facts={"typed": typed, "raw": f"≥{target}"}, **made)
    return plan


class TestInOneDocument:
    def test_the_text_against_the_table_is_found_with_both_passages(self, review: Any) -> None:
        one = review.conflicts.get()
        assert (one.type, one.rule, one.severity, one.state) == (
            "text_vs_table", "text_against_table", "high", "open",
        )  # fmt: skip
        assert "61%" in review.text[one.a_start : one.a_end]
        assert "≥62" in review.text[one.b_start : one.b_end]

    def test_it_is_settled_with_a_reason_and_by_whom(self, review: Any, cast: Any) -> None:
        one = review.conflicts.get()
        with pytest.raises(intake.MissingReason):
            intake.settle(conflict=one, outcome="confirmed", reason=" ", seen=one.values_key, **how(cast))
        one = settled(one, cast)
        assert (one.state, one.reason, one.settled_by) == ("settled", "以指标表为准", cast.chen)
        with pytest.raises(intake.StaleConflict):
            settled(one, cast)

    def test_it_stays_settled_while_its_values_stand(self, review: Any, cast: Any) -> None:
        one = settled(review.conflicts.get(), cast)
        row = forest(review)
        intake.edit(finding=row, facts={**row.facts, "category": "自然生态"}, expected_version=1, **how(cast))
        other = review.findings.filter(kind="indicator").first()
        intake.reject(finding=other, expected_version=1, **how(cast))
        one.refresh_from_db()
        assert one.state == "settled"

    def test_it_opens_again_when_a_value_changes_and_says_what_it_was(self, review: Any, cast: Any) -> None:
        one = settled(review.conflicts.get(), cast)
        changed(review, cast, "≥63")
        one.refresh_from_db()
        assert (one.state, one.reason) == ("open", "以指标表为准")
        assert "62" in one.reopened_because
        assert "63" in one.what

    def test_it_is_gone_when_both_agree_and_back_when_they_do_not(self, review: Any, cast: Any) -> None:
        changed(review, cast, "≥61")
        assert review.conflicts.get().state == "gone"
        changed(review, cast, "≥64")
        assert review.conflicts.get().state == "open"

    def test_it_is_gone_when_one_side_is_rejected_and_back_when_that_is_undone(
        self, review: Any, cast: Any
    ) -> None:
        intake.reject(finding=forest(review), expected_version=1, **how(cast))
        assert review.conflicts.get().state == "gone"
        intake.undo(intake=review, **how(cast))
        assert review.conflicts.get().state == "open"

    def test_who_saw_other_values_does_not_settle(self, review: Any, cast: Any) -> None:
        one = review.conflicts.get()
        changed(review, cast, "≥63")
        with pytest.raises(intake.StaleConflict):
            settled(one, cast)

    def test_a_settlement_is_taken_back_by_hand(self, review: Any, cast: Any) -> None:
        one = settled(review.conflicts.get(), cast)
        one = intake.reopen_conflict(conflict=one, reason="上会后有不同意见", **how(cast))
        assert (one.state, one.reopened_because) == ("open", "上会后有不同意见")
        with pytest.raises(intake.StaleConflict):
            intake.reopen_conflict(conflict=one, reason="再次", **how(cast))

    def test_a_confirmed_one_is_known_to_the_ledger_with_its_settlement(self, review: Any, cast: Any) -> None:
        settled(review.conflicts.get(), cast)
        intake.accept(finding=forest(review), expected_version=1, **how(cast))
        done = intake.enter(intake=review, **how(cast))
        known = done.intake.plan.conflicts.get()
        assert (known.type, known.settlement, known.settled_by) == (
            "text_vs_table",
            "以指标表为准",
            cast.chen,
        )
        assert known.place_start is not None
        assert known.other_start is not None

    def test_a_dismissed_one_and_an_open_one_stay_out_of_the_ledger(self, review: Any, cast: Any) -> None:
        settled(review.conflicts.get(), cast, intake.Outcome.DISMISSED)
        intake.accept(finding=forest(review), expected_version=1, **how(cast))
        assert not intake.enter(intake=review, **how(cast)).intake.plan.conflicts.exists()


class TestAcrossPlans:
    def test_a_target_easier_than_the_upper_plans_is_found(
        self, cast: Any, city_plan: Any, review: Any
    ) -> None:
        one = review.conflicts.get(scope="upper")
        assert (one.type, one.rule) == ("cross_level_target", "easier_than_upper")
        assert one.other_plan == city_plan
        assert one.other_ref.startswith("plans.indicator/")
        assert "65" in one.other_words

    def test_who_may_not_see_the_other_plan_does_not_see_its_words(
        self, cast: Any, city_plan: Any, review: Any
    ) -> None:
        assert [one.scope for one in intake.conflicts_for(user=cast.chen, intake=review)] == ["within"]
        Grant.objects.create(
            user=cast.chen, role="evaluator", district=cast.city, from_on=BEGIN, granted_at=AT
        )
        fresh = type(cast.chen).objects.get(pk=cast.chen.pk)  # rights are remembered with the person
        assert len(intake.conflicts_for(user=fresh, intake=review)) == 2

    def test_a_plan_of_the_time_before_and_of_a_county_below_are_compared(self, cast: Any, text: str) -> None:
        a_plan(cast.county, "qingchuan-2016", (2016, 2020), PlanLevel.COUNTY, "66")
        a_plan(cast.elsewhere, "baishi-2021", (2021, 2025), PlanLevel.COUNTY, "70")
        made = intake.start(
            data=text.encode(), file_name="青川.txt", district=cast.county, by=cast.chen, at=AT
        )
        across = made.conflicts.exclude(scope="within").get()
        assert (across.scope, across.type) == ("previous", "target_below_prev_target")

    def test_the_citys_own_document_is_held_against_the_countys_plans(self, cast: Any, text: str) -> None:
        a_plan(cast.county, "qingchuan-2021", (2021, 2025), PlanLevel.COUNTY, "55")
        made = intake.start(data=text.encode(), file_name="市.txt", district=cast.city, by=None, at=AT)
        assert {one.scope for one in made.conflicts.exclude(scope="within")} == {"lower"}

    def test_it_is_checked_again_when_the_other_plan_changes(
        self, cast: Any, city_plan: Any, review: Any
    ) -> None:
        hidden = review.conflicts.get(scope="upper")
        with pytest.raises(Forbidden):  # 陈 may not see the city's plan
            settled(hidden, cast)
        one = intake.settle(
            conflict=hidden, outcome="confirmed", reason="报市里协调", seen=hidden.values_key, by=None, at=AT
        )
        target = city_plan.indicators.get().targets.get()
        for value, state in (("66", "open"), ("60", "gone")):
            typed = plans.Typed(plans.ValueKind.NUMBER, plans.Operator.AT_LEAST, Decimal(value), "%")
            seen = target.versions.current().get().number
            ledger.revise_target(
                target=target, changes={"typed": typed, "raw": f"≥{value}"}, seen=seen, by=None, at=AT,
                reason="市里调整", valid_from=BEGIN,
            )  # fmt: skip
            event = plans.TargetRevised(target.pk, target.indicator_id, 2025, None, AT)
            check_after_revision(event, at=AT)
            check_after_revision(event, at=AT)  # delivered twice, nothing new
            one.refresh_from_db()
            assert one.state == state

    def test_a_plan_that_is_entered_is_held_against_reviews_under_way(
        self, cast: Any, review: Any, text: str
    ) -> None:
        upper = text.replace("青川县", "云岭市").replace("≥62", "≥68")
        made = intake.start(data=upper.encode(), file_name="市.txt", district=cast.city, by=None, at=AT)
        row = forest(made)
        intake.accept(finding=row, expected_version=1, by=None, at=AT)
        done = intake.enter(intake=made, by=None, at=AT).intake
        check_after_entering(intake.FindingsEntered(done.pk, done.plan_id, 1, 0, None, AT), at=AT)
        assert review.conflicts.get(scope="upper").rule == "easier_than_upper"
