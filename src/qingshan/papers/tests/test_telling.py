"""Who is told what about papers, and what the worker does for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from qingshan.jobs.public import GiveUp, Progress
from qingshan.messages.models import Notice
from qingshan.papers import actions, consumers
from qingshan.papers.actions.issuing import RECEIPT
from qingshan.papers.background import print_paper
from qingshan.papers.events import PaperIssued, PaperMoved, PaperReceived
from qingshan.papers.models import Paper
from qingshan.papers.printing.files import files_of
from qingshan.papers.tests.conftest import AT, TODAY, drafted
from qingshan.workflow.public import DeadlineNear, DeadlinePassed


def told() -> set[tuple[str, str]]:
    """Who was told, by which template."""
    return {(one.to.display_name, one.template) for one in Notice.objects.all()}


def moved(paper: Paper, move: str, by: Any) -> PaperMoved:
    return PaperMoved(paper.pk, move, "", "", "", by.pk, AT)


class TestMoves:
    def test_who_is_next_is_told_and_the_writer_of_what_comes_back(self, cast: Any, draft: Any) -> None:
        consumers.tell_paper_moved(moved(draft, "submit", cast.fang), at=AT)
        assert told() == {("林", "papers.moved"), ("陈", "papers.moved")}
        Notice.objects.all().delete()
        consumers.tell_paper_moved(moved(draft, "pass_to_issue", cast.chen), at=AT)
        assert told() == {("林", "papers.moved")}
        Notice.objects.all().delete()
        consumers.tell_paper_moved(moved(draft, "send_back", cast.lin), at=AT)
        assert told() == {("方", "papers.moved")}

    def test_who_wrote_it_is_not_asked_to_check_it(self, cast: Any) -> None:
        paper = drafted(cast, by=cast.chen)
        consumers.tell_paper_moved(moved(paper, "submit", cast.chen), at=AT)
        assert told() == {("林", "papers.moved")}

    def test_cosigners_are_told_and_nobody_twice(self, cast: Any) -> None:
        paper = drafted(cast, cosigners=[cast.water])
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        for _time in range(2):
            consumers.tell_paper_moved(moved(paper, "pass_to_cosign", cast.chen), at=AT)
        assert [one.to.display_name for one in Notice.objects.all()] == ["吴"]


class TestIssued:
    def test_recipients_and_writers_are_told(self, cast: Any, issued: Any) -> None:
        event = PaperIssued(issued.pk, "青环〔2026〕1号", cast.lin.pk, AT)
        consumers.tell_paper_issued(event, at=AT)
        assert told() == {("吴", "papers.came"), ("何", "papers.came"), ("方", "papers.issued")}

    def test_the_last_receipt_is_news_to_the_writers(self, cast: Any, issued: Any) -> None:
        for department, who, expected in (
            (cast.water, cast.wu, set()),
            (cast.town, cast.he, {("方", "papers.all_received")}),
        ):
            actions.receive_paper(party=issued.parties.get(department=department), by=who, at=AT)
            consumers.tell_paper_received(PaperReceived(issued.pk, department.pk, who.pk, AT), at=AT)
            assert told() == expected


class TestReminders:
    def test_who_has_not_signed_is_reminded_and_named_when_late(self, cast: Any, issued: Any) -> None:
        actions.receive_paper(party=issued.parties.get(department=cast.town), by=cast.he, at=AT)
        near = DeadlineNear(issued.ref, RECEIPT, TODAY + timedelta(days=3), 3, False)
        consumers.tell_receipt_near(near, at=AT)
        assert told() == {("吴", "papers.unsigned")}
        consumers.tell_receipt_late(DeadlinePassed(issued.ref, RECEIPT, TODAY), at=AT)
        late = Notice.objects.filter(template="papers.unsigned_late")
        assert {one.to.display_name for one in late} == {"方", "林"}
        assert all("青川县水利局" in one.body and "青石镇" not in one.body for one in late)

    def test_other_deadlines_are_nobodys_business_here(self, cast: Any, issued: Any) -> None:
        consumers.tell_receipt_late(DeadlinePassed(issued.ref, "办结", TODAY), at=AT)
        consumers.tell_receipt_late(DeadlinePassed(cast.county.ref, RECEIPT, TODAY), at=AT)
        assert told() == set()


class TestPrinting:
    def test_the_worker_keeps_both_files(self, cast: Any, issued: Any) -> None:
        assert print_paper({"paper": issued.pk}, Progress())["files"] == 2
        assert set(files_of(issued)) == {"docx", "pdf"}

    def test_a_wrong_template_is_told_and_not_tried_again(
        self, cast: Any, issued: Any, settings: Any, tmp_path: Any
    ) -> None:
        settings.PAPER_TEMPLATES = tmp_path
        (tmp_path / "official_paper.docx").write_text("<html></html>")
        with pytest.raises(GiveUp, match=r"official_paper\.docx"):
            print_paper({"paper": issued.pk}, Progress())
