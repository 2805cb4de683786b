"""A value is entered by one person, approved by another, and corrected by a new one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.audit.public import trail
from qingshan.jobs.models import OutboxEvent
from qingshan.kernel.flow import IllegalMove
from qingshan.plans import actions
from qingshan.plans.errors import BadFacts, MissingEvidence, NotChangeable, OutsidePlan, OwnEntry, StaleEntry
from qingshan.plans.models import Value
from qingshan.plans.states import ReviewState

FACTS: dict[str, Any] = {
    "year": 2025,
    "kind": "notified",
    "number": "93.4",
    "unit": "%",
    "source": "省厅通报",
}


class TestEnteringAValue:
    def test_it_keeps_the_digits_as_they_were_written(self, cast: Any, ledger: Any, at: Any) -> None:
        value = actions.enter_value(
            indicator=ledger.air, facts={**FACTS, "number": "93.40"}, by=cast.chen, at=at
        )
        assert str(Value.objects.get(pk=value.pk).number) == "93.40"
        assert value.state is ReviewState.ENTERED

    def test_it_is_refused_to_somebody_from_another_district(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(Forbidden):
            actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.zhou, at=at)

    def test_an_officer_enters_what_her_own_department_answers_for(
        self, cast: Any, ledger: Any, at: Any
    ) -> None:
        actions.enter_value(indicator=ledger.water, facts=FACTS, by=cast.wu, at=at)
        with pytest.raises(Forbidden):
            actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.wu, at=at)

    def test_a_number_of_an_unfinished_year_speaks_of_that_part_of_the_year(
        self, cast: Any, ledger: Any, at: Any
    ) -> None:
        facts = {**FACTS, "year": 2026, "as_of": date(2026, 10, 31)}
        value = actions.enter_value(indicator=ledger.air, facts=facts, by=cast.chen, at=at)
        assert (value.period_start, value.period_end) == (date(2026, 1, 1), date(2026, 10, 31))
        assert not value.whole_year

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"number": None}, "数值"),
            ({"number": "约93"}, "数值"),
            ({"kind": "guess"}, "数值类别"),
            ({"source": ""}, "数据来源"),
            ({"as_of": date(2024, 12, 31)}, "数据截至"),
            ({"known_on": date(2026, 11, 21)}, "获知日期"),
            ({"period_start": date(2025, 5, 1), "period_end": date(2025, 4, 1)}, "时段止"),
            ({"period_start": date(2025, 5, 1)}, "时段起"),
            ({"rank": 3}, "rank"),
        ],
    )
    def test_it_names_the_field_that_is_wrong(
        self, cast: Any, ledger: Any, at: Any, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(BadFacts) as refused:
            actions.enter_value(indicator=ledger.air, facts={**FACTS, **change}, by=cast.chen, at=at)
        assert field in refused.value.fields
        assert not Value.objects.exists()


class TestApprovingAValue:
    def test_it_takes_a_second_person(self, cast: Any, ledger: Any, at: Any) -> None:
        value = actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.chen, at=at)
        actions.submit_value(value=value, by=cast.chen, at=at)
        with pytest.raises(OwnEntry):
            actions.approve_value(value=value, by=cast.chen, at=at)
        actions.approve_value(value=value, by=cast.lin, at=at)
        assert value.state is ReviewState.APPROVED
        assert value.reviewed_by == cast.lin

    def test_it_must_have_been_submitted(self, cast: Any, ledger: Any, at: Any) -> None:
        value = actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.chen, at=at)
        with pytest.raises(IllegalMove):
            actions.approve_value(value=value, by=cast.lin, at=at)

    def test_it_is_announced_and_in_the_audit(self, cast: Any, ledger: Any, at: Any, book: Any) -> None:
        value = book.approved(cast, ledger.air, year=2025, number="93.4")
        assert [entry.action for entry in trail(value.ref)] == [
            "plans.approve_value",
            "plans.submit_value",
            "plans.enter_value",
        ]
        assert OutboxEvent.objects.filter(name="plans.ValueApproved").count() == 1

    def test_what_is_approved_is_not_changed_any_more(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        value = book.approved(cast, ledger.air, year=2025, number="93.4")
        with pytest.raises(NotChangeable):
            actions.change_value(value=value, facts={"number": "99"}, by=cast.chen, at=at)
        assert Value.objects.get(pk=value.pk).number == Decimal("93.4")

    def test_sent_back_it_is_mended_and_submitted_again(self, cast: Any, ledger: Any, at: Any) -> None:
        value = actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.chen, at=at)
        actions.submit_value(value=value, by=cast.chen, at=at)
        actions.send_back_value(value=value, by=cast.lin, at=at, note="缺文号")
        actions.change_value(value=value, facts={"number": "93.5"}, by=cast.chen, at=at)
        actions.submit_value(value=value, by=cast.chen, at=at)
        assert (value.state, value.number) == (ReviewState.SUBMITTED, Decimal("93.5"))

    def test_of_two_who_decide_at_once_only_one_succeeds(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        other = book.user("何", cast.bureau, cast.county)
        book.grant(other, "leader", cast.county)
        value = actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.chen, at=at)
        actions.submit_value(value=value, by=cast.chen, at=at)
        seen_by_other = Value.objects.get(pk=value.pk)
        actions.approve_value(value=value, by=cast.lin, at=at)
        with pytest.raises(StaleEntry, match="已审核"):
            actions.send_back_value(value=seen_by_other, by=other, at=at, note="缺文号")
        assert Value.objects.get(pk=value.pk).reviewed_by == cast.lin


class TestCorrectingAValue:
    def test_the_old_value_still_counts_for_the_days_before(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        old = book.approved(cast, ledger.air, year=2025, number="93.4", known_on=date(2026, 2, 1))
        new = book.approved(
            cast, ledger.air, year=2025, number="92.1", known_on=date(2026, 5, 1), corrects=old
        )
        old.refresh_from_db()
        assert (old.state, old.superseded_on) == (ReviewState.SUPERSEDED, date(2026, 5, 1))
        assert new.state is ReviewState.APPROVED

    def test_it_is_not_the_value_of_another_indicator(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        old = book.approved(cast, ledger.water, year=2025, number="93.4")
        with pytest.raises(OutsidePlan):
            actions.enter_value(indicator=ledger.air, facts=FACTS, corrects=old, by=cast.chen, at=at)


class TestLeavingDaysOrYearsOut:
    def test_an_exclusion_letter_needs_its_document(self, cast: Any, ledger: Any, at: Any) -> None:
        facts = {
            "title": "关于剔除沙尘影响天数的复函", "authority": "省生态环境厅", "issued_on": date(2026, 3, 1),
            "period_start": date(2025, 4, 10), "period_end": date(2025, 4, 13), "cause": "沙尘天气",
        }  # fmt: skip
        given = {"plan": ledger.plan, "number": "云环函〔2026〕3号", "by": cast.chen, "at": at}
        with pytest.raises(MissingEvidence):
            actions.add_exclusion_letter(facts=facts, **given)
        letter = actions.add_exclusion_letter(facts={**facts, "document": "documents.document/1"}, **given)
        value = actions.enter_value(
            indicator=ledger.air, facts=FACTS, exclusions=[letter], by=cast.chen, at=at
        )
        assert list(value.exclusions.all()) == [letter]

    def test_a_year_is_left_out_by_somebody_who_may_approve_plans(
        self, cast: Any, ledger: Any, at: Any
    ) -> None:
        statement = actions.declare_not_evaluable(
            indicator=ledger.air, year=2025, reason="点位撤销", evidence="市局通知", by=cast.chen, at=at
        )
        actions.submit_not_evaluable(statement=statement, by=cast.chen, at=at)
        with pytest.raises((OwnEntry, Forbidden)):
            actions.approve_not_evaluable(statement=statement, by=cast.chen, at=at)
        actions.approve_not_evaluable(statement=statement, by=cast.lin, at=at)
        assert statement.state is ReviewState.APPROVED

    def test_it_needs_evidence(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(MissingEvidence):
            actions.declare_not_evaluable(
                indicator=ledger.air, year=2025, reason="点位撤销", evidence=" ", by=cast.chen, at=at
            )
