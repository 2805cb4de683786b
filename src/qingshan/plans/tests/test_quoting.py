"""Figures of the ledger in papers: who may pick which, and what becomes of them when the ledger moves."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from docx.oxml.ns import qn

from qingshan.papers.ledger import compared
from qingshan.papers.public import Paper, PaperKind, Paragraph, PrintedFigure, Sought, draft_paper, mark
from qingshan.plans import actions
from qingshan.plans.public import figure_now, figure_to_print, figures_to_print

FACTS: dict[str, Any] = {"year": 2025, "number": "93.40", "unit": "%"}


@pytest.fixture
def value(cast: Any, ledger: Any, book: Any) -> Any:
    return book.approved(cast, ledger.air, **FACTS)


def key(which: str, indicator: Any, year: int = 2025) -> str:
    return f"{which}_{indicator.pk}_{year}"


def picked(cast: Any, name: str) -> PrintedFigure:
    found = figure_to_print(cast.chen, name)
    assert found is not None
    return found


class TestFinding:
    def test_an_indicator_is_found_by_a_part_of_its_name(self, cast: Any, ledger: Any, value: Any) -> None:
        found = figures_to_print(cast.chen, Sought("优良天数", simulated=True))
        [offer] = found.found
        assert (offer.name, offer.where, offer.years) == ("优良天数比例", "青川“十四五”规划", (2025,))
        told = {one.key: (one.label, one.printed) for one in offer.figures}
        assert told == {
            key("value", ledger.air): ("优良天数比例，2025年数值（审核数据）", "93.40%"),
            key("target", ledger.air): ("优良天数比例，2025年目标", "≥92.5%"),
            key("status", ledger.air): ("优良天数比例，2025年目标判定", "已达标"),
        }

    def test_a_plan_alone_shows_what_it_has(self, cast: Any, ledger: Any) -> None:
        asked = Sought(place="qingchuan-2021", simulated=True)
        assert [one.name for one in figures_to_print(cast.chen, asked).found] == [
            "优良天数比例",
            "水质优良比例",
        ]

    def test_nothing_is_found_by_nothing(self, cast: Any, ledger: Any) -> None:
        found = figures_to_print(cast.chen, Sought(simulated=True))
        assert ([one.key for one in found.places], found.found) == (["qingchuan-2021"], ())

    def test_another_year_leaves_the_indicator_and_says_which_years_it_has(
        self, cast: Any, ledger: Any, value: Any
    ) -> None:
        [offer] = figures_to_print(cast.chen, Sought("优良天数", year=2031, simulated=True)).found
        assert (offer.figures, offer.years) == ((), (2025,))

    def test_who_sees_no_plan_finds_nothing_in_it(self, cast: Any, ledger: Any, value: Any) -> None:
        found = figures_to_print(cast.zhou, Sought("优良天数", simulated=True))
        assert (found.places, found.found) == ((), ())

    def test_a_real_paper_finds_nothing_of_the_fictional_county(self, cast: Any, ledger: Any) -> None:
        assert figures_to_print(cast.chen, Sought("优良天数")).found == ()

    def test_a_value_that_waits_is_not_there(self, cast: Any, ledger: Any, at: Any) -> None:
        facts = {**FACTS, "kind": "audited", "source": "省站"}
        waits = actions.enter_value(indicator=ledger.air, facts=facts, by=cast.chen, at=at)
        actions.submit_value(value=waits, by=cast.chen, at=at)
        [offer] = figures_to_print(cast.chen, Sought("优良天数", simulated=True)).found
        assert {one.key for one in offer.figures} == {key("target", ledger.air), key("status", ledger.air)}


class TestPicking:
    def test_a_value_keeps_its_record_its_day_and_its_page(self, cast: Any, ledger: Any, value: Any) -> None:
        found = picked(cast, key("value", ledger.air))
        assert (found.value, found.unit, found.as_of) == ("93.40", "%", date(2025, 12, 31))
        assert (found.source, found.simulated) == (str(value.ref), True)
        assert found.url == reverse("plans:value", args=["qingchuan-2021", "A1", value.pk])

    def test_of_several_values_the_one_that_counts_is_printed(
        self, cast: Any, ledger: Any, value: Any, book: Any
    ) -> None:
        book.approved(cast, ledger.air, **{**FACTS, "number": "95.0", "kind": "department_report"})
        assert picked(cast, key("value", ledger.air)).value == "93.40"

    @pytest.mark.parametrize(
        "name", ["value_{}_2031", "target_{}_2026", "value_{}_20", "number_{}_2025", "value_{}9_2025"]
    )
    def test_an_unknown_indicator_or_year_has_no_figure(
        self, cast: Any, ledger: Any, value: Any, name: str
    ) -> None:
        assert figure_to_print(cast.chen, name.format(ledger.air.pk)) is None

    def test_it_is_for_those_who_see_the_plan(self, cast: Any, ledger: Any, value: Any) -> None:
        assert figure_to_print(cast.wu, key("value", ledger.air)) is not None
        assert figure_to_print(cast.zhou, key("value", ledger.air)) is None

    def test_a_paper_is_chinese_whoever_drafts_it(self, cast: Any, ledger: Any, value: Any) -> None:
        here = picked(cast, key("status", ledger.air))
        with translation.override("en"):
            assert picked(cast, key("status", ledger.air)) == here


class TestLookingItUpAgain:
    def test_it_is_the_same_while_the_ledger_is(self, cast: Any, ledger: Any, value: Any) -> None:
        for which in ("value", "target", "status"):
            printed = picked(cast, key(which, ledger.air))
            assert figure_now(printed) == printed

    def test_a_corrected_value_gives_way_to_its_correction(
        self, cast: Any, ledger: Any, value: Any, book: Any
    ) -> None:
        before = {which: picked(cast, key(which, ledger.air)) for which in ("value", "target", "status")}
        right = book.approved(cast, ledger.air, **{**FACTS, "number": "91.0"}, corrects=value, note="重算")
        now = {which: figure_now(printed) for which, printed in before.items()}
        assert (now["value"].value, now["value"].source) == ("91.0", str(right.ref))
        assert now["status"].value == "未达标"
        assert now["target"] == before["target"]

    def test_it_is_known_by_its_record_whatever_it_is_called(
        self, cast: Any, ledger: Any, value: Any
    ) -> None:
        printed = replace(picked(cast, key("value", ledger.air)), key="share", value="90")
        assert figure_now(printed).value == "93.40"

    def test_what_the_ledger_no_longer_has_is_gone(self, cast: Any, ledger: Any, value: Any) -> None:
        printed = picked(cast, key("value", ledger.air))
        assert figure_now(replace(printed, source="plans.value/999999")) is None

    def test_how_an_indicator_stands_is_asked_once_for_all_its_figures(
        self, cast: Any, ledger: Any, value: Any
    ) -> None:
        printed = [picked(cast, key(which, ledger.air)) for which in ("value", "target", "status")]

        def asked(figures: list[PrintedFigure]) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert {one.freshness.name for one in compared(figures)} == {"SAME"}
            return len(queries)

        more = len(printed) - 1  # of each further figure: of which indicator and year it is
        assert asked(printed) == asked(printed[:1]) + more

    def test_the_next_comparison_asks_anew(self, cast: Any, ledger: Any, value: Any, book: Any) -> None:
        printed = picked(cast, key("value", ledger.air))
        assert compared([printed])[0].now == printed
        book.approved(cast, ledger.air, **{**FACTS, "number": "91.0"}, corrects=value, note="重算")
        assert compared([printed])[0].now.value == "91.0"


@pytest.fixture
def draft(cast: Any, ledger: Any, value: Any, at: Any) -> Paper:
    body = [Paragraph(f"全年{mark(key('value', ledger.air))}，目标{mark(key('target', ledger.air))}。")]
    return draft_paper(
        kind=PaperKind.NOTICE, district=cast.county, department=cast.bureau, title="关于空气质量的通知",
        body=body, by=cast.chen, at=at, simulated=True,
    )  # fmt: skip


class TestInAPaper:
    """The whole way, as the house is wired."""

    def test_its_word_file_prints_what_the_ledger_shows(
        self, cast: Any, ledger: Any, draft: Paper, client: Client
    ) -> None:
        client.force_login(cast.chen)
        answer = client.get(reverse("papers:file", args=[draft.pk, "docx"]))
        document = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
        printed = _marked(document)
        indicator = client.get(reverse("plans:indicator", args=["qingchuan-2021", "A1"])).content.decode()
        shown = re.findall(r'<span class="value">([^<]+)</span><span class="unit">%</span>', indicator)
        assert printed == {key("value", ledger.air): "93.40%", key("target", ledger.air): "≥92.5%"}
        assert "93.40" in shown
        assert "≥92.5%" in indicator

    def test_its_page_leads_to_the_ledger_and_says_when_that_has_moved_on(
        self, cast: Any, ledger: Any, draft: Paper, value: Any, book: Any, client: Client
    ) -> None:
        client.force_login(cast.chen)
        page = reverse("papers:paper", args=[draft.pk])
        shown = client.get(page).content.decode()
        assert f'href="{reverse("plans:value", args=["qingchuan-2021", "A1", value.pk])}"' in shown
        assert "与台账一致" in shown
        assert "台账已变动" not in shown
        book.approved(cast, ledger.air, **{**FACTS, "number": "91.0"}, corrects=value, note="重算")
        shown = client.get(page).content.decode()
        assert "台账已变动" in shown
        assert "91.0" in shown
        client.post(reverse("papers:figures", args=[draft.pk]))
        shown = client.get(page).content.decode()
        assert "台账已变动" not in shown
        assert "93.40" not in shown

    def test_the_drafting_page_finds_what_its_drafter_sees(
        self, cast: Any, ledger: Any, draft: Paper, client: Client
    ) -> None:
        asked, address = {"find": "水质"}, reverse("papers:pick_for", args=[draft.pk])
        client.force_login(cast.chen)
        shown = client.get(address, asked, headers={"HX-Request": "true"}).content.decode()
        assert f'data-mark="{mark(key("target", ledger.water))}"' in shown
        client.force_login(cast.zhou)
        assert client.get(address, asked).status_code == 404
        assert "水质优良" not in client.get(reverse("papers:pick"), asked).content.decode()


def _marked(document: Any) -> dict[str, str]:
    """What stands under each bookmark of a figure, by its key."""
    found = {}
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        name = start.get(qn("w:name"), "")
        if name.startswith("fig_"):
            run = start.getnext()
            text = "".join(one.text or "" for one in run.iter(qn("w:t")))
            found[name.removeprefix("fig_").partition("__")[0]] = text
    return found
