"""What waits for a second person: whose it is, sifted, paged, and decided on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from qingshan.plans import actions
from qingshan.plans.models import Rebaselining, Value
from qingshan.plans.queries import review
from qingshan.plans.states import ReviewState, WorkState

ADDRESS = "/review/"


def submitted(cast: Any, ledger: Any, at: Any, year: int = 2025) -> Value:
    facts = {"year": year, "kind": "notified", "number": "99", "source": "省厅通报"}
    value = actions.enter_value(indicator=ledger.air, facts=facts, by=cast.chen, at=at)
    return actions.submit_value(value=value, by=cast.chen, at=at)


@pytest.fixture
def one_of_each(cast: Any, ledger: Any, at: Any) -> None:
    """A value, a statement, a report and a re-baselining; 陈 entered the first two, 吴 the others."""
    submitted(cast, ledger, at)
    statement = actions.declare_not_evaluable(
        indicator=ledger.water, year=2023, reason="断流", evidence="〔2024〕3号", by=cast.chen, at=at
    )
    actions.submit_not_evaluable(statement=statement, by=cast.chen, at=at)
    report = actions.enter_report(
        subject=ledger.sewage, on=date(2026, 11, 1), work_state=WorkState.UNDER_WAY, text="开工",
        by=cast.wu, at=at,
    )  # fmt: skip
    actions.submit_report(report=report, by=cast.wu, at=at)
    proposal = actions.propose_rebaselining(
        project=ledger.plant, changes={"end_year": 2027, "investment_yuan": 15_000_000}, seen=1,
        reason="用地", by=cast.wu, at=at,
    )  # fmt: skip
    actions.submit_rebaselining(proposal=proposal, by=cast.wu, at=at)


@pytest.fixture
def lin(client: Any, cast: Any, ledger: Any) -> Any:
    client.force_login(cast.lin)
    return client


class TestWhoseItIs:
    def test_one_does_not_decide_ones_own(self, cast: Any, ledger: Any, at: Any) -> None:
        value = submitted(cast, ledger, at)
        assert [key[:2] for key in review.waiting_for(user=cast.lin)] == [("value", value.pk)]
        assert review.waiting_for(user=cast.chen).count() == 0
        assert review.waiting_for(user=cast.zhou).count() == 0

    def test_everybody_gets_what_they_may_decide(self, cast: Any, one_of_each: Any) -> None:
        def kinds(user: Any) -> set[str]:
            return {kind for kind, *_more in review.waiting_for(user=user)}

        assert kinds(cast.lin) == {"value", "not-evaluable", "rebaselining"}
        assert kinds(cast.chen) == {"report"}  # what she entered herself is for another
        assert kinds(cast.zhou) == kinds(cast.wu) == set()


class TestSifting:
    def test_by_kind_plan_and_writer(self, lin: Any, cast: Any, one_of_each: Any) -> None:
        def shown(**query: Any) -> list[str]:
            return sorted(row.kind for row in lin.get(ADDRESS, query).context["rows"])

        assert shown() == ["not-evaluable", "rebaselining", "value"]
        assert shown(kind="rebaselining") == ["rebaselining"]
        assert shown(by=str(cast.chen.pk)) == ["not-evaluable", "value"]
        assert len(shown(plan="qingchuan-2021")) == 3
        assert shown(kind="value", by=str(cast.wu.pk)) == []

    def test_only_plans_and_writers_of_what_waits_are_offered(
        self, lin: Any, cast: Any, one_of_each: Any
    ) -> None:
        fields = lin.get(ADDRESS).context["filters"].fields
        assert [key for key, _name in fields["plan"].choices] == ["", "qingchuan-2021"]
        assert {key for key, _name in fields["by"].choices} == {"", str(cast.chen.pk), str(cast.wu.pk)}

    @pytest.mark.parametrize(
        "query", [{"kind": "x"}, {"plan": "x"}, {"by": "x"}, {"page": "x"}, {"page": "99"}]
    )
    def test_a_word_that_is_not_offered_sifts_nothing(
        self, lin: Any, one_of_each: Any, query: dict[str, str]
    ) -> None:
        answer = lin.get(ADDRESS, query)
        assert (answer.status_code, len(answer.context["rows"])) == (200, 3)

    def test_the_latest_first_when_asked(self, lin: Any, cast: Any, ledger: Any, at: Any) -> None:
        first, second = submitted(cast, ledger, at, 2024), submitted(cast, ledger, at, 2025)
        assert [row.key for row in lin.get(ADDRESS).context["rows"]] == [first.pk, second.pk]
        newest = lin.get(ADDRESS, {"order": "newest"}).context["rows"]
        assert [row.key for row in newest] == [second.pk, first.pk]


class TestPages:
    def test_it_is_cut_into_pages(self, lin: Any, cast: Any, ledger: Any, at: Any) -> None:
        for year in range(2000, 2025):
            submitted(cast, ledger, at, year)
        first, second = lin.get(ADDRESS), lin.get(ADDRESS, {"page": "2", "kind": "value"})
        assert (len(first.context["rows"]), len(second.context["rows"])) == (20, 5)
        assert "?page=1&amp;kind=value" in second.content.decode()

    def test_the_fragment_is_the_list_alone(self, lin: Any, one_of_each: Any) -> None:
        part = lin.get(ADDRESS, headers={"HX-Request": "true"}).content.decode()
        assert part.lstrip().startswith('<div id="review"')


class TestDeciding:
    def test_a_re_baselining_says_what_it_would_change(self, lin: Any, one_of_each: Any) -> None:
        page = lin.get(ADDRESS, {"kind": "rebaselining"}).content.decode()
        assert "完成年 2025 → 2027" in page
        assert "总投资（万元） 1200 → 1500" in page

    def test_one_comes_back_to_the_page_one_was_on(self, lin: Any, cast: Any, ledger: Any, at: Any) -> None:
        value = submitted(cast, ledger, at)
        address = reverse("plans:decide", args=["value", value.pk, "approve"])
        answer = lin.post(address, {"back": "/review/?kind=value&page=2"})
        assert answer["Location"] == "/review/?kind=value&page=2"
        value.refresh_from_db()
        assert value.state == ReviewState.APPROVED

    def test_one_is_not_led_out_of_the_house(self, lin: Any, cast: Any, one_of_each: Any) -> None:
        proposal = Rebaselining.objects.get()
        address = reverse("plans:decide", args=["rebaselining", proposal.pk, "approve"])
        assert lin.post(address, {"back": "https://example.org/"})["Location"] == ADDRESS
