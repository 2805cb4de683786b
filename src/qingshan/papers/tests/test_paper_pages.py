"""The pages of papers, as each of the cast opens them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qingshan.papers import actions, ledger, links
from qingshan.papers.markup import written
from qingshan.papers.models import Paper
from qingshan.papers.printing.files import keep_files
from qingshan.papers.public import PaperKind, PaperState
from qingshan.papers.queries import desk
from qingshan.papers.tests.conftest import AT, BODY, LATE, SHARE, drafted


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


def page(paper: Any, name: str = "paper", *more: Any) -> str:
    return reverse(f"papers:{name}", args=[paper.pk, *more])


class TestDesk:
    def test_each_sees_what_waits_for_them(self, cast: Any, organ: Any, as_: Any) -> None:
        paper = drafted(cast, cosigners=[cast.water])
        address = reverse("papers:desk")
        assert "我起草的" in as_(cast.fang).get(address).content.decode()
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        assert "待核稿" in as_(cast.chen).get(address).content.decode()
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        assert "待会签" in as_(cast.wu).get(address).content.decode()
        actions.answer_opinion(opinion=paper.opinions.get(), agreed=True, by=cast.wu, at=AT)
        paper.refresh_from_db()
        assert "待签发" in as_(cast.lin).get(address).content.decode()
        actions.issue_paper(paper=paper, by=cast.lin, at=AT)
        assert "待签收" in as_(cast.he).get(address).content.decode()
        assert paper.title not in as_(cast.zhou).get(address).content.decode()

    def test_its_work_does_not_grow_and_no_body_is_read(self, cast: Any, organ: Any) -> None:
        def on_their_way() -> None:
            for cosigners in ([cast.water, cast.town], [cast.town]):
                paper = drafted(cast, cosigners=cosigners)
                actions.submit_paper(paper=paper, by=cast.fang, at=AT)
                actions.check_paper(paper=paper, by=cast.chen, at=AT)

        def asked() -> tuple[int, list[str]]:
            with CaptureQueriesContext(connection) as queries:
                groups = {one.key: len(one.rows) for one in desk(user=cast.wu)}
            return groups["to_cosign"], [one["sql"] for one in queries.captured_queries]

        on_their_way()
        waits, before = asked()
        on_their_way()
        wait, after = asked()
        assert (waits, wait, len(after) - len(before)) == (1, 2, 0)
        assert not [sql for sql in after if '"body"' in sql]

    def test_what_the_system_drafted_waits_for_everybody_who_checks(self, cast: Any) -> None:
        paper = drafted(cast, by=None)
        actions.submit_paper(paper=paper, by=None, at=AT)
        for who, waits in ((cast.chen, (paper,)), (cast.lin, (paper,)), (cast.fang, ()), (cast.zhou, ())):
            [group] = [one for one in desk(user=who) if one.key == "to_check"]
            assert group.rows == waits

    def test_an_empty_desk_says_what_comes_next(self, cast: Any, as_: Any) -> None:
        assert "起草一份公文" in as_(cast.fang).get(reverse("papers:desk")).content.decode()
        assert "这里和通知都会告诉您" in as_(cast.lin).get(reverse("papers:desk")).content.decode()


class TestLists:
    def test_the_register_is_sifted_and_exported(self, cast: Any, issued: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        register = reverse("papers:issued")
        assert "青环〔2026〕1号" in browser.get(register).content.decode()
        assert "青环〔2026〕1号" not in browser.get(register, {"kind": "letter"}).content.decode()
        file = b"".join(browser.get(register, {"export": "xlsx"}).streaming_content)
        rows = list(openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].values)
        assert any("青环〔2026〕1号" in row and "青川县水利局、青石镇人民政府" in row for row in rows)

    def test_recipients_find_it_among_what_they_received(self, cast: Any, issued: Any, as_: Any) -> None:
        received = reverse("papers:received")
        assert issued.title in as_(cast.wu).get(received, {"received": "no"}).content.decode()
        assert issued.title not in as_(cast.wu).get(received, {"received": "yes"}).content.decode()
        assert issued.title not in as_(cast.fang).get(received).content.decode()
        assert "青环〔2026〕1号" not in as_(cast.wu).get(reverse("papers:issued")).content.decode()

    def test_all_papers_one_sees(self, cast: Any, draft: Any, as_: Any) -> None:
        every = reverse("papers:list")
        assert draft.title in as_(cast.chen).get(every).content.decode()
        assert draft.title not in as_(cast.chen).get(every, {"state": "issued"}).content.decode()
        assert draft.title not in as_(cast.wu).get(every).content.decode()


class TestPaper:
    def test_its_figures_lead_to_the_ledger(self, cast: Any, draft: Any, as_: Any) -> None:
        shown = as_(cast.fang).get(page(draft)).content.decode()
        assert f'href="{SHARE.url}"' in shown
        assert "截至 2026-09-30；优良天数比例" in shown
        assert "不能自动核对" in shown

    def test_a_figure_that_has_changed_is_shown_and_updated(
        self, cast: Any, draft: Any, as_: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lookups = {"plans.value": lambda figure: replace(figure, value="95.6")}
        monkeypatch.setattr(ledger, "_LOOKUPS", lookups)
        browser = as_(cast.fang)
        shown = browser.get(page(draft)).content.decode()
        assert "台账已变动" in shown
        assert "95.6" in shown
        after = browser.post(page(draft, "figures"), follow=True).content.decode()
        assert "数值已按台账更新" in after
        assert "台账已变动" not in after
        compared = browser.get(page(draft, "texts")).content.decode()
        assert "<del>截至2026年9月30日，全县空气质量优良天数比例为95.4%。</del>" in compared
        assert "<ins>截至2026年9月30日，全县空气质量优良天数比例为95.6%。</ins>" in compared

    def test_to_others_it_is_not_there(self, cast: Any, draft: Any, as_: Any) -> None:
        for name in ("paper", "texts", "edit", "parties", "figures"):
            ask = as_(cast.wu).post if name == "figures" else as_(cast.wu).get
            assert ask(page(draft, name)).status_code == 404

    def test_an_issued_paper_shows_its_number_its_seal_and_who_has_signed(
        self, cast: Any, issued: Any, as_: Any
    ) -> None:
        shown = as_(cast.wu).get(page(issued)).content.decode()
        for words in ("青环〔2026〕1号", "与印发时一致", "未签收", "正在排版"):
            assert words in shown
        assert "更新数值" not in shown

    def test_draft_files_are_set_anew_and_issued_ones_are_the_kept(
        self, cast: Any, draft: Any, as_: Any, organ: Any
    ) -> None:
        browser = as_(cast.fang)
        answer = browser.get(page(draft, "file", "docx"))
        made = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
        assert made.paragraphs[0].text == "青川县生态环境局文件"
        assert b"".join(browser.get(page(draft, "file", "pdf")).streaming_content).startswith(b"%PDF")
        assert browser.get(page(draft, "file", "exe")).status_code == 404
        actions.submit_paper(paper=draft, by=cast.fang, at=AT)
        actions.check_paper(paper=draft, by=cast.chen, at=AT)
        actions.issue_paper(paper=draft, by=cast.lin, at=AT)
        assert browser.get(page(draft, "file", "docx")).status_code == 404
        kept = keep_files(Paper.objects.get(pk=draft.pk), at=AT)["docx"]
        answer = browser.get(page(draft, "file", "docx"))
        assert answer.headers["Location"] == reverse("documents:download", args=[kept.pk])


class TestDraftingByHand:
    def given(self, cast: Any, **more: Any) -> dict[str, Any]:
        return {
            "kind": PaperKind.NOTICE.value, "organ": str(cast.bureau.pk), "title": "关于调度的通知",
            "body": "# 一、要求\n请各单位报送进展。", **more,
        }  # fmt: skip

    def test_a_text_is_written_and_goes_to_departments(self, cast: Any, as_: Any) -> None:
        browser = as_(cast.fang)
        answer = browser.post(reverse("papers:new"), self.given(cast))
        paper = Paper.objects.get()
        assert answer.headers["Location"] == page(paper, "parties")
        browser.post(
            page(paper, "parties"), {"recipients": [str(cast.water.pk)], "copies_to": [str(cast.town.pk)]}
        )
        assert {one.department for one in paper.parties.all()} == {cast.water, cast.town}

    def test_a_wrong_line_is_told_with_its_number(self, cast: Any, as_: Any) -> None:
        answer = as_(cast.fang).post(reverse("papers:new"), self.given(cast, body="正文\n|甲|"))
        assert answer.status_code == 422
        assert "第 2 行：表格之前要有一行表题" in answer.content.decode()

    def test_one_drafts_for_ones_own_organ_only(self, cast: Any, as_: Any) -> None:
        answer = as_(cast.fang).post(reverse("papers:new"), self.given(cast, organ=str(cast.water.pk)))
        assert answer.status_code == 422
        assert not Paper.objects.exists()

    def test_the_editor_shows_the_text_as_it_is_written(self, cast: Any, draft: Any, as_: Any) -> None:
        browser = as_(cast.fang)
        shown = browser.get(page(draft, "edit")).content.decode()
        assert "{fig:share}" in shown
        assert "优良天数比例" in shown
        given = {"title": draft.title, "body": written(BODY) + "\n又一段。", "seen": "1", "note": "补充"}
        assert browser.post(page(draft, "edit"), given).status_code == 302
        answer = browser.post(page(draft, "edit"), given)
        assert answer.status_code == 422
        assert "您打开的是第 1 稿，他人已存为第 2 稿" in answer.content.decode()

    def test_a_mark_without_a_figure_is_told(self, cast: Any, draft: Any, as_: Any) -> None:
        given = {"title": draft.title, "body": "值{fig:none}", "seen": "1"}
        answer = as_(cast.fang).post(page(draft, "edit"), given)
        assert answer.status_code == 422
        assert "{fig:none}" in answer.content.decode()

    def test_what_is_on_its_way_has_no_editor(self, cast: Any, to_issue: Any, as_: Any) -> None:
        assert as_(cast.fang).get(page(to_issue, "edit")).status_code == 404


class TestTheWholeWay:
    def test_from_draft_to_receipt_by_pages(self, cast: Any, draft: Any, organ: Any, as_: Any) -> None:
        for who, move in ((cast.fang, "submit"), (cast.chen, "check"), (cast.lin, "issue")):
            assert as_(who).get(page(draft, "step", move)).status_code == 200
            assert as_(who).post(page(draft, "step", move)).status_code == 302
        draft.refresh_from_db()
        assert draft.phase is PaperState.ISSUED
        party = draft.parties.get(department=cast.water)
        assert "签收" in as_(cast.wu).get(page(draft, "receive", party.pk)).content.decode()
        assert as_(cast.wu).post(page(draft, "receive", party.pk)).status_code == 302
        assert as_(cast.wu).post(page(draft, "receive", party.pk)).status_code == 422
        assert as_(cast.he).post(page(draft, "receive", party.pk)).status_code == 403
        assert as_(cast.chen).post(page(draft, "step", "archive")).status_code == 302

    def test_a_step_that_is_not_due_has_no_page(self, cast: Any, draft: Any, as_: Any) -> None:
        assert as_(cast.lin).get(page(draft, "step", "issue")).status_code == 404
        assert as_(cast.lin).get(page(draft, "step", "fly")).status_code == 404
        assert as_(cast.lin).post(page(draft, "step", "issue")).status_code == 422

    def test_cosigning_by_page(self, cast: Any, organ: Any, as_: Any) -> None:
        paper = drafted(cast, cosigners=[cast.water])
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        where = page(paper, "opinion", paper.opinions.get().pk)
        assert as_(cast.chen).get(where).status_code == 403
        answer = as_(cast.wu).post(where, {"agreed": "no"})
        assert answer.status_code == 422
        assert as_(cast.wu).post(where, {"agreed": "yes", "words": "同意"}).status_code == 302
        assert "同意" in as_(cast.wu).get(page(paper)).content.decode()

    def test_a_leaders_instruction_leads_on_to_a_task(self, cast: Any, issued: Any, as_: Any) -> None:
        browser = as_(cast.lin)
        assert browser.post(page(issued, "instruct"), {"words": "请水利局月底前办结。"}).status_code == 302
        shown = browser.get(page(issued)).content.decode()
        assert "转为任务" in shown
        made = issued.instructions.get()
        [(label, address)] = links.follow_ups(cast.lin, links.of_instruction(made))
        assert label == "转为任务"
        form = browser.get(address).content.decode()
        assert "请水利局月底前办结。" in form
        assert "林" in form
        assert "转为任务" not in as_(cast.wu).get(page(issued)).content.decode()


class TestOrgans:
    def test_who_issues_registers_the_word(self, cast: Any, as_: Any) -> None:
        browser = as_(cast.lin)
        assert "还没有登记机关代字" in browser.get(reverse("papers:organs")).content.decode()
        given = {
            "organ": str(cast.bureau.pk), "name": "青川县生态环境局", "sign": "青川县生态环境局文件",
            "word": "青环",
        }  # fmt: skip
        assert browser.post(reverse("papers:register_organ"), given).status_code == 302
        assert "青环" in browser.get(reverse("papers:organs")).content.decode()
        assert as_(cast.chen).get(reverse("papers:organs")).status_code == 403


class TestFigures:
    def test_the_same_number_on_page_and_in_file(self, cast: Any, issued: Any, as_: Any) -> None:
        shown = as_(cast.wu).get(page(issued)).content.decode()
        for figure in (SHARE, LATE):
            assert (
                f'<span class="value">{figure.value}</span><span class="unit">{figure.unit}</span>' in shown
            )
