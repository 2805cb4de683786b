"""Tasks on the pages of measures, commitments and projects; and the way to draw one up from there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from qingshan.tasks import public as tasks

PAGES = ["measure", "commitment", "project"]


@pytest.fixture
def shown(client: Client, ledger: Any) -> Any:
    """The page of a record as somebody opens it."""
    codes = {"measure": "M1-1", "commitment": "C1", "project": "P1", "chapter": "M1"}

    def open_(user: Any, kind: str) -> Any:
        client.force_login(user)
        page = "measure" if kind == "chapter" else kind
        return client.get(reverse(f"plans:{page}", args=[ledger.plan.code, codes[kind]]))

    return open_


def task_of(cast: Any, subject: Any, at: Any, today: Any, **more: Any) -> Any:
    made = tasks.create_task(
        district=cast.county, source=tasks.TaskSource.MEASURE, lead=cast.water, by=cast.chen, at=at,
        source_ref=subject.ref, terms={
            "title": "铺设管网 12 公里", "starts_on": today, "due_on": today + timedelta(days=200),
        }, **more,
    )  # fmt: skip
    return tasks.assign_task(task=made, by=cast.chen, at=at)


class TestSection:
    def test_it_shows_the_tasks_with_state_progress_and_deadline(
        self, cast: Any, ledger: Any, at: Any, book: Any, shown: Any
    ) -> None:
        task = tasks.accept_task(task=task_of(cast, ledger.sewage, at, book.TODAY), by=cast.wu, at=at)
        tasks.report_on_task(task=task, on=book.TODAY, text="过半", percent=60, key="k", by=cast.wu, at=at)
        page = shown(cast.chen, "measure").content.decode()
        assert reverse("tasks:task", args=[task.code]) in page
        assert '<progress max="100" value="60"' in page

    def test_quarters_are_counted(self, cast: Any, ledger: Any, at: Any, book: Any, shown: Any) -> None:
        task = task_of(cast, ledger.plant, at, book.TODAY)
        parts = tasks.split_by_quarter(task=task, by=cast.chen, at=at)
        line = shown(cast.chen, "project").context["tasks"][0]
        assert (line.parts, line.done, line.percent) == (len(parts), 0, None)

    @pytest.mark.parametrize("kind", PAGES)
    def test_where_there_are_none_it_says_how_to_begin(self, cast: Any, shown: Any, kind: str) -> None:
        assert "还没有任务" in shown(cast.chen, kind).content.decode()
        assert "还没有任务" not in shown(cast.wu, kind).content.decode()  # who cannot draw one up

    def test_a_task_of_another_department_is_not_shown(
        self, cast: Any, ledger: Any, at: Any, book: Any, shown: Any
    ) -> None:
        made = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.MEASURE, lead=cast.bureau, by=cast.chen, at=at,
            source_ref=ledger.sewage.ref, terms={
                "title": "核查管网", "starts_on": book.TODAY, "due_on": book.TODAY + timedelta(days=9),
            },
        )  # fmt: skip
        tasks.assign_task(task=made, by=cast.chen, at=at)
        assert "核查管网" in shown(cast.chen, "measure").content.decode()
        assert "核查管网" not in shown(cast.wu, "measure").content.decode()


class TestButton:
    def address(self, page: Any) -> dict[str, list[str]]:
        door = page.context["task_door"]
        return parse_qs(urlsplit(door.url).query)

    def test_it_brings_name_department_and_record_along(self, cast: Any, ledger: Any, shown: Any) -> None:
        assert self.address(shown(cast.chen, "measure")) == {
            "about": [str(ledger.sewage.ref)], "source": ["measure"], "title": ["建设污水管网"],
            "lead": [str(cast.water.pk)],
        }  # fmt: skip

    def test_the_form_it_leads_to_is_filled_in(
        self, cast: Any, ledger: Any, shown: Any, client: Client
    ) -> None:
        door = shown(cast.chen, "project").context["task_door"]
        form = client.get(door.url).context["form"]
        assert form["title"].value() == "县城污水处理厂扩建"
        assert form["source"].value() == "project"
        assert f'<option value="{cast.water.pk}" selected>' in str(form["lead"])

    def test_a_day_that_has_passed_is_no_deadline(self, cast: Any, shown: Any) -> None:
        assert "due_on" not in self.address(shown(cast.chen, "commitment"))  # it was due in 2025

    def test_who_may_not_assign_has_none(self, cast: Any, shown: Any) -> None:
        assert shown(cast.wu, "measure").context["task_door"] is None

    def test_a_heading_is_no_work(self, cast: Any, shown: Any) -> None:
        assert shown(cast.chen, "chapter").context["task_door"] is None
