"""Drafting: texts that are kept, figures that are known, parties of one world."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from qingshan.accounts import public as accounts
from qingshan.accounts.public import Forbidden
from qingshan.areas import public as areas
from qingshan.kernel.refs import Ref
from qingshan.papers import actions, ledger, policies
from qingshan.papers.errors import BadPaper, MixedWorlds, NotDrafting, StaleText, UnknownFigure
from qingshan.papers.models import Paper, PaperText
from qingshan.papers.policies import seen_by
from qingshan.papers.public import Heading, Paragraph, PrintedFigure, Table, paper_for, papers_about
from qingshan.papers.queries import NoSuchPaper, newest_text
from qingshan.papers.shapes import block_from, figure_from, plain_blocks, plain_figure
from qingshan.papers.tests.conftest import AT, BEGIN, BODY, LATE, SHARE, drafted
from qingshan.papers.vocabulary import PartyRole

LATER = AT + timedelta(hours=1)


class TestShapes:
    def test_blocks_and_figures_are_stored_and_read_back_the_same(self) -> None:
        assert tuple(block_from(one) for one in plain_blocks(BODY)) == BODY
        assert [figure_from(plain_figure(one)) for one in (SHARE, LATE)] == [SHARE, LATE]

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda: Heading("一、", 5),
            lambda: Table("表1", (), ()),
            lambda: Table("表1", ("甲", "乙"), (("1",),)),
            lambda: PrintedFigure("1st", "名次", "1"),
            lambda: PrintedFigure("x" * 31, "名次", "1"),
        ],
    )
    def test_what_cannot_be_printed_is_refused(self, wrong: Any) -> None:
        with pytest.raises(ValueError, match=r"\S"):
            wrong()


class TestDrafting:
    def test_it_keeps_the_text_the_figures_and_whom_it_goes_to(self, cast: Any) -> None:
        about = Ref("plans", "plan", "3")
        paper = drafted(cast, copies_to=[cast.bureau, cast.water], cosigners=[cast.water], about=about)
        text = newest_text(paper)
        assert (text.number, text.blocks, text.printed_figures) == (1, BODY, (SHARE, LATE))
        named = [(one.role, one.department.name) for one in paper.parties.order_by("pk")]
        assert named == [
            (PartyRole.RECIPIENT, "青川县水利局"),
            (PartyRole.RECIPIENT, "青石镇人民政府"),
            (PartyRole.COPY, "青川县生态环境局"),  # the water bureau is a recipient already
            (PartyRole.COSIGNER, "青川县水利局"),
        ]
        assert papers_about(ref=about, user=cast.fang) == [paper]
        assert papers_about(ref=about, user=cast.zhou) == []

    def test_a_text_of_several_lines_becomes_paragraphs(self, cast: Any) -> None:
        paper = drafted(cast, body=[Paragraph("第一段\n\n第二段\r\n"), Heading("一、\n标题")], figures=())
        assert newest_text(paper).blocks == (
            Paragraph("第一段"),
            Paragraph("第二段"),
            Heading("一、 标题"),
        )

    def test_a_mark_without_its_figure_is_refused_by_name(self, cast: Any) -> None:
        with pytest.raises(UnknownFigure, match=r"\{fig:late\}"):
            drafted(cast, figures=(SHARE,))

    def test_two_figures_under_one_key_are_refused(self, cast: Any) -> None:
        with pytest.raises(BadPaper, match="share"):
            drafted(cast, figures=(SHARE, LATE, replace(SHARE, value="94")))

    @pytest.mark.parametrize("title", ["", "  ", "长" * 201])
    def test_a_title_is_there_and_not_too_long(self, cast: Any, title: str) -> None:
        with pytest.raises(BadPaper, match="标题"):
            drafted(cast, title=title)

    def test_a_simulated_figure_does_not_enter_a_real_paper(self, cast: Any) -> None:
        with pytest.raises(MixedWorlds):
            drafted(cast, figures=(replace(SHARE, simulated=True), LATE))

    def test_a_simulated_department_is_no_party_of_a_real_paper(self, cast: Any) -> None:
        made = {"valid_from": BEGIN, "by": None, "at": AT}
        fiction = areas.create_district(code="990100", name="虚构市", **made)
        bureau = areas.create_department(name="虚构县水利局", district=fiction, **made)
        with pytest.raises(MixedWorlds):
            drafted(cast, recipients=[bureau])

    @pytest.mark.parametrize("who", ["wu", "he", "lin", "zhou"])
    def test_who_does_not_draft_for_the_organ_is_refused(self, cast: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            drafted(cast, by=getattr(cast, who))

    def test_the_system_may_draft(self, cast: Any) -> None:
        assert drafted(cast, by=None).created_by is None


class TestReading:
    def test_a_draft_is_seen_by_its_organ_and_by_nobody_else(self, cast: Any, draft: Any) -> None:
        for who in (cast.lin, cast.chen, cast.fang):
            assert paper_for(user=who, pk=draft.pk) == draft
        for who in (cast.wu, cast.he, cast.zhou):
            with pytest.raises(NoSuchPaper):
                paper_for(user=who, pk=draft.pk)

    def test_what_is_issued_is_seen_by_its_recipients(self, cast: Any, issued: Any) -> None:
        for who in (cast.lin, cast.chen, cast.fang, cast.wu, cast.he):
            assert paper_for(user=who, pk=issued.pk) == issued
        with pytest.raises(NoSuchPaper):
            paper_for(user=cast.zhou, pk=issued.pk)

    def test_who_holds_no_role_sees_no_paper_at_all(self, cast: Any, issued: Any) -> None:
        drafted(cast)
        made = accounts.create_user(
            username="郑", display_name="郑", password="Qingshan-2026-test", department=cast.water,
            by=None, at=AT,
        )  # fmt: skip
        assert not seen_by(made.user).exists()
        assert not seen_by(AnonymousUser()).exists()

    def test_who_reaches_everything_sees_every_paper(
        self, cast: Any, issued: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_its_way = drafted(cast)
        monkeypatch.setattr(policies, "scope_of", lambda user, *, capability: accounts.Scope(True))
        assert set(seen_by(cast.zhou)) == {on_its_way, issued}


class TestTexts:
    def test_saving_makes_the_next_text_and_keeps_the_last(self, cast: Any, draft: Any) -> None:
        body = (*BODY, Paragraph("联系人：方。"))
        made = actions.save_text(
            paper=draft, seen=1, title="新标题", body=body, by=cast.fang, at=LATER, note="加联系人"
        )
        assert (made.number, made.blocks, made.printed_figures) == (2, body, (SHARE, LATE))
        assert PaperText.objects.get(paper=draft, number=1).blocks == BODY
        assert Paper.objects.get(pk=draft.pk).title == "新标题"

    def test_saving_the_same_adds_nothing(self, cast: Any, draft: Any) -> None:
        held = newest_text(draft)
        same = actions.save_text(
            paper=draft, seen=1, title=held.title, body=held.blocks, by=cast.fang, at=LATER
        )
        assert same == held
        assert draft.texts.count() == 1

    def test_who_saw_an_older_text_is_told(self, cast: Any, draft: Any) -> None:
        actions.save_text(paper=draft, seen=1, title="甲", body=BODY, by=cast.fang, at=LATER)
        with pytest.raises(StaleText, match="第 1 稿，他人已存为第 2 稿"):
            actions.save_text(paper=draft, seen=1, title="乙", body=BODY, by=cast.chen, at=LATER)

    def test_a_paper_on_its_way_is_not_rewritten(self, cast: Any, to_issue: Any) -> None:
        with pytest.raises(NotDrafting, match="待签发"):
            actions.save_text(paper=to_issue, seen=1, title="甲", body=BODY, by=cast.fang, at=LATER)


class TestUpdatingFigures:
    @pytest.fixture
    def book(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, PrintedFigure | None]:
        book: dict[str, PrintedFigure | None] = {}
        lookups = {"plans.value": lambda figure: book[figure.source]}
        monkeypatch.setattr(ledger, "_LOOKUPS", lookups)
        return book

    def test_each_figure_is_held_against_the_ledger(self, book: Any) -> None:
        book["plans.value/7"] = replace(SHARE, value="95.6")
        told = {one.figure.key: one.freshness.name for one in ledger.compared((SHARE, LATE))}
        assert told == {"share": "CHANGED", "late": "UNKNOWN"}
        book["plans.value/7"] = replace(SHARE, key="other", label="另名")
        assert [one.freshness.name for one in ledger.compared((SHARE,))] == ["SAME"]
        book["plans.value/7"] = None
        assert [one.freshness.name for one in ledger.compared((SHARE,))] == ["GONE"]

    def test_they_are_taken_into_the_next_text(self, cast: Any, draft: Any, book: Any) -> None:
        book["plans.value/7"] = replace(SHARE, key="v7", label="台账名", value="95.6")
        made = actions.update_figures(paper=draft, by=cast.fang, at=LATER)
        assert made.number == 2
        assert made.printed_figures == (replace(SHARE, label="台账名", value="95.6"), LATE)
        assert made.blocks == BODY

    def test_a_value_of_another_period_does_not_keep_the_label_of_the_old(self, book: Any) -> None:
        printed = replace(SHARE, label="优良天数比例，2026年数值（快报数据）")
        book["plans.value/7"] = replace(SHARE, label="优良天数比例，2026年数值（审核数据）", value="95.6")
        (now, late) = ledger.updated((printed, LATE), None)
        assert now == book["plans.value/7"]
        assert late == LATE
        book["plans.value/7"] = replace(SHARE, label="", value="95.6")  # the ledger has no name for it
        assert ledger.updated((printed,), None)[0].label == printed.label

    def test_the_ledger_answers_in_chinese_whoever_asks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def spoken(figure: PrintedFigure) -> PrintedFigure:
            return replace(figure, label=translation.get_language() or "", value="95.6")

        monkeypatch.setattr(ledger, "_LOOKUPS", {"plans.value": spoken})
        with translation.override("en"):
            assert ledger.updated((SHARE,), None)[0].label == "zh-hans"
