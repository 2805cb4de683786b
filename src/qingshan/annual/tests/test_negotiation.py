"""What departments say to their rows, what they are answered, and who has said nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.annual import public as annual
from qingshan.annual import queries
from qingshan.annual.errors import (
    AlreadyAsked,
    MissingReason,
    NothingAsked,
    NotNow,
    OwnWork,
)
from qingshan.annual.tests.conftest import AT, TODAY, held, person, row_of
from qingshan.annual.vocabulary import Stand
from qingshan.history.public import StaleVersion


def stands(row: Any) -> dict[str, Stand]:
    return {one.name: one.stand for one in queries.voices(rows=[held(row)], on=TODAY)[row.pk]}


def ask(row: Any, by: Any, **more: Any) -> Any:
    return annual.ask_change(row=row, by=by, at=AT, **{"reason": "财力", "seen": held(row).number, **more})


class TestAccept:
    def test_each_department_accepts_for_itself(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.sewage)
        assert stands(row) == {"青川县水利局": Stand.SILENT, "柳树镇人民政府": Stand.SILENT}
        assert annual.accept_rows(rows=[row], by=cast.wu, at=AT) == 1
        assert stands(row) == {"青川县水利局": Stand.ACCEPTED, "柳树镇人民政府": Stand.SILENT}
        assert annual.accept_rows(rows=[row], by=cast.wu, at=AT) == 0  # said already

    def test_a_later_version_is_asked_anew(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.sewage)
        annual.accept_rows(rows=[row], by=cast.wu, at=AT)
        annual.revise_row(row=row, seen=1, changes={"goal": "35 公里"}, by=cast.chen, at=AT, reason="加码")
        assert stands(row)["青川县水利局"] is Stand.SILENT

    @pytest.mark.parametrize("who", ["lin", "chen", "fang", "zhou"])
    def test_a_department_is_spoken_for_by_its_own_people_only(
        self, cast: Any, asked: Any, ledger: Any, who: str
    ) -> None:
        with pytest.raises(Forbidden):
            annual.accept_rows(rows=[row_of(asked, ledger.plant)], by=getattr(cast, who), at=AT)

    def test_nobody_accepts_a_draft(self, cast: Any, draft: Any, ledger: Any) -> None:
        with pytest.raises(NotNow):
            annual.accept_rows(rows=[row_of(draft, ledger.plant)], by=cast.wu, at=AT)

    def test_silent_departments_are_counted(self, cast: Any, asked: Any, ledger: Any) -> None:
        rows = list(annual.AnnualRowVersion.objects.current().filter(subject__annual=asked))
        assert queries.silent(rows=rows, on=TODAY) == {
            "柳树镇人民政府": 2, "青川县水利局": 3, "青川县生态环境局": 2,
        }  # fmt: skip
        own = [row.subject for row in rows if row.lead_id == cast.water.pk]
        annual.accept_rows(rows=own, by=cast.wu, at=AT)
        assert "青川县水利局" not in queries.silent(rows=rows, on=TODAY)


class TestAsk:
    def test_granted_it_is_the_next_version_and_the_asker_has_accepted_it(
        self, cast: Any, asked: Any, ledger: Any
    ) -> None:
        row = row_of(asked, ledger.promise)
        found = ask(row, cast.lan, due_on=date(2023, 9, 30), reason="汛期无法施工")
        assert stands(row) == {"柳树镇人民政府": Stand.ASKS}
        annual.answer_request(request=found, granted=True, by=cast.chen, at=AT)
        after = held(row)
        assert (after.number, after.due_on, after.reason) == (2, date(2023, 9, 30), "汛期无法施工")
        assert stands(row) == {"柳树镇人民政府": Stand.ACCEPTED}

    def test_refused_it_stays_and_waits_for_the_department(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.air)
        found = ask(row, cast.fang, value="90")
        with pytest.raises(MissingReason):
            annual.answer_request(request=found, granted=False, by=cast.chen, at=AT)
        annual.answer_request(request=found, granted=False, by=cast.chen, at=AT, answer="省里有要求")
        assert (held(row).value, stands(row)) == ("90.70", {"青川县生态环境局": Stand.REFUSED})
        annual.accept_rows(rows=[row], by=cast.fang, at=AT)
        assert stands(row) == {"青川县生态环境局": Stand.ACCEPTED}

    def test_a_proposed_value_becomes_the_target_in_words(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.air)
        annual.answer_request(request=ask(row, cast.fang, value="90"), granted=True, by=cast.chen, at=AT)
        assert held(row).goal == "≥90%"

    @pytest.mark.parametrize(
        "given", [{}, {"goal": "新建污水管网 30 公里。"}, {"due_on": date(2023, 12, 31)}], ids=str
    )
    def test_what_holds_already_is_no_request(self, cast: Any, asked: Any, ledger: Any, given: Any) -> None:
        with pytest.raises(NothingAsked):
            ask(row_of(asked, ledger.sewage), cast.wu, **given)

    def test_it_needs_a_reason(self, cast: Any, asked: Any, ledger: Any) -> None:
        with pytest.raises(MissingReason):
            ask(row_of(asked, ledger.sewage), cast.wu, goal="10 公里", reason=" ")

    def test_one_at_a_time_for_each_department(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.sewage)
        ask(row, cast.wu, goal="10 公里")
        with pytest.raises(AlreadyAsked):
            ask(row, cast.wu, goal="12 公里")
        assert ask(row, cast.lan, goal="镇区 3 公里")  # another department has its own say

    def test_of_two_requests_the_second_meets_a_row_that_has_changed(
        self, cast: Any, asked: Any, ledger: Any
    ) -> None:
        row = row_of(asked, ledger.sewage)
        first, second = ask(row, cast.wu, goal="10 公里"), ask(row, cast.lan, goal="12 公里")
        annual.answer_request(request=first, granted=True, by=cast.chen, at=AT)
        with pytest.raises(StaleVersion):
            annual.answer_request(request=second, granted=True, by=cast.chen, at=AT)
        second.refresh_from_db()  # what was refused is rolled back
        annual.answer_request(request=second, granted=False, by=cast.chen, at=AT, answer="已按 10 公里调整")

    @pytest.mark.parametrize("who", ["lin", "chen", "fang", "zhou"])
    def test_nobody_asks_for_a_department_that_is_not_theirs(
        self, cast: Any, asked: Any, ledger: Any, who: str
    ) -> None:
        with pytest.raises(Forbidden):
            ask(row_of(asked, ledger.plant), getattr(cast, who), goal="缓建")

    def test_a_department_does_not_ask_for_another_lead(self, cast: Any, asked: Any, ledger: Any) -> None:
        with pytest.raises(NothingAsked):
            ask(row_of(asked, ledger.plant), cast.wu, lead=cast.bureau, included=False)


class TestAfterPublication:
    def test_who_keeps_it_proposes_and_who_publishes_agrees(
        self, cast: Any, published: Any, ledger: Any
    ) -> None:
        row = row_of(published, ledger.air)
        found = ask(row, cast.chen, value="91", reason="省里加码")
        with pytest.raises(Forbidden):
            annual.answer_request(request=found, granted=True, by=cast.chen, at=AT)
        annual.answer_request(request=found, granted=True, by=cast.lin, at=AT)
        editions = [(one.number, one.reason, one.by.display_name) for one in published.editions.all()]
        assert editions == [(1, "发布", "林"), (2, "省里加码", "林")]
        goals = [queries.edition_rows(edition=one)[row.pk].goal for one in published.editions.all()]
        assert goals == ["≥90.70%", "≥91%"]

    def test_nobody_agrees_to_their_own_proposal(self, cast: Any, published: Any, ledger: Any) -> None:
        both = person("双", cast.county, cast.bureau, ("leader", None), ("planner", None))
        found = ask(row_of(published, ledger.air), both, value="91")
        with pytest.raises(OwnWork):
            annual.answer_request(request=found, granted=True, by=both, at=AT)

    def test_a_year_that_is_over_hears_nobody(self, cast: Any, published: Any, ledger: Any) -> None:
        annual.close_annual(annual=published, by=cast.lin, at=AT)
        for who in (cast.wu, cast.chen):
            with pytest.raises(NotNow):
                ask(row_of(published, ledger.plant), who, goal="缓建")
