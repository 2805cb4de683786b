"""The pages of tasks, as each of the cast opens them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingshan.tasks import public as tasks
from qingshan.tasks.models import Task, TaskReport
from qingshan.tasks.tests.conftest import AT, TERMS

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"0" * 64


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


def page(task: Any, name: str = "task", *more: Any) -> str:
    return reverse(f"tasks:{name}", args=[task.code, *more])


class TestInbox:
    def test_it_shows_what_waits_and_where_it_comes_from(self, cast: Any, assigned: Any, as_: Any) -> None:
        shown = as_(cast.wu).get(reverse("tasks:inbox")).content.decode()
        assert "修复青川河河岸带" in shown
        assert "领导批示 · 县长" in shown

    def test_an_empty_inbox_says_what_comes_next(self, cast: Any, as_: Any) -> None:
        assert "有新任务时" in as_(cast.wu).get(reverse("tasks:inbox")).content.decode()
        assert "拟定一项任务" in as_(cast.chen).get(reverse("tasks:inbox")).content.decode()


class TestList:
    def test_it_is_sifted_and_exported(self, cast: Any, assigned: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        found = {
            query: "修复青川河" in browser.get(f"{reverse('tasks:list')}?{query}").content.decode()
            for query in (
                "q=河岸", "q=道路", "state=assigned", "state=closed", f"department={cast.water.pk}",
                "pressed=listed",
            )
        }  # fmt: skip
        assert list(found.values()) == [True, False, True, False, True, False]
        assert browser.get(f"{reverse('tasks:list')}?export=xlsx").status_code == 200

    def test_a_late_task_is_marked(self, cast: Any, as_: Any) -> None:
        today = timezone.localdate()
        terms = {**TERMS, "starts_on": today - timedelta(days=9), "due_on": today - timedelta(days=1)}
        task = tasks.create_task(
            district=cast.county,
            source=tasks.TaskSource.OTHER,
            terms=terms,
            lead=cast.water,
            by=cast.chen,
            at=AT,
        )
        tasks.assign_task(task=task, by=cast.chen, at=AT)
        shown = as_(cast.chen).get(f"{reverse('tasks:list')}?pressed=overdue").content.decode()
        assert "已逾期" in shown
        assert task.code in shown


class TestTask:
    def test_the_buttons_are_what_the_table_and_the_right_allow(
        self, cast: Any, assigned: Any, as_: Any
    ) -> None:
        def buttons(user: Any) -> list[str]:
            return [str(door.label) for door in as_(user).get(page(assigned)).context["doors"]]

        assert buttons(cast.wu) == ["签收", "申请变更", "分派经办人"]
        assert buttons(cast.chen) == ["撤销", "催办督办", "起草督办单", "修改要求", "调整单位", "分解任务"]

    def test_it_is_not_there_for_who_may_not_see_it(self, cast: Any, assigned: Any, as_: Any) -> None:
        assert as_(cast.zhou).get(page(assigned)).status_code == 404

    def test_a_whole_life_by_the_pages(self, cast: Any, draft: Any, as_: Any) -> None:
        def post(user: Any, name: str, data: dict[str, Any], *more: Any) -> None:
            answered = as_(user).post(page(draft, name, *more), data)
            assert answered.status_code == 302, answered.content.decode()

        today = timezone.localdate()
        post(cast.chen, "step", {}, "assign")
        post(cast.wu, "step", {}, "accept")
        post(cast.wu, "delegate", {"to": cast.he.pk})
        post(cast.lin, "press", {"kind": "slip", "due_on": today, "note": "本周内到位"})
        slip = tasks.task_detail(task=draft, on=today).supervisions[0]
        post(cast.he, "answer", {"answer": "已到位"}, slip.pk)
        post(cast.lin, "lift", {"note": "已落实"}, slip.pk)
        post(cast.he, "step", {"due_on": "2027-01-20", "reason": "汛期"}, "ask_change")
        post(cast.chen, "step", {"granted": "yes", "answer": ""}, "answer_change")
        post(cast.he, "report", {"on": today, "percent": 100, "text": "完成", "key": "k"})
        post(cast.he, "step", {}, "submit")
        post(cast.lin, "step", {"note": "请补照片"}, "send_back")
        photo = SimpleUploadedFile("photo.jpg", JPEG)
        post(
            cast.he, "report", {"on": today, "percent": 100, "text": "补照片", "key": "k2", "evidence": photo}
        )
        post(cast.he, "step", {}, "submit")
        post(cast.lin, "step", {}, "close")
        post(cast.lin, "step", {"note": "复查发现垮塌"}, "reopen")
        assert Task.objects.get(pk=draft.pk).phase is tasks.TaskState.UNDER_WAY
        assert "复查发现垮塌" in as_(cast.wu).get(page(draft)).content.decode()


class TestReport:
    def test_a_report_sent_twice_is_one_with_one_photo(self, cast: Any, under_way: Any, as_: Any) -> None:
        for _time in range(2):
            answered = as_(cast.wu).post(
                page(under_way, "report"),
                {
                    "on": timezone.localdate(), "text": "完成一半", "key": "device-1",
                    "evidence": SimpleUploadedFile("p.jpg", JPEG),
                },
            )  # fmt: skip
            assert answered.status_code == 302
        made = TaskReport.objects.get()
        listed = as_(cast.wu).get(reverse("documents:of", args=[made.ref])).content.decode()
        assert listed.count("<tr>") == 2  # the head and one document

    def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(
        self, cast: Any, under_way: Any, as_: Any
    ) -> None:
        fake = SimpleUploadedFile("p.jpg", b"<html><body>x</body></html>")
        answered = as_(cast.wu).post(
            page(under_way, "report"), {"on": timezone.localdate(), "text": "x", "key": "k", "evidence": fake}
        )
        assert answered.status_code == 422
        assert not TaskReport.objects.exists()


class TestSteps:
    def test_a_refusal_stands_on_the_form(self, cast: Any, under_way: Any, as_: Any) -> None:
        answered = as_(cast.wu).post(page(under_way, "step", "submit"), {})
        assert answered.status_code == 422
        assert "提交前请先填报进展。" in answered.content.decode()

    def test_a_step_that_cannot_be_taken_now_has_no_page(self, cast: Any, draft: Any, as_: Any) -> None:
        assert as_(cast.chen).get(page(draft, "step", "close")).status_code == 404
        assert as_(cast.chen).get(page(draft, "step", "praise")).status_code == 404

    def test_who_may_not_is_told_so(self, cast: Any, under_way: Any, as_: Any) -> None:
        assert as_(cast.wu).get(page(under_way, "step", "cancel")).status_code == 403
        assert as_(cast.wu).get(page(under_way, "press")).status_code == 403


class TestNew:
    def given(self, cast: Any, **changes: Any) -> dict[str, Any]:
        return {
            "source": "minutes", "source_title": "县政府第 12 次常务会议", "title": "整治河口",
            "starts_on": "2026-11-20", "due_on": "2026-12-31", "lead": cast.water.pk,
            "joint": [cast.bureau.pk], "assign_now": "on", **changes,
        }  # fmt: skip

    def test_a_task_from_minutes_is_drawn_up_and_assigned_at_once(self, cast: Any, as_: Any) -> None:
        answered = as_(cast.chen).post(reverse("tasks:new"), self.given(cast))
        task = Task.objects.get()
        assert (answered.url, task.phase) == (page(task), tasks.TaskState.ASSIGNED)

    def test_an_error_names_its_field(self, cast: Any, as_: Any) -> None:
        answered = as_(cast.chen).post(reverse("tasks:new"), self.given(cast, due_on="2026-11-19"))
        assert answered.status_code == 422
        assert answered.context["form"].errors["due_on"] == ["2026-11-19 早于开始日期 2026-11-20"]

    def test_a_part_takes_its_source_and_deadline_from_the_whole(
        self, cast: Any, assigned: Any, as_: Any
    ) -> None:
        form = as_(cast.chen).get(f"{reverse('tasks:new')}?parent={assigned.code}").context["form"]
        assert (form.initial["source"], form.initial["due_on"]) == ("instruction", TERMS["due_on"])

    def test_revising_and_moving_to_other_departments(self, cast: Any, assigned: Any, as_: Any) -> None:
        shown = {"title": "修复 3 公里", "starts_on": "2026-11-01", "due_on": "2026-12-20", "seen_version": 1}
        assert as_(cast.chen).post(page(assigned, "revise"), shown).status_code == 422  # no reason
        assert as_(cast.chen).post(page(assigned, "revise"), {**shown, "reason": "写明"}).status_code == 302
        stale = as_(cast.chen).post(page(assigned, "revise"), {**shown, "title": "乙", "reason": "再改"})
        assert stale.status_code == 409
        moved = {"lead": cast.bureau.pk, "joint": [], "reason": "职责调整"}
        assert as_(cast.chen).post(page(assigned, "parties"), moved).status_code == 302
