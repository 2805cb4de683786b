"""The parts of a task follow the whole: taken off, given to others, ended earlier or later with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.tasks import public as tasks
from qingshan.tasks.errors import BadTask, BusyParts
from qingshan.tasks.tests.conftest import AT, TERMS, TODAY
from qingshan.workflow import public as workflow

State = tasks.TaskState
YEARLY = {**TERMS, "starts_on": date(2026, 1, 1), "due_on": date(2026, 12, 20)}


@pytest.fixture
def whole(cast: Any) -> Any:
    made = tasks.create_task(
        district=cast.county, source=tasks.TaskSource.OTHER, terms=YEARLY, lead=cast.water,
        joint=[cast.bureau], by=cast.chen, at=AT,
    )  # fmt: skip
    tasks.assign_task(task=made, by=cast.chen, at=AT)
    tasks.split_by_quarter(task=made, by=cast.chen, at=AT)
    return made


def parts(whole: Any) -> list[Any]:
    return list(whole.parts.select_related("district").order_by("code"))


def hand_in(cast: Any, part: Any) -> Any:
    tasks.accept_task(task=part, by=cast.wu, at=AT)
    tasks.report_on_task(task=part, on=TODAY, text="已完成", percent=100, key="k", by=cast.wu, at=AT)
    return tasks.submit_task(task=part, by=cast.wu, at=AT)


def close(cast: Any, part: Any) -> Any:
    return tasks.close_task(task=hand_in(cast, part), by=cast.lin, at=AT)


def revise(cast: Any, task: Any, **changes: Any) -> None:
    seen = tasks.current_terms(task).number
    tasks.revise_task(task=task, seen=seen, changes=changes, by=cast.chen, at=AT, reason="调整")


def leads(given: list[Any]) -> list[Any]:
    return [tasks.task_detail(task=one, on=TODAY).lead for one in given]


class TestCancelled:
    def test_open_parts_go_with_the_whole_and_are_pressed_no_more(self, cast: Any, whole: Any) -> None:
        close(cast, parts(whole)[0])
        tasks.cancel_task(task=whole, by=cast.chen, at=AT, note="并入他项")
        assert [part.phase for part in parts(whole)] == [State.CLOSED, *[State.CANCELLED] * 3]
        held = [one.phase for part in parts(whole)[1:] for one in workflow.deadlines_of(part.ref)]
        assert held == [workflow.DeadlineState.LIFTED] * 3

    def test_a_part_under_review_is_named_and_nothing_is_taken_off(self, cast: Any, whole: Any) -> None:
        waiting = hand_in(cast, parts(whole)[1])
        with pytest.raises(BusyParts, match=waiting.code):
            tasks.cancel_task(task=whole, by=cast.chen, at=AT, note="并入他项")
        whole.refresh_from_db()
        assert State.CANCELLED not in {whole.phase, *(part.phase for part in parts(whole))}


class TestGivenToOthers:
    def test_parts_go_with_it_but_for_those_closed_or_given_to_others(self, cast: Any, whole: Any) -> None:
        first, second, *rest = parts(whole)
        close(cast, first)
        given: dict[str, Any] = {"by": cast.chen, "at": AT, "reason": "分工调整"}
        tasks.set_parties(task=second, lead=cast.water, joint=[], **given)
        tasks.set_parties(task=whole, lead=cast.bureau, joint=[], **given)
        assert leads([whole, first, second, *rest]) == [
            cast.bureau, cast.water, cast.water, cast.bureau, cast.bureau,
        ]  # fmt: skip


class TestOtherTerms:
    def ends(self, whole: Any) -> list[date]:
        return [tasks.current_terms(part).due_on for part in parts(whole)]

    @pytest.mark.parametrize("due", [date(2026, 11, 30), date(2026, 12, 31)])
    def test_the_last_part_ends_with_the_whole_and_so_does_its_deadline(
        self, cast: Any, whole: Any, due: date
    ) -> None:
        before = self.ends(whole)
        revise(cast, whole, due_on=due)
        assert self.ends(whole) == [*before[:3], due]
        running = [
            one.due_on for one in workflow.deadlines_of(parts(whole)[3].ref)
            if one.phase is workflow.DeadlineState.RUNNING
        ]  # fmt: skip
        assert running == [due]

    def test_a_part_that_would_begin_after_the_end_is_named(self, cast: Any, whole: Any) -> None:
        last = parts(whole)[3]
        with pytest.raises(BadTask, match=last.code):
            revise(cast, whole, due_on=date(2026, 9, 1))
        tasks.cancel_task(task=last, by=cast.chen, at=AT, note="不再需要")
        revise(cast, whole, due_on=date(2026, 9, 1))
        assert self.ends(whole)[2] == date(2026, 9, 1)

    def test_parts_in_the_words_of_the_whole_say_its_new_words(self, cast: Any, whole: Any) -> None:
        revise(cast, parts(whole)[0], content="完成设计")
        revise(cast, whole, content="完成 2 公里生态护岸。")
        told = [tasks.current_terms(part).content for part in parts(whole)]
        assert told == ["完成设计", *["完成 2 公里生态护岸。"] * 3]
