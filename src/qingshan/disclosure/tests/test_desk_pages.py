"""The desk: preparing, looking, approving, sorting feedback and answering, as each of the cast opens it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from qingshan.disclosure.models import Edition, Feedback, PublicPage
from qingshan.disclosure.states import FeedbackState
from qingshan.disclosure.tests.conftest import value
from qingshan.documents.public import may_change, may_see

CODE = "qingchuan-2021"


def at(name: str, *words: Any) -> str:
    return reverse(f"disclosure:{name}", args=words)


def ticked(**changes: Any) -> dict[str, Any]:
    return {
        "as_of": "2026-11-20", "indicators-extent": "chosen", "indicators-codes": ["A1"],
        "indicators-columns": ["target", "latest"], "measures-extent": "nothing",
        "projects-extent": "nothing", "commitments-extent": "nothing", "contact": "0000",
        "terms": "注明来源", "note": "", **changes,
    }  # fmt: skip


class TestPreparing:
    def test_from_nothing_to_a_published_page(self, cast: Any, told: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        assert "还没有公开页" in browser.get(at("page", CODE)).content.decode()
        browser.post(at("settings", CODE), {"office": cast.bureau.pk, "takes_feedback": "on"})
        made = browser.post(at("prepare", CODE), ticked())
        edition = Edition.objects.get()
        assert made.url == at("preview", edition.pk)
        shown = browser.get(made.url).content.decode()
        assert ("优良天数比例" in shown, "水质优良比例" in shown, "88.8" in shown) == (True, False, False)
        browser.post(at("step", edition.pk, "submit"), {"note": ""})
        shown = browser.get(at("preview", edition.pk)).content.decode()
        assert ("须由另一位有批准权的人员批准" in shown, at("step", edition.pk, "publish") in shown) == (
            True, False,
        )  # fmt: skip
        assert as_(cast.lin).post(at("step", edition.pk, "publish"), {"note": ""}).status_code == 302
        assert (PublicPage.objects.get().is_open, Edition.objects.get().number) == (True, 1)
        assert "91.7" in as_(None).get(at("plan", CODE)).content.decode()

    def test_the_form_begins_with_what_was_told_last(self, cast: Any, published: Any, as_: Any) -> None:
        form = as_(cast.chen).get(at("prepare", CODE)).context["form"]
        assert form["projects-extent"].initial == "everything"
        assert set(form["projects-columns"].initial) >= {"money", "progress"}

    def test_a_day_ahead_stands_on_the_form(self, cast: Any, page: Any, as_: Any) -> None:
        answered = as_(cast.chen).post(at("prepare", CODE), ticked(as_of="2099-01-01"))
        assert (answered.status_code, "截至日期不能晚于今天" in answered.content.decode()) == (422, True)

    def test_what_the_ledger_says_otherwise_is_shown_to_the_planner(
        self, cast: Any, told: Any, published: Any, as_: Any
    ) -> None:
        assert "与今天的台账一致" in as_(cast.chen).get(at("page", CODE)).content.decode()
        value(cast, told.water, "95")
        shown = as_(cast.chen).get(at("page", CODE)).content.decode()
        assert ("已有更新" in shown, "重新发布" in shown, "<ins>95%" in shown) == (True, True, True)

    def test_an_edition_goes_along_as_a_workbook(self, cast: Any, published: Any, as_: Any) -> None:
        answered = as_(cast.chen).get(at("workbook", published.pk))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answered.streaming_content)))
        assert book.sheetnames == ["规划指标", "规划措施", "重点项目", "规划承诺", "说明"]
        assert book["规划指标"]["A2"].value == "A1"

    @pytest.mark.parametrize("who", ["wu", "zheng", "he"])
    def test_others_of_the_district_are_refused(self, cast: Any, published: Any, as_: Any, who: str) -> None:
        browser = as_(getattr(cast, who))
        for address in (at("page", CODE), at("preview", published.pk), at("workbook", published.pk)):
            assert browser.get(address).status_code == 403
        assert browser.get(at("list")).status_code == 200

    def test_for_another_district_nothing_is_there(self, cast: Any, published: Any, as_: Any) -> None:
        browser = as_(cast.zhou)
        for address in (at("page", CODE), at("preview", published.pk), at("prepare", CODE)):
            assert browser.get(address).status_code == 404

    def test_a_page_is_shut_with_a_reason_and_opened_again(self, cast: Any, published: Any, as_: Any) -> None:
        browser = as_(cast.lin)
        assert browser.post(at("switch", CODE), {"note": ""}).status_code == 422
        assert browser.post(at("switch", CODE), {"note": "核对"}).status_code == 302
        assert not PublicPage.objects.get().is_open
        assert as_(cast.chen).get(at("switch", CODE)).status_code == 403
        assert as_(cast.lin).post(at("switch", CODE), {}).status_code == 302
        assert PublicPage.objects.get().is_open


class TestFeedback:
    def test_from_receipt_to_answer_on_the_pages(self, cast: Any, received: Any, as_: Any) -> None:
        from qingshan.disclosure.tests.conftest import finish

        number = received.number
        listed = as_(cast.chen).get(at("feedback_list")).content.decode()
        assert ("河边有人倒垃圾" in listed, "13900001234" in listed) == (True, False)
        browser = as_(cast.chen)
        given = browser.get(at("feedback_step", number, "assign")).context["form"].initial
        assert given["lead"] == cast.water.pk
        answered = browser.post(
            at("feedback_step", number, "assign"), {"lead": cast.water.pk, "due_on": "2026-12-20", "note": ""}
        )
        assert answered.status_code == 302
        finish(cast, Feedback.objects.get())
        officer = as_(cast.wu)
        assert at("draft", number) in officer.get(at("feedback", number)).content.decode()
        officer.post(at("draft", number), {"answer": "垃圾已清运。"})
        assert Feedback.objects.get().phase is FeedbackState.ANSWER_IN_REVIEW
        as_(cast.lin).post(at("feedback_step", number, "answer"), {"note": ""})
        assert Feedback.objects.get().phase is FeedbackState.ANSWERED

    def test_the_contact_is_shown_after_a_reason_and_never_kept(
        self, cast: Any, under_way: Any, as_: Any
    ) -> None:
        browser = as_(cast.chen)
        assert "13900001234" not in browser.get(at("feedback", under_way.number)).content.decode()
        assert browser.post(at("contact", under_way.number), {"reason": ""}).status_code == 422
        shown = browser.post(at("contact", under_way.number), {"reason": "核实"})
        assert "13900001234" in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]
        for who in (cast.wu, cast.lin):
            assert as_(who).get(at("contact", under_way.number)).status_code == 403

    def test_the_workbook_of_feedback_names_no_sender(self, cast: Any, received: Any, as_: Any) -> None:
        answered = as_(cast.chen).get(at("feedback_list") + "?export=xlsx")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answered.streaming_content)))
        cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
        assert (received.number in cells, any("1390" in cell for cell in cells)) == (True, False)

    def test_a_step_that_cannot_be_taken_now_has_no_page(
        self, cast: Any, received: Any, published: Any, as_: Any
    ) -> None:
        browser = as_(cast.chen)
        for address in (
            at("feedback_step", received.number, "answer"), at("feedback_step", received.number, "finish"),
            at("draft", received.number), at("step", published.pk, "submit"),
            at("step", published.pk, "supersede"),
        ):  # fmt: skip
            assert browser.get(address).status_code in {403, 404}

    def test_photos_follow_the_feedback(self, cast: Any, under_way: Any) -> None:
        seen = [
            may_see(getattr(cast, who), under_way.ref) for who in ("chen", "lin", "wu", "he", "zheng", "zhou")
        ]
        assert seen == [True, True, True, True, False, False]
        assert [may_change(getattr(cast, who), under_way.ref) for who in ("chen", "wu")] == [True, False]

    def test_merging_and_dismissing_stand_on_their_pages(self, cast: Any, received: Any, as_: Any) -> None:
        from qingshan.disclosure.tests.conftest import send

        twin = send(received.page, key="e" * 32)
        browser = as_(cast.chen)
        merged = browser.post(
            at("feedback_step", twin.number, "merge"), {"into": received.number, "note": ""}
        )
        assert merged.status_code == 302
        assert twin.number in browser.get(at("feedback", received.number)).content.decode()
        refused = browser.post(at("feedback_step", received.number, "dismiss"), {"note": ""})
        assert refused.status_code == 422
