"""Figures picked from the ledger while a paper is written: by whom, and how they stay."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingshan.papers import actions, ledger
from qingshan.papers.errors import MixedWorlds, UnknownFigure
from qingshan.papers.models import Paper
from qingshan.papers.picking import register_shelf
from qingshan.papers.public import Offer, Offers, Paragraph, Place, PrintedFigure, Shelf, Sought, mark
from qingshan.papers.queries import newest_text
from qingshan.papers.tests.conftest import AT, BODY, LATE, SHARE, drafted

PICKED = PrintedFigure(
    "value_1_2025", "优良天数比例，2025年数值", "95.4", "%", source="plans.value/1", url="/plans/values/1/"
)
ADDED = (*BODY, Paragraph(f"全年为{mark(PICKED.key)}。"))


@pytest.fixture
def shelf(cast: Any) -> list[Sought]:
    """A ledger that the people of the bureau see, with one indicator; what was looked for is noted."""
    asked: list[Sought] = []
    may = (cast.lin, cast.chen, cast.fang)

    def find(user: Any, sought: Sought) -> Offers:
        asked.append(sought)
        places = (Place("qingchuan", "青川规划"),) if user in may else ()
        if not sought.words or sought.words not in "优良天数比例" or user not in may:
            return Offers(places)
        figures = (PICKED,) if sought.year in (None, 2025) else ()
        return Offers(places, (Offer("优良天数比例", "青川规划", "/plans/", (2025,), figures),))

    def figure(user: Any, key: str) -> PrintedFigure | None:
        return PICKED if key == PICKED.key and user in may else None

    register_shelf("plans", Shelf(re.compile(r"value_\d+_\d{4}"), find, figure))
    return asked


class TestSaving:
    def test_a_mark_becomes_the_figure_that_the_ledger_has(self, cast: Any, draft: Any, shelf: Any) -> None:
        made = actions.save_text(paper=draft, seen=1, title="甲", body=ADDED, by=cast.fang, at=AT)
        assert made.printed_figures == (SHARE, LATE, PICKED)

    def test_a_new_paper_may_begin_with_it(self, cast: Any, shelf: Any) -> None:
        made = drafted(cast, body=ADDED)
        assert newest_text(made).printed_figures == (SHARE, LATE, PICKED)

    def test_a_figure_that_is_not_theirs_to_see_is_not_there(self, cast: Any, shelf: Any) -> None:
        with pytest.raises(UnknownFigure, match="value_1_2025"):
            drafted(cast, body=ADDED, department=cast.water, by=cast.wu)

    def test_nobody_may_pick_what_the_ledger_does_not_have(self, cast: Any, draft: Any, shelf: Any) -> None:
        body = (Paragraph(mark("value_1_2031")),)
        with pytest.raises(UnknownFigure, match="value_1_2031"):
            actions.save_text(paper=draft, seen=1, title="甲", body=body, by=cast.fang, at=AT)

    def test_a_picked_figure_goes_with_its_mark_and_a_given_one_stays(
        self, cast: Any, draft: Any, shelf: Any
    ) -> None:
        actions.save_text(paper=draft, seen=1, title="甲", body=ADDED, by=cast.fang, at=AT)
        made = actions.save_text(paper=draft, seen=2, title="甲", body=BODY[:1], by=cast.fang, at=AT)
        assert made.printed_figures == (SHARE, LATE)

    def test_a_figure_held_already_is_not_looked_up_again(self, cast: Any, draft: Any, shelf: Any) -> None:
        actions.save_text(paper=draft, seen=1, title="甲", body=ADDED, by=cast.fang, at=AT)
        corrected = Shelf(
            re.compile(r"value_.*"), lambda *_: Offers(), lambda *_: replace(PICKED, value="96")
        )
        register_shelf("plans", corrected)
        made = actions.save_text(paper=draft, seen=2, title="乙", body=ADDED, by=cast.fang, at=AT)
        assert made.printed_figures[-1].value == "95.4"

    def test_a_paper_of_the_fictional_county_prints_no_real_figure(self, cast: Any, shelf: Any) -> None:
        simulated = (replace(SHARE, simulated=True), replace(LATE, simulated=True))
        with pytest.raises(MixedWorlds):
            drafted(cast, body=ADDED, figures=simulated, recipients=(), simulated=True)

    def test_it_is_frozen_with_its_link_when_the_paper_is_issued(
        self, cast: Any, organ: Any, shelf: Any
    ) -> None:
        paper = drafted(cast, body=ADDED)
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        issue = actions.issue_paper(paper=paper, by=cast.lin, at=AT)
        assert issue.printed_figures[-1] == PICKED


@pytest.fixture
def at_desk(client: Client, cast: Any, shelf: Any) -> Any:
    """方 at her desk, without scripts."""
    client.force_login(cast.fang)
    return client


NEW = {"kind": "notice", "title": "新通知", "remark": "", "once": "1"}


class TestPickingWithoutScripts:
    def test_what_is_typed_comes_back_with_what_was_found(self, at_desk: Any, cast: Any) -> None:
        sent = {**NEW, "organ": cast.bureau.pk, "body": "比例为{fig:}。", "step": "find", "find": "天数"}
        shown = at_desk.post(reverse("papers:new"), sent)
        page = shown.content.decode()
        assert shown.status_code == 200
        assert "比例为{fig:}。" in page
        assert 'value="新通知"' in page
        assert 'value="insert:value_1_2025"' in page
        assert "还不能提交" not in page
        assert not Paper.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "after"),
        [
            ("比例为{fig:}。", "比例为{fig:value_1_2025}。"),
            ("比例为", "比例为{fig:value_1_2025}"),
        ],
    )
    def test_a_figure_goes_where_its_place_is_marked_or_to_the_end(
        self, at_desk: Any, draft: Any, typed: str, after: str
    ) -> None:
        address = reverse("papers:edit", args=[draft.pk])
        sent = {"title": "甲", "body": typed, "seen": "1", "step": "insert:value_1_2025", "once": "1"}
        page = at_desk.post(address, sent).content.decode()
        assert after in page
        assert "<code>{fig:value_1_2025}</code> 优良天数比例，2025年数值：95.4%" in page
        assert draft.texts.count() == 1
        saved = at_desk.post(address, {"title": "甲", "body": after, "seen": "1", "once": "2"})
        assert saved.status_code == 302
        assert newest_text(draft).printed_figures == (SHARE, LATE, PICKED)

    def test_a_name_that_no_figure_can_have_is_not_inserted(self, at_desk: Any, draft: Any) -> None:
        sent = {"title": "甲", "body": "正文", "seen": "1", "step": "insert:}<b>", "once": "1"}
        page = at_desk.post(reverse("papers:edit", args=[draft.pk]), sent).content.decode()
        assert "正文</textarea>" in page

    def test_who_sees_no_ledger_saves_no_figure_of_it(self, client: Client, cast: Any, shelf: Any) -> None:
        client.force_login(cast.wu)
        sent = {**NEW, "organ": cast.water.pk, "body": "为{fig:value_1_2025}。"}
        shown = client.post(reverse("papers:new"), sent)
        assert shown.status_code == 422
        assert "正文引用了没有提供的数值：{fig:value_1_2025}" in shown.content.decode()
        assert "95.4" not in shown.content.decode()


class TestFinding:
    def test_beside_a_text_it_answers_with_buttons(self, at_desk: Any, draft: Any, shelf: Any) -> None:
        asked = {"find": "天数", "find_place": "qingchuan", "find_year": "2025"}
        address = reverse("papers:pick_for", args=[draft.pk])
        page = at_desk.get(address, asked, headers={"HX-Request": "true"}).content.decode()
        assert 'data-mark="{fig:value_1_2025}"' in page
        assert f'form="paper-{draft.pk}"' in page
        assert "<html" not in page
        assert shelf[-1] == Sought("天数", "qingchuan", 2025, draft.district_id, simulated=False)

    def test_alone_it_shows_the_marks_to_type(self, at_desk: Any) -> None:
        page = at_desk.get(reverse("papers:pick"), {"find": "天数"}).content.decode()
        assert "<code>{fig:value_1_2025}</code>" in page
        assert "data-mark" not in page

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"find": "没有的指标"}, "没有找到指标"),
            ({"find": "天数", "find_year": "2031"}, "这一年没有可引用的数值。有数值的年份：2025"),
            ({"find": "天数", "find_year": "明年"}, "年份"),
            ({"find": "天数", "find_place": "elsewhere"}, "规划"),
        ],
    )
    def test_what_is_not_there_is_said(self, at_desk: Any, asked: dict[str, str], said: str) -> None:
        page = at_desk.get(reverse("papers:pick"), asked).content.decode()
        assert said in page
        assert "value_1_2025" not in page

    def test_beside_the_paper_of_others_it_is_not_there(self, client: Client, cast: Any, draft: Any) -> None:
        client.force_login(cast.wu)
        assert client.get(reverse("papers:pick_for", args=[draft.pk])).status_code == 404


class TestReaders:
    """A paper is read whole; the ledger behind a figure is not everybody's."""

    @pytest.fixture(autouse=True)
    def _ledger(self, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        ledger.register_figures(
            "plans.value",
            lambda figure: replace(figure, value="96.6"),
            may_open=lambda user, _ref: user != cast.chen,
        )

    def test_a_link_is_for_those_to_whom_it_leads(self, client: Client, cast: Any, draft: Any) -> None:
        address = reverse("papers:paper", args=[draft.pk])
        client.force_login(cast.fang)
        page = client.get(address).content.decode()
        assert f'href="{SHARE.url}"' in page
        assert "96.6" in page
        client.force_login(cast.chen)
        page = client.get(address).content.decode()
        assert SHARE.url not in page
        assert "95.4" in page
        assert "台账已变动" in page
        assert "96.6" not in page

    def test_a_record_of_many_figures_is_asked_about_once(self, client: Client, cast: Any) -> None:
        asked: list[Any] = []
        ledger.register_figures(
            "plans.value", lambda figure: figure, may_open=lambda _user, ref: asked.append(ref) is None
        )
        figures = [replace(SHARE, key=f"share{number}") for number in range(5)]
        paper = drafted(cast, body=[Paragraph(mark(one.key)) for one in figures], figures=figures)
        client.force_login(cast.fang)
        client.get(reverse("papers:paper", args=[paper.pk]))
        assert [str(one) for one in asked] == [SHARE.source]

    def test_who_may_not_look_there_takes_nothing_from_there(self, cast: Any, draft: Any) -> None:
        assert actions.update_figures(paper=draft, by=cast.chen, at=AT).number == 1
        assert actions.update_figures(paper=draft, by=cast.fang, at=AT).printed_figures[0].value == "96.6"
