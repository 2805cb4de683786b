"""Who is told what about the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qingshan.messages.public import Notice
from qingshan.plans import actions, consumers
from qingshan.plans.events import (
    NotEvaluableSentBack,
    RebaseliningSentBack,
    TargetAssigned,
    ValueApproved,
    ValueSentBack,
    ValueSubmitted,
)
from qingshan.plans.models import Value

pytestmark = pytest.mark.django_db


def entered(ledger: Any, by: Any, at: Any) -> Value:
    facts = {"year": 2025, "kind": "department_report", "number": Decimal("93"), "source": "模拟：部门报表"}
    return actions.enter_value(indicator=ledger.air, facts=facts, by=by, at=at)


def told() -> set[tuple[str, str]]:
    return {(notice.to.username, notice.template) for notice in Notice.objects.select_related("to")}


class TestSubmitted:
    def test_those_who_may_approve_are_told_and_the_writer_is_not(
        self, cast: Any, ledger: Any, at: Any
    ) -> None:
        value = entered(ledger, cast.chen, at)
        event = ValueSubmitted(value.pk, ledger.air.pk, 2025, cast.chen.pk, at)
        consumers.tell_value_submitted(event, at=at)
        assert told() == {("林", "plans.value_submitted")}

    def test_nobody_of_another_district_is_told(self, cast: Any, ledger: Any, at: Any) -> None:
        value = entered(ledger, cast.chen, at)
        consumers.tell_value_submitted(ValueSubmitted(value.pk, ledger.air.pk, 2025, None, at), at=at)
        assert not Notice.objects.filter(to=cast.zhou).exists()

    def test_an_event_delivered_twice_tells_once(self, cast: Any, ledger: Any, at: Any) -> None:
        value = entered(ledger, cast.chen, at)
        for _ in range(2):
            consumers.tell_value_submitted(ValueSubmitted(value.pk, ledger.air.pk, 2025, None, at), at=at)
        assert Notice.objects.count() == 1


class TestDecided:
    def test_the_writer_is_told_the_reason_of_a_return(self, cast: Any, ledger: Any, at: Any) -> None:
        value = entered(ledger, cast.chen, at)
        event = ValueSentBack(value.pk, ledger.air.pk, 2025, cast.chen.pk, "缺少来源文件", at)
        consumers.tell_value_sent_back(event, at=at)
        assert "缺少来源文件" in Notice.objects.get(to=cast.chen).body

    def test_who_asked_to_leave_a_year_out_is_told_why_it_came_back(
        self, cast: Any, ledger: Any, at: Any
    ) -> None:
        event = NotEvaluableSentBack(1, ledger.air.pk, 2023, cast.chen.pk, "附上水文资料", at)
        consumers.tell_not_evaluable_sent_back(event, at=at)
        notice = Notice.objects.get(to=cast.chen)
        assert ("优良天数比例" in notice.subject, "附上水文资料" in notice.body) == (True, True)

    def test_who_proposed_to_change_a_project_is_told_why_it_came_back(
        self, cast: Any, ledger: Any, at: Any
    ) -> None:
        event = RebaseliningSentBack(1, ledger.plant.pk, cast.wu.pk, "写明批文", at)
        consumers.tell_rebaselining_sent_back(event, at=at)
        notice = Notice.objects.get(to=cast.wu)
        assert ("县城污水处理厂扩建" in notice.subject, "写明批文" in notice.body) == (True, True)

    def test_what_the_system_entered_tells_nobody(self, cast: Any, ledger: Any, at: Any) -> None:
        value = entered(ledger, None, at)
        consumers.tell_value_approved(
            ValueApproved(value.pk, ledger.air.pk, 2025, "audited", None, at), at=at
        )
        assert not Notice.objects.exists()


class TestAssigned:
    def test_the_responsible_department_signs_for_the_target(self, cast: Any, ledger: Any, at: Any) -> None:
        event = TargetAssigned(
            ledger.water_target.pk, ledger.water.pk, 2025, "云岭市", date(2026, 11, 1), cast.chen.pk, at
        )
        consumers.tell_target_assigned(event, at=at)
        notice = Notice.objects.get(to=cast.wu)
        assert notice.needs_receipt
        assert "水质优良比例" in notice.subject
