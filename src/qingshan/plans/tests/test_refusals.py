"""What a person reads who was slower than another, or asks for what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from qingshan.plans import actions
from qingshan.plans.errors import BadFacts
from qingshan.plans.states import PlanState

FACTS = {"year": 2025, "kind": "notified", "number": "93.1", "unit": "%", "source": "省通报"}


def told(response: Any) -> str:
    return "".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def submitted(cast: Any, ledger: Any, at: Any) -> Any:
    value = actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.chen, at=at)
    return actions.submit_value(value=value, by=cast.chen, at=at)


class TestASecondDecision:
    def test_the_page_says_that_another_was_faster(
        self, cast: Any, submitted: Any, at: Any, client: Any
    ) -> None:
        actions.approve_value(value=submitted, by=cast.lin, at=at)
        client.force_login(cast.lin)
        response = client.post(reverse("plans:decide", args=["value", submitted.pk, "approve"]))
        assert response.status_code == 302
        assert "可能已由他人办理" in told(response)


class TestMovingAPlan:
    def move(self, client: Any, **data: Any) -> str:
        response = client.post(reverse("plans:move", args=["qingchuan-2021"]), data)
        assert response.status_code == 302
        return told(response)

    def test_whoever_was_slower_is_told(self, cast: Any, ledger: Any, at: Any, client: Any) -> None:
        actions.move_plan(plan=ledger.plan, move="consult", seen=1, by=cast.chen, at=at, reason="按程序")
        client.force_login(cast.chen)
        assert "已有新的版本" in self.move(client, move="consult", seen_version=1, reason="按程序")
        assert "不允许这一步" in self.move(client, move="consult", seen_version=2, reason="按程序")

    @pytest.mark.parametrize("seen", ["", "x", "77", "-1"])
    def test_a_version_that_never_was_is_named(self, cast: Any, ledger: Any, client: Any, seen: str) -> None:
        client.force_login(cast.chen)
        assert "版" in self.move(client, move="consult", seen_version=seen, reason="按程序")
        assert ledger.plan.versions.get().state == PlanState.DRAFTING


class TestTheButtonsOfAPlansLife:
    def moves(self, client: Any) -> list[str]:
        page = client.get(reverse("plans:making", args=["qingchuan-2021"]))
        return [move["name"] for move in page.context["moves"]]

    def test_each_is_shown_to_whom_it_is_open(self, cast: Any, ledger: Any, at: Any, client: Any) -> None:
        given = {"plan": ledger.plan, "by": cast.chen, "at": at, "reason": "按程序"}
        actions.move_plan(move="consult", seen=1, **given)
        actions.move_plan(move="review", seen=2, **given)
        client.force_login(cast.chen)
        assert self.moves(client) == ["redraft"]
        client.force_login(cast.lin)
        assert self.moves(client) == ["approve", "withdraw"]


class TestNumbers:
    def test_more_digits_than_an_instrument_gives_are_refused(self, cast: Any, ledger: Any, at: Any) -> None:
        facts = {**FACTS, "number": "91.1234567890123456"}
        with pytest.raises(BadFacts, match="最多 15 位"):
            actions.enter_value(indicator=ledger.air, facts=facts, by=cast.chen, at=at)


class TestCodes:
    @pytest.mark.parametrize("code", ["A/1", "..", "", "a b", "x?y", "#1"])
    def test_one_that_cannot_stand_in_an_address_is_refused(
        self, cast: Any, ledger: Any, at: Any, code: str
    ) -> None:
        with pytest.raises(BadFacts, match="不能作编号"):
            actions.add_indicator(
                plan=ledger.plan, code=code, facts={}, valid_from=at.date(), by=cast.chen, at=at
            )
