"""The list of rounds and what waits for people: the work does not grow with the rounds there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qingshan.dispatch import public as dispatch
from qingshan.dispatch.tests.conftest import TODAY, hand_in, open_november, row_of
from qingshan.dispatch.waiting import waiting


def queries_of(act: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def open_months(cast: Any, months: tuple[int, ...]) -> None:
    for month in months:
        found = open_november(cast, within=date(2026, month, 15))
        hand_in(row_of(found, cast.sewage), cast.wu)


class TestWork:
    def test_the_list_asks_as_much_of_one_round_as_of_five(self, ledgered: Any, client: Client) -> None:
        client.force_login(ledgered.chen)
        open_months(ledgered, (11,))
        client.get(reverse("dispatch:list"))
        one = queries_of(lambda: client.get(reverse("dispatch:list")))
        open_months(ledgered, (7, 8, 9, 10))
        assert queries_of(lambda: client.get(reverse("dispatch:list"))) == one

    def test_what_waits_asks_as_much_of_one_round_as_of_five(self, ledgered: Any) -> None:
        people = (ledgered.wu, ledgered.chen, ledgered.lin)
        open_months(ledgered, (11,))
        for user in people:
            list(waiting(user, TODAY))
        one = [queries_of(lambda user=user: list(waiting(user, TODAY))) for user in people]
        open_months(ledgered, (7, 8, 9, 10))
        five = [queries_of(lambda user=user: list(waiting(user, TODAY))) for user in people]
        assert five == one


class TestWaiting:
    def told(self, user: Any) -> list[tuple[str, int]]:
        return [(str(one.label), one.count) for one in waiting(user, TODAY)]

    def test_each_is_told_of_their_own(self, ledgered: Any) -> None:
        open_months(ledgered, (11,))
        assert self.told(ledgered.wu) == [("填报2026年11月调度", 2)]
        assert self.told(ledgered.zheng) == [("填报2026年11月调度", 1)]
        assert ("审核2026年11月调度", 1) in self.told(ledgered.chen)
        assert self.told(ledgered.zhou) == []

    def test_nothing_waits_of_a_cancelled_round(self, ledgered: Any) -> None:
        open_months(ledgered, (11,))
        found = dispatch.Round.objects.get()
        dispatch.cancel_round(round=found, reason="误发", by=ledgered.chen, at=found.opened_at)
        assert self.told(ledgered.wu) == []
        assert self.told(ledgered.chen) == []
