"""Spies: what was not ticked, or not approved, is in no form the public gets.

Every column of the test plan holds words that stand nowhere else. Each is left out in turn, and looked for in
page, JSON and CSV.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingshan.disclosure import actions
from qingshan.disclosure.choice import Choice, PartChoice
from qingshan.disclosure.tests.conftest import AT, SPIES, everything, progress, publish, value
from qingshan.disclosure.vocabulary import COLUMNS, Column, Extent, Part
from qingshan.plans import actions as ledger

#: The parts that can hold the words of a column.
SPIED = sorted(Column(name) for name in SPIES)


def forms_of(client: Client, edition: Any) -> dict[str, str]:
    """Everything anybody can fetch of an edition, by address."""
    code, number = edition.page.plan.code, edition.number
    addresses = [
        reverse("disclosure:overview"),
        reverse("disclosure:plan", args=[code]),
        reverse("disclosure:editions", args=[code]),
        reverse("disclosure:edition", args=[code, number]),
        reverse("disclosure:answers", args=[code]),
        reverse("disclosure:send", args=[code]),
        reverse("disclosure:json", args=[code]),
        reverse("disclosure:edition_json", args=[code, number]),
        *(reverse("disclosure:csv", args=[code, part]) for part in Part.values),
        *(reverse("disclosure:edition_csv", args=[code, number, part]) for part in Part.values),
    ]
    return {address: client.get(address).content.decode() for address in addresses}


def holding(forms: dict[str, str], word: str) -> list[str]:
    return [address for address, text in forms.items() if word in text]


class TestColumns:
    def test_every_spy_is_there_where_everything_is_ticked(
        self, client: Client, cast: Any, page: Any
    ) -> None:
        forms = forms_of(client, publish(cast, page, everything()))
        assert all(len(holding(forms, word)) >= 4 for word in SPIES.values())

    @pytest.mark.parametrize("column", SPIED, ids=str)
    def test_a_column_that_is_not_ticked_is_nowhere(
        self, client: Client, cast: Any, page: Any, column: Column
    ) -> None:
        left_out = {part.value: (column,) for part in Part}
        forms = forms_of(client, publish(cast, page, everything(**left_out)))
        assert holding(forms, SPIES[column.value]) == []

    @pytest.mark.parametrize("column", [Column.BASELINE, Column.TARGET, Column.LATEST], ids=str)
    def test_the_method_of_a_verdict_does_not_repeat_what_was_left_out(
        self, client: Client, cast: Any, page: Any, column: Column
    ) -> None:
        edition = publish(cast, page, everything(indicators=(column,)))
        verdict = edition.content["parts"][0]["rows"][0]["cells"]["verdict"]
        assert (verdict["label"], verdict["why"]) == ("进度正常", "")

    def test_a_part_that_is_not_ticked_is_nowhere(self, client: Client, cast: Any, page: Any) -> None:
        choice = Choice({part: one for part, one in everything().parts.items() if part is not Part.PROJECTS})
        edition = publish(cast, page, choice)
        assert holding(forms_of(client, edition), "污水处理厂扩建") == []
        code = page.plan.code
        assert client.get(reverse("disclosure:csv", args=[code, "projects"])).status_code == 404

    def test_a_record_that_is_not_ticked_is_nowhere(self, client: Client, cast: Any, page: Any) -> None:
        columns = frozenset(COLUMNS[Part.INDICATORS])
        chosen = Choice({Part.INDICATORS: PartChoice(Extent.CHOSEN, frozenset({"A2"}), columns)})
        forms = forms_of(client, publish(cast, page, chosen))
        assert holding(forms, "优良天数比例") == []
        assert len(holding(forms, "水质优良比例")) >= 6

    def test_progress_that_is_not_ticked_is_nowhere(self, client: Client, cast: Any, page: Any) -> None:
        forms = forms_of(client, publish(cast, page, everything(projects=(Column.PROGRESS,))))
        told = json.loads(forms[reverse("disclosure:json", args=[page.plan.code])])
        rows = next(one["rows"] for one in told["parts"] if one["part"] == "projects")
        assert "progress" not in rows[0]["cells"]
        assert holding(forms, "推进中") == []


class TestNotApproved:
    def test_a_value_that_waits_for_approval_is_nowhere(
        self, client: Client, cast: Any, told: Any, page: Any
    ) -> None:
        value(cast, told.water, "95.55", approve=False)
        edition = publish(cast, page, everything())
        assert holding(forms_of(client, edition), "95.55") == []

    def test_progress_that_waits_for_approval_is_nowhere(
        self, client: Client, cast: Any, told: Any, page: Any
    ) -> None:
        progress(cast, told.measure, 67, approve=False)
        edition = publish(cast, page, everything())
        rows = next(one["rows"] for one in edition.content["parts"] if one["part"] == "measures")
        assert rows[0]["cells"]["progress"]["missing"] == "尚无经审核的进展报告"
        assert holding(forms_of(client, edition), ">67<") == []

    def test_money_that_nobody_approved_is_nowhere(
        self, client: Client, cast: Any, told: Any, page: Any
    ) -> None:
        ledger.set_money(
            project=told.project, year=2025, funds="省级财政", amounts={"received_yuan": 7_777_000},
            by=cast.wu, at=AT, reason="到账",
        )  # fmt: skip
        assert holding(forms_of(client, publish(cast, page, everything())), "777.7") == []

    @pytest.mark.parametrize("state", ["prepared", "submitted"])
    def test_an_edition_that_is_not_published_is_nowhere(
        self, client: Client, request: pytest.FixtureRequest, state: str
    ) -> None:
        edition = request.getfixturevalue(state)
        edition.number = 1
        forms = forms_of(client, edition)
        assert holding(forms, "优良天数比例") == []
        code = edition.page.plan.code
        assert client.get(reverse("disclosure:plan", args=[code])).status_code == 404

    def test_a_new_edition_in_work_changes_nothing_outside(
        self, client: Client, cast: Any, told: Any, page: Any
    ) -> None:
        small = Choice({Part.MEASURES: PartChoice(Extent.EVERYTHING)})
        first = publish(cast, page, small)
        edition = actions.prepare_edition(
            page=page, as_of=first.as_of, choice=everything(), by=cast.chen, at=AT
        )
        actions.submit_edition(edition=edition, by=cast.chen, at=AT)
        assert holding(forms_of(client, first), "优良天数比例") == []


class TestTakenBack:
    def test_nothing_of_a_withdrawn_edition_is_left(self, client: Client, cast: Any, published: Any) -> None:
        actions.withdraw_edition(edition=published, by=cast.lin, at=AT, note="数值有误")
        forms = forms_of(client, published)
        assert holding(forms, "优良天数比例") == []
        code = published.page.plan.code
        assert "数值有误" in forms[reverse("disclosure:editions", args=[code])]
        assert client.get(reverse("disclosure:edition", args=[code, 1])).status_code == 404

    def test_nothing_of_a_page_that_is_switched_off_is_left(
        self, client: Client, cast: Any, published: Any
    ) -> None:
        actions.close_page(page=published.page, by=cast.lin, at=AT, reason="核对")
        forms = forms_of(client, published)
        assert holding(forms, "优良天数比例") == []
        assert holding(forms, published.page.plan.code) == []
