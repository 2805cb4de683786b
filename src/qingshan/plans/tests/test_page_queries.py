"""Pages ask the database as often for many entries as for one."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qingshan.plans import actions
from qingshan.plans.models import Value


def asked(client: Any, url: str) -> int:
    client.get(url)  # the first visit also fills what is kept for the person
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def enter(cast: Any, ledger: Any, at: Any, years: range, *, approve: bool) -> None:
    for year in years:
        facts = {"year": year, "kind": "notified", "number": "90.1", "unit": "%", "source": "省通报"}
        value = actions.enter_value(indicator=ledger.air, facts=facts, by=cast.chen, at=at)
        actions.submit_value(value=value, by=cast.chen, at=at)
        if approve:
            actions.approve_value(value=value, by=cast.lin, at=at)


class TestTheSameForOneAndForMany:
    def test_what_waits_for_review(self, cast: Any, ledger: Any, at: Any, client: Any) -> None:
        client.force_login(cast.lin)
        enter(cast, ledger, at, range(2021, 2022), approve=False)
        one = asked(client, reverse("plans:review"))
        enter(cast, ledger, at, range(2022, 2026), approve=False)
        assert asked(client, reverse("plans:review")) == one

    def test_the_values_of_an_indicator(self, cast: Any, ledger: Any, at: Any, client: Any) -> None:
        client.force_login(cast.lin)
        enter(cast, ledger, at, range(2021, 2022), approve=True)
        one = asked(client, reverse("plans:indicator", args=["qingchuan-2021", "A1"]))
        enter(cast, ledger, at, range(2022, 2026), approve=True)
        assert Value.objects.filter(indicator=ledger.air).count() == 5
        assert asked(client, reverse("plans:indicator", args=["qingchuan-2021", "A1"])) == one

    def test_the_departments_of_a_record_for_all_its_buttons(
        self, cast: Any, ledger: Any, client: Any
    ) -> None:
        client.force_login(cast.wu)
        address = reverse("plans:project", args=["qingchuan-2021", "P1"])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        whose = 'SELECT "plans_projectresponsibility"."department_id"'
        assert sum(query["sql"].startswith(whose) for query in queries) == 1
