"""A yearly task in quarters; how far a task has come; a task drawn up from a record of a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from qingshan.accounts.public import Forbidden
from qingshan.kernel.refs import Ref
from qingshan.pages.public import today
from qingshan.tasks import links, quarters
from qingshan.tasks import public as tasks
from qingshan.tasks.errors import NoQuarters, StaleTask
from qingshan.tasks.tests.conftest import AT, TERMS, TODAY
from qingshan.workflow import public as workflow
from qingshan.workflow.subjects import _KNOWN

YEARLY = {**TERMS, "starts_on": date(2026, 2, 1), "due_on": date(2026, 11, 30), "weight_hundredths": 250}


@pytest.fixture
def as_(client: Any) -> Any:
    def enter(user: Any) -> Any:
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def yearly(cast: Any) -> Any:
    made = tasks.create_task(
        district=cast.county, source=tasks.TaskSource.OTHER, terms=YEARLY, lead=cast.water,
        joint=[cast.bureau], by=cast.chen, at=AT,
    )  # fmt: skip
    return tasks.assign_task(task=made, by=cast.chen, at=AT)


def parts_of(task: Any, user: Any) -> list[Any]:
    return list(tasks.parts_of(task=task, user=user))


def weights(task: Any, user: Any) -> list[str | None]:
    """What each part weighs of the whole, in order of their days; None for one that is cancelled."""
    return [str(one.weight) if one.weight else None for one in tasks.part_shares(task=task, user=user)]


class TestQuarters:
    def test_a_whole_year_has_four(self) -> None:
        found = quarters.quarters_of(date(2026, 1, 1), date(2026, 12, 31))
        assert [(one.number, one.starts_on, one.due_on) for one in found] == [
            (1, date(2026, 1, 1), date(2026, 3, 31)),
            (2, date(2026, 4, 1), date(2026, 6, 30)),
            (3, date(2026, 7, 1), date(2026, 9, 30)),
            (4, date(2026, 10, 1), date(2026, 12, 31)),
        ]

    @pytest.mark.parametrize(
        ("start", "due", "numbers"),
        [
            (date(2026, 3, 31), date(2026, 3, 31), [(2026, 1)]),
            (date(2026, 3, 31), date(2026, 4, 1), [(2026, 1), (2026, 2)]),
            (date(2026, 12, 31), date(2027, 1, 1), [(2026, 4), (2027, 1)]),
        ],
    )
    def test_the_days_at_either_side_of_a_quarter_s_end(self, start: Any, due: Any, numbers: Any) -> None:
        assert [(one.year, one.number) for one in quarters.quarters_of(start, due)] == numbers

    @pytest.mark.parametrize("weight", [1, 3, 99, 100, 1000])
    def test_the_weights_of_the_parts_add_up_to_the_whole(self, weight: int) -> None:
        assert sum(quarters.shares_of_weight(weight, 4)) == weight


class TestSplit:
    def test_the_parts_have_the_departments_the_quarters_and_the_weight_of_the_whole(
        self, cast: Any, yearly: Any
    ) -> None:
        tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT, goals={(2026, 1): "完成设计"})
        found = parts_of(yearly, cast.chen)
        assert [(one.starts_on, one.due_on, one.content) for one in found] == [
            (date(2026, 2, 1), date(2026, 3, 31), "完成设计"),
            (date(2026, 4, 1), date(2026, 6, 30), TERMS["content"]),
            (date(2026, 7, 1), date(2026, 9, 30), TERMS["content"]),
            (date(2026, 10, 1), date(2026, 11, 30), TERMS["content"]),
        ]
        assert weights(yearly, cast.chen) == ["0.62", "0.62", "0.62", "0.64"]
        assert found[0].title == "修复青川河河岸带（2026年第1季度）"
        detail = tasks.task_detail(task=found[0].subject, on=TODAY)
        assert (detail.lead, detail.joint) == (cast.water, (cast.bureau,))
        assert {one.subject.phase for one in found} == {tasks.TaskState.ASSIGNED}

    def test_what_a_cancelled_part_weighed_is_shared_among_the_others(self, cast: Any, yearly: Any) -> None:
        second = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)[1]
        tasks.cancel_task(task=second, by=cast.chen, at=AT, note="汛期不施工")
        assert weights(yearly, cast.chen) == ["0.83", None, "0.83", "0.84"]

    def test_the_parts_weigh_together_what_the_whole_weighs_now(self, cast: Any, yearly: Any) -> None:
        first, *_others = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)
        tasks.revise_task(
            task=yearly, seen=1, changes={"weight_hundredths": 500}, reason="领导批示", by=cast.chen, at=AT
        )
        assert weights(yearly, cast.chen) == ["1.25"] * 4
        tasks.revise_task(
            task=first, seen=1, changes={"content": "完成设计"}, reason="细化", by=cast.chen, at=AT
        )
        assert weights(yearly, cast.chen) == ["1.25"] * 4  # another goal changes nothing of it

    def test_the_parts_of_a_part_weigh_together_what_the_part_weighs(
        self, cast: Any, yearly: Any, as_: Any
    ) -> None:
        part = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)[3]
        for days in ((1, 31), (1, 30), (1, 30)):
            terms = {**TERMS, "starts_on": date(2026, 10, days[0]), "due_on": date(2026, 10, days[1])}
            made = tasks.create_task(
                district=cast.county, source=tasks.TaskSource.OTHER, terms=terms, lead=cast.water,
                parent=part, by=cast.chen, at=AT,
            )  # fmt: skip
            tasks.assign_task(task=made, by=cast.chen, at=AT)
        assert weights(part, cast.chen) == ["0.21", "0.21", "0.22"]  # the part weighs 0.64
        shown = as_(cast.chen).get(reverse("tasks:task", args=[part.code]))
        assert str(shown.context["weight"].value) == "0.64"
        tasks.cancel_task(task=part, by=cast.chen, at=AT, note="并入他项")
        assert weights(part, cast.chen) == [None] * 3

    def test_the_pages_tell_what_each_part_weighs(self, cast: Any, yearly: Any, as_: Any) -> None:
        parts = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)
        tasks.cancel_task(task=parts[0], by=cast.chen, at=AT, note="并入他项")
        browser = as_(cast.chen)
        whole = browser.get(reverse("tasks:task", args=[yearly.code]))
        assert str(whole.context["weight"].value) == "2.50"
        told = [one.share and str(one.share.value) for one in whole.context["parts"]]
        assert told == [None, "0.83", "0.83", "0.84"]
        part = browser.get(reverse("tasks:task", args=[parts[3].code]))
        assert str(part.context["share"].value) == "0.84"
        assert "占其权重" in part.content.decode()
        assert browser.get(reverse("tasks:task", args=[parts[0].code])).context["share"] is None

    def test_a_weight_of_today_is_not_given_out_as_one_of_a_past_day(
        self, cast: Any, yearly: Any, as_: Any
    ) -> None:
        part = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)[0]
        past, browser = {"as_of": "2026-03-31"}, as_(cast.chen)
        whole = browser.get(reverse("tasks:task", args=[yearly.code]), past).context
        share = browser.get(reverse("tasks:task", args=[part.code]), past).context["share"]
        shown = [whole["weight"], share, *(one.share for one in whole["parts"])]
        assert {one.as_of for one in shown} == {today()}

    def test_the_parts_come_from_the_record_of_the_whole_which_names_the_whole_alone(self, cast: Any) -> None:
        hill = Ref("hills", "hill", "7")
        whole = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.MEASURE, source_ref=hill, source_title="青峦",
            terms=YEARLY, lead=cast.water, by=cast.chen, at=AT,
        )  # fmt: skip
        parts = tasks.split_by_quarter(task=whole, by=cast.chen, at=AT)
        told = {(part.source, part.source_ref, part.source_title) for part in parts}
        assert told == {("measure", str(hill), "青峦")}
        assert [one.subject for one in tasks.tasks_about(ref=hill, user=cast.chen)] == [whole]

    def test_the_parts_of_a_draft_are_drafts(self, cast: Any) -> None:
        draft = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.OTHER, terms=YEARLY, lead=cast.water, by=cast.chen,
            at=AT,
        )  # fmt: skip
        parts = tasks.split_by_quarter(task=draft, by=cast.chen, at=AT)
        assert {part.phase for part in parts} == {tasks.TaskState.DRAFT}

    def test_it_is_divided_once(self, cast: Any, yearly: Any) -> None:
        part = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)[0]
        for task in (yearly, part):
            with pytest.raises(NoQuarters):
                tasks.split_by_quarter(task=task, by=cast.chen, at=AT)

    def test_work_within_one_quarter_has_no_parts(self, cast: Any) -> None:
        short = {**TERMS, "starts_on": date(2026, 10, 1), "due_on": date(2026, 12, 31)}
        task = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.OTHER, terms=short, lead=cast.water, by=cast.chen,
            at=AT,
        )  # fmt: skip
        with pytest.raises(NoQuarters):
            tasks.split_by_quarter(task=task, by=cast.chen, at=AT)

    def test_who_works_on_it_does_not_divide_it(self, cast: Any, yearly: Any) -> None:
        for who in (cast.wu, cast.fang, cast.zhou):
            with pytest.raises(Forbidden):
                tasks.split_by_quarter(task=yearly, by=who, at=AT)

    def test_what_is_cancelled_is_not_divided(self, cast: Any, yearly: Any) -> None:
        tasks.cancel_task(task=yearly, by=cast.chen, at=AT, note="并入他项")
        with pytest.raises(StaleTask):
            tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)

    def test_a_long_title_leaves_room_for_the_quarter(self, cast: Any) -> None:
        long = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.OTHER, terms={**YEARLY, "title": "长" * 200},
            lead=cast.water, by=cast.chen, at=AT,
        )  # fmt: skip
        tasks.split_by_quarter(task=long, by=cast.chen, at=AT)
        titles = [one.title for one in tasks.tasks_for(user=cast.chen).filter(subject__parent=long)]
        assert {len(title) for title in titles} == {200}
        assert all(title.endswith("季度）") for title in titles)

    def test_by_the_page(self, cast: Any, yearly: Any, as_: Any) -> None:
        page = reverse("tasks:split", args=[yearly.code])
        shown = as_(cast.chen).get(page).content.decode()
        assert "2026年第1季度目标" in shown
        assert as_(cast.chen).post(page, {"goal_2026_2": "管沟开挖"}).status_code == 302
        assert [one.content for one in parts_of(yearly, cast.chen)][1] == "管沟开挖"
        assert as_(cast.chen).post(page, {}).status_code == 422  # it is divided already
        assert as_(cast.wu).get(page).status_code == 403


class TestProgress:
    def test_the_last_report_tells_and_a_closed_task_is_done(self, cast: Any, under_way: Any) -> None:
        assert tasks.progress_of(tasks=[under_way]) == {under_way.pk: None}
        for number, percent in enumerate((30, 60, None)):
            tasks.report_on_task(
                task=under_way, on=TODAY, text="进展", percent=percent, key=f"k{number}", by=cast.wu,
                at=AT + timedelta(minutes=number),
            )  # fmt: skip
        assert tasks.progress_of(tasks=[under_way]) == {under_way.pk: 60}
        handed_in = tasks.submit_task(task=under_way, by=cast.wu, at=AT + timedelta(hours=1))
        closed = tasks.close_task(task=handed_in, by=cast.lin, at=AT + timedelta(hours=2))
        assert tasks.progress_of(tasks=[closed]) == {closed.pk: 100}

    def test_a_whole_stands_where_its_parts_stand_together(self, cast: Any, yearly: Any) -> None:
        parts = tasks.split_by_quarter(task=yearly, by=cast.chen, at=AT)
        first = tasks.accept_task(task=parts[0], by=cast.wu, at=AT)
        tasks.report_on_task(task=first, on=TODAY, text="过半", percent=70, key="k", by=cast.wu, at=AT)
        assert tasks.progress_of(tasks=[yearly])[yearly.pk] == 70 // 4
        tasks.cancel_task(task=parts[3], by=cast.chen, at=AT, note="不做了")
        assert tasks.progress_of(tasks=[yearly])[yearly.pk] == 70 // 3


class TestFromARecord:
    """A room above names its record; its page leads here with the form filled in."""

    ABOUT = Ref("hills", "hill", "7")

    @pytest.fixture(autouse=True)
    def _told(self, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        def describe(user: Any, refs: Any, on: date) -> dict[Ref, workflow.Subject]:
            seen = user != cast.lin
            one = workflow.Subject("山", "青峦", "/hills/7/", cast.county.pk, may_assign=True)
            return dict.fromkeys(refs, one) if seen else {}

        monkeypatch.setitem(_KNOWN, "hills.hill", describe)

    def address(self, **more: Any) -> str:
        query = "&".join(f"{name}={value}" for name, value in {"about": self.ABOUT, **more}.items())
        return f"{reverse('tasks:new')}?{query}"

    def test_its_page_fills_the_form_in(self, cast: Any, as_: Any) -> None:
        page = self.address(source="measure", title="造林", lead=cast.water.pk, due_on="2026-12-31")
        form = as_(cast.chen).get(page).context["form"]
        told = {name: form[name].value() for name in ("source", "title", "source_title", "due_on")}
        assert told == {"source": "measure", "title": "造林", "source_title": "青峦", "due_on": "2026-12-31"}
        assert f'<option value="{cast.water.pk}" selected>' in str(form["lead"])

    def test_the_task_names_the_record_and_links_to_it(self, cast: Any, as_: Any) -> None:
        given = {
            "source": "measure", "source_title": "青峦", "title": "造林", "starts_on": "2026-11-20",
            "due_on": "2026-12-31", "lead": cast.water.pk, "assign_now": "on",
        }  # fmt: skip
        answered = as_(cast.chen).post(self.address(source="measure"), given)
        assert answered.status_code == 302
        made = tasks.tasks_about(ref=self.ABOUT, user=cast.chen).get()
        assert made.title == "造林"
        assert '<a href="/hills/7/">青峦</a>' in as_(cast.chen).get(answered.url).content.decode()

    def test_a_record_one_does_not_see_makes_no_task(self, cast: Any, as_: Any) -> None:
        assert as_(cast.lin).get(self.address()).status_code == 404

    @pytest.mark.parametrize("name", ["x", "hills.hill", "hills.lake/1"])
    def test_a_name_of_no_record_is_not_there(self, cast: Any, as_: Any, name: str) -> None:
        assert as_(cast.chen).get(f"{reverse('tasks:new')}?about={name}").status_code == 404

    def test_other_rooms_tell_what_they_hold_about_a_task(
        self, cast: Any, yearly: Any, as_: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def provide(user: Any, task: Any, on: date) -> list[tasks.TaskLink]:
            return [tasks.TaskLink("登山计划", "第一行", f"/hills/rows/{task.pk}/")]

        monkeypatch.setitem(links._KNOWN, "hills", provide)
        shown = as_(cast.chen).get(reverse("tasks:task", args=[yearly.code])).content.decode()
        assert f'<dt>登山计划</dt><dd><a href="/hills/rows/{yearly.pk}/">第一行</a>' in shown
