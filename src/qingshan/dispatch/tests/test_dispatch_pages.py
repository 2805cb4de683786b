"""The pages of a round, as each of the cast opens them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingshan.dispatch import public as dispatch
from qingshan.dispatch.models import Saying
from qingshan.dispatch.tests.conftest import PHOTO, hand_in, open_november, part_of, row_of, save
from qingshan.documents import public as documents
from qingshan.papers import actions as paper_actions
from qingshan.papers import public as papers


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def found(ledgered: Any) -> Any:
    """A round on last month, opened now: the pages ask the clock."""
    now = timezone.now()
    return open_november(
        ledgered,
        within=(now - timedelta(days=31)).date(),
        due_on=timezone.localdate(now) + timedelta(days=5),
        at=now,
    )


def at(name: str, found: Any, *more: Any) -> str:
    return reverse(f"dispatch:{name}", args=[found.pk, *more])


def shown(answer: Any) -> str:
    return answer.content.decode()


class TestRounds:
    def test_an_empty_list_says_what_comes_next(self, cast: Any, as_: Any) -> None:
        assert "可以“发起调度”" in shown(as_(cast.chen).get(reverse("dispatch:list")))

    def test_it_counts_what_each_sees(self, found: Any, cast: Any, as_: Any) -> None:
        assert "0 / 5" in shown(as_(cast.chen).get(reverse("dispatch:list")))
        assert "0 / 3" in shown(as_(cast.wu).get(reverse("dispatch:list")))
        assert found.period_name not in shown(as_(cast.zhou).get(reverse("dispatch:list")))

    def test_it_is_opened_by_its_form_and_an_error_names_its_field(self, ledgered: Any, as_: Any) -> None:
        browser, today = as_(ledgered.chen), timezone.localdate()
        given = {
            "plan": ledgered.plan.code, "period": "month", "within": today, "due_on": today,
            "with_tasks": "on",
        }  # fmt: skip
        late = browser.post(reverse("dispatch:new"), {**given, "due_on": today - timedelta(days=1)})
        assert late.status_code == 422
        assert "早于今天" in late.context["form"].errors["due_on"][0]
        answered = browser.post(reverse("dispatch:new"), given)
        assert answered.url == at("round", dispatch.Round.objects.get())

    def test_its_rhythm_is_set_beside_it(self, ledgered: Any, as_: Any) -> None:
        page = reverse("dispatch:rhythm", args=[ledgered.plan.code])
        given = {"period": "quarter", "opens_on_day": 2, "days_to_report": 7, "active": "on"}
        assert as_(ledgered.chen).post(page, given).status_code == 302
        assert as_(ledgered.chen).get(page).context["form"].initial["days_to_report"] == 7
        assert as_(ledgered.zhou).get(page).status_code == 404


class TestRound:
    def test_who_sees_the_district_sees_every_department(self, found: Any, cast: Any, as_: Any) -> None:
        for who in (cast.lin, cast.chen, cast.qian):
            answer = as_(who).get(at("round", found))
            assert [line.held.name for line in answer.context["lines"]] == [
                "青川县水利局", "青川县生态环境局", "青川县住房和城乡建设局",
            ]  # fmt: skip

    def test_an_officer_sees_the_own_department_and_no_other(self, found: Any, cast: Any, as_: Any) -> None:
        answer = as_(cast.wu).get(at("round", found))
        assert [line.held.name for line in answer.context["lines"]] == ["青川县水利局"]
        assert "青川县住房和城乡建设局" not in shown(answer)
        for page in ("compare", "bulletin"):
            assert as_(cast.wu).get(at(page, found)).status_code == 404
        other = part_of(found, cast.housing)
        assert as_(cast.wu).get(at("part", found, other.pk)).status_code == 404

    def test_it_is_not_there_for_another_district(self, found: Any, cast: Any, as_: Any) -> None:
        for page in ("round", "review", "reminders", "export", "close"):
            assert as_(cast.zhou).get(at(page, found)).status_code == 404

    @pytest.mark.parametrize(
        ("who", "labels"),
        [
            ("chen", ["关闭本轮", "撤销本轮", "延长期限", "导出 Excel"]),
            ("lin", ["导出 Excel"]),
            ("wu", ["填报", "导出 Excel"]),
        ],
    )
    def test_the_buttons_are_what_the_table_and_the_right_allow(
        self, found: Any, cast: Any, as_: Any, who: str, labels: list[str]
    ) -> None:
        doors = as_(getattr(cast, who)).get(at("round", found)).context["doors"]
        assert [str(door.label) for door in doors] == labels


class TestPart:
    def test_a_row_is_saved_where_it_stands_with_its_photo_once(
        self, found: Any, cast: Any, as_: Any
    ) -> None:
        row = row_of(found, cast.plant)
        for _time in range(2):
            answered = as_(cast.wu).post(
                at("report", found, row.pk),
                {
                    "work_state": "under_way", "percent": 60, "text": "已铺设 6 公里。", "key": "device-1",
                    "evidence": SimpleUploadedFile("p.jpg", PHOTO),
                },
            )  # fmt: skip
            assert answered.url == f"{at('part', found, row.part_id)}#row-{row.pk}"
        assert Saying.objects.count() == 1
        assert len(documents.documents_for(None, row.ref)) == 1
        page = shown(as_(cast.wu).get(at("part", found, row.part_id)))
        assert "已铺设 6 公里。" in page
        assert "已存稿待提交" in page

    def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(
        self, found: Any, cast: Any, as_: Any
    ) -> None:
        fake = SimpleUploadedFile("p.jpg", b"<html><body>x</body></html>")
        given = {"work_state": "under_way", "text": "x", "key": "k", "evidence": fake}
        answered = as_(cast.wu).post(at("report", found, row_of(found, cast.plant).pk), given)
        assert answered.status_code == 422
        assert not Saying.objects.exists()

    def test_an_error_stands_at_its_field(self, found: Any, cast: Any, as_: Any) -> None:
        given = {"work_state": "done", "percent": 90, "text": "x", "key": "k"}
        answered = as_(cast.wu).post(at("report", found, row_of(found, cast.plant).pk), given)
        assert answered.status_code == 422
        assert answered.context["form"].errors["percent"] == ["已完成的进度应为 100，现为 90"]

    def test_only_states_the_ledger_could_follow_are_offered(self, found: Any, cast: Any, as_: Any) -> None:
        answer = as_(cast.wu).get(at("report", found, row_of(found, cast.plant).pk))
        offered = [word for word, _label in answer.context["form"].fields["work_state"].choices]
        assert offered == ["", "not_started", "under_way", "done", "stopped"]

    def test_all_that_is_written_is_handed_in_after_a_question(self, found: Any, cast: Any, as_: Any) -> None:
        row = save(row_of(found, cast.plant), cast.wu, at=timezone.now())
        page = at("submit", found, row.part_id)
        assert "将提交已存稿的 1 项，另有 2 项还没有填写。" in shown(as_(cast.wu).get(page))
        assert as_(cast.wu).post(page).status_code == 302
        row.refresh_from_db()
        assert row.phase is dispatch.RowState.SUBMITTED
        assert as_(cast.wu).post(page).status_code == 422

    def test_who_only_reads_gets_no_form(self, found: Any, cast: Any, as_: Any) -> None:
        part = part_of(found, cast.water)
        answer = as_(cast.qian).get(at("part", found, part.pk))
        assert all(card.form is None for card in answer.context["cards"])
        assert as_(cast.qian).post(at("submit", found, part.pk)).status_code == 403


class TestReview:
    @pytest.fixture
    def row(self, found: Any, cast: Any) -> Any:
        return hand_in(row_of(found, cast.plant), cast.wu, at=timezone.now())

    def test_a_row_stands_beside_what_was_before_with_its_doubts(
        self, found: Any, cast: Any, as_: Any
    ) -> None:
        dispatch.Row.objects.filter(round=found).update(before_percent=80)
        hand_in(row_of(found, cast.plant), cast.wu, at=timezone.now())
        page = shown(as_(cast.chen).get(at("review", found)))
        assert "进度比上期降低" in page
        assert "80" in page

    def test_it_is_accepted_or_sent_back(self, found: Any, cast: Any, as_: Any, row: Any) -> None:
        browser = as_(cast.chen)
        assert browser.post(at("send_back", found, row.pk), {"note": ""}).status_code == 422
        assert browser.post(at("send_back", found, row.pk), {"note": "缺照片"}).status_code == 302
        assert "退回理由：缺照片" in shown(as_(cast.wu).get(at("part", found, row.part_id)))
        hand_in(row_of(found, cast.plant), cast.wu, at=timezone.now(), text="补照片")
        assert as_(cast.chen).post(at("accept", found, row.pk)).status_code == 302
        row.refresh_from_db()
        assert row.phase is dispatch.RowState.ACCEPTED
        assert "已采纳" in shown(as_(cast.wu).get(at("row", found, row.pk)))

    def test_all_without_doubts_are_accepted_after_a_question(
        self, found: Any, cast: Any, as_: Any, row: Any
    ) -> None:
        page = at("accept_all", found)
        assert "将采纳没有疑点的 1 项" in shown(as_(cast.chen).get(page))
        assert as_(cast.chen).post(page).status_code == 302
        row.refresh_from_db()
        assert row.phase is dispatch.RowState.ACCEPTED

    def test_it_is_the_reviewers_page(self, found: Any, cast: Any, as_: Any, row: Any) -> None:
        for who in (cast.lin, cast.wu, cast.qian):
            assert as_(who).get(at("review", found)).status_code == 403
            assert as_(who).post(at("accept", found, row.pk)).status_code == 403

    def test_a_row_of_another_round_is_not_found_under_this_one(
        self, found: Any, cast: Any, as_: Any, row: Any
    ) -> None:
        assert as_(cast.chen).get(reverse("dispatch:row", args=[found.pk + 1, row.pk])).status_code == 404


class TestFalse:
    def test_it_is_proposed_with_evidence_and_decided_by_another(
        self, found: Any, cast: Any, as_: Any
    ) -> None:
        row = hand_in(row_of(found, cast.plant), cast.wu, at=timezone.now())
        dispatch.accept_row(row=row, by=cast.chen, at=timezone.now())
        page, today = at("find_false", found, row.pk), timezone.localdate()
        given = {"on": today, "work_state": "under_way", "percent": 20, "reason": "现场未动工"}
        refused = as_(cast.chen).post(page, given)
        assert refused.status_code == 422
        assert "须附核实材料" in shown(refused)
        given["evidence"] = SimpleUploadedFile("site.jpg", PHOTO)
        assert as_(cast.chen).post(page, given).status_code == 302
        finding = dispatch.FalseReport.objects.get()
        decide = at("decide", found, finding.pk)
        own = as_(cast.chen).post(decide, {"confirmed": "yes"})
        assert own.status_code == 422
        assert as_(cast.lin).post(decide, {"confirmed": "yes", "note": "属实"}).status_code == 302
        assert "认定虚报" in shown(as_(cast.wu).get(at("row", found, row.pk)))
        assert as_(cast.wu).get(decide).status_code == 403


class TestPressing:
    def test_it_is_done_from_its_page_and_stands_there(self, found: Any, cast: Any, as_: Any) -> None:
        part = part_of(found, cast.water)
        page = at("press", found, part.pk)
        assert as_(cast.wu).get(page).status_code == 403
        assert as_(cast.lin).post(page, {"note": "今天必须报"}).status_code == 302
        listed = shown(as_(cast.lin).get(at("reminders", found)))
        assert "今天必须报" in listed
        assert "到期前 3 个工作日提醒" in listed


class TestClosing:
    def test_closing_drafts_the_bulletin_and_freezes_the_page(self, found: Any, cast: Any, as_: Any) -> None:
        row = hand_in(row_of(found, cast.plant), cast.wu, at=timezone.now())
        waiting = as_(cast.chen).post(at("close", found))
        assert waiting.status_code == 422
        assert "还有 1 项等待审核" in shown(waiting)
        dispatch.accept_row(row=row, by=cast.chen, at=timezone.now())
        assert "按目前数据的通报预览" in shown(as_(cast.chen).get(at("bulletin", found)))
        assert as_(cast.chen).post(at("close", found)).status_code == 302
        page = shown(as_(cast.chen).get(at("round", found)))
        assert "以下是关闭时的数据" in page
        assert "调度会议议程" in page
        bulletin = shown(as_(cast.chen).get(at("bulletin", found)))
        assert "应报（项）" in bulletin
        assert "{fig:" not in bulletin
        # a table wider than a phone is moved by the keyboard too
        assert all('<div class="table-scroll"><table>' not in one for one in (page, bulletin))
        early = as_(cast.lin).post(at("reopen", found), {"note": "补报", "due_on": found.due_on})
        assert early.status_code == 422
        assert "应晚于原期限" in shown(early)
        later = found.due_on + timedelta(days=3)
        given = {"note": "补报", "due_on": later}
        assert as_(cast.lin).post(at("reopen", found), given).status_code == 302
        found.refresh_from_db()
        assert (found.phase, found.due_on) == (dispatch.RoundState.OPEN, later)
        assert "补报" in shown(as_(cast.chen).get(at("round", found)))

    def test_figures_of_a_bulletin_lead_whoever_sees_the_whole_round_there_and_nobody_else(
        self, found: Any, cast: Any, as_: Any
    ) -> None:
        now = timezone.now()
        dispatch.close_round(round=found, by=cast.chen, at=now)
        bulletin = next(
            one for one in papers.papers_about(ref=found.ref, user=cast.chen) if one.kind == "bulletin"
        )
        paper_actions.set_parties(
            paper=bulletin, recipients=[cast.water], copies_to=[], cosigners=[cast.water], by=cast.chen,
            at=now,
        )  # fmt: skip
        paper_actions.submit_paper(paper=bulletin, by=cast.chen, at=now)
        paper_actions.check_paper(paper=bulletin, by=cast.lin, at=now)
        dispatch.reopen_round(round=found, reason="水利局补报", by=cast.lin, at=now)
        row = hand_in(row_of(found, cast.plant), cast.wu, at=now)
        dispatch.accept_row(row=row, by=cast.chen, at=now)
        dispatch.close_round(round=found, by=cast.chen, at=now)
        page, link = reverse("papers:paper", args=[bulletin.pk]), f'href="{at("round", found)}"'

        def told(user: Any) -> tuple[int, bool]:
            answer = as_(user).get(page)
            return sum(news is not None for _one, _figure, news in answer.context["figures"]), link in shown(
                answer
            )

        changed, leads = told(cast.gao)
        assert changed > 0
        assert leads
        assert told(cast.wu) == (0, False)  # co-signs it, and sees the water bureau's rows alone

    def test_it_is_compared_with_the_last_one(self, ledgered: Any, as_: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        rounds = [
            open_november(ledgered, within=(now - timedelta(days=days)).date(), due_on=today, at=now)
            for days in (62, 31)
        ]
        assert "没有可比的数据" in shown(as_(ledgered.chen).get(at("compare", rounds[1])))
        dispatch.close_round(round=rounds[0], by=ledgered.chen, at=now)
        page = as_(ledgered.chen).get(at("compare", rounds[1]))
        assert page.context["previous"][0] == rounds[0]
        assert [one.now for one in page.context["sums"]][:2] == [5, 0]

    @pytest.mark.parametrize("page", ["extend", "cancel"])
    def test_more_time_and_cancelling_have_their_pages(
        self, found: Any, cast: Any, as_: Any, page: str
    ) -> None:
        given = {"note": "误发", "reason": "误发", "due_on": found.due_on + timedelta(days=3)}
        assert as_(cast.lin).get(at(page, found)).status_code == 403
        assert as_(cast.chen).get(at(page, found)).status_code == 200
        assert as_(cast.chen).post(at(page, found), given).status_code == 302
