"""Every move of a task, for each of the cast: allowed or refused; and what goes with a move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from qingshan.accounts.public import Forbidden
from qingshan.areas import public as areas
from qingshan.documents import public as documents
from qingshan.kernel.flow import IllegalMove
from qingshan.tasks import public as tasks
from qingshan.tasks.errors import (
    BadTask,
    MissingEvidence,
    MissingReason,
    MissingReport,
    OpenParts,
    OwnWork,
    StaleTask,
)
from qingshan.tasks.models import Task, TaskMove, TaskVersion
from qingshan.tasks.states import TASK_FLOW
from qingshan.tasks.tests.conftest import AT, TERMS, TODAY, report
from qingshan.workflow import public as workflow

State = tasks.TaskState
LATER = AT + timedelta(hours=1)


def _ask(task: Any, by: Any) -> Any:
    return tasks.ask_change(task=task, by=by, at=LATER, reason="汛期无法施工", due_on=date(2027, 1, 20))


def _answer(task: Any, by: Any) -> Any:
    return tasks.answer_change(request=task.change_requests.get(), granted=True, by=by, at=LATER)


def _set(move: str, state: tasks.TaskState) -> Callable[[Any, Any], Any]:
    """The call that makes a move of the flow."""
    calls: dict[str, Callable[[Any, Any], Any]] = {
        "assign": lambda task, by: tasks.assign_task(task=task, by=by, at=LATER),
        "accept": lambda task, by: tasks.accept_task(task=task, by=by, at=LATER),
        "ask_change": _ask,
        "answer_change": _answer,
        "submit": lambda task, by: tasks.submit_task(task=task, by=by, at=LATER),
        "send_back": lambda task, by: tasks.send_back_task(task=task, by=by, at=LATER, note="缺照片"),
        "close": lambda task, by: tasks.close_task(task=task, by=by, at=LATER),
        "reopen": lambda task, by: tasks.reopen_task(task=task, by=by, at=LATER, note="复查发现垮塌"),
        "cancel": lambda task, by: tasks.cancel_task(task=task, by=by, at=LATER, note="并入他项"),
    }
    return calls[move]


#: Who may make which move: leader 林 and planner 陈 decide, officers 吴 and 何 of the lead work, 方 joins in.
ALLOWED = {
    "assign": {"lin", "chen"},
    "accept": {"wu", "he", "fang"},
    "ask_change": {"wu", "he", "fang"},
    "answer_change": {"lin", "chen"},
    "submit": {"wu", "he", "fang"},
    "send_back": {"lin", "chen"},
    "close": {"lin", "chen"},
    "reopen": {"lin", "chen"},
    "cancel": {"lin", "chen"},
}


@pytest.fixture
def at_state(cast: Any, draft: Any) -> Callable[[tasks.TaskState], Any]:
    """Bring the task to a state by the moves that lead there."""

    def bring(state: tasks.TaskState) -> Any:
        task = draft
        if state is State.DRAFT:
            return task
        if state is State.CANCELLED:
            return tasks.cancel_task(task=task, by=cast.chen, at=AT, note="并入他项")
        task = tasks.assign_task(task=task, by=cast.chen, at=AT)
        if state is State.ASSIGNED:
            return task
        task = tasks.accept_task(task=task, by=cast.wu, at=AT)
        if state is State.CHANGE_ASKED:
            _ask(task, cast.wu)
            return Task.objects.get(pk=task.pk)
        report(task, cast.wu)
        if state is State.UNDER_WAY:
            return task
        task = tasks.submit_task(task=task, by=cast.wu, at=AT)
        return task if state is State.IN_REVIEW else tasks.close_task(task=task, by=cast.lin, at=AT)

    return bring


MOVES = [(state, move) for state in State for move in TASK_FLOW.moves_from(state)]


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=lambda word: str(word))
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: tasks.TaskState, move: str
    ) -> None:
        pk = at_state(state).pk
        act = _set(move, state)
        for who in ("lin", "chen", "wu", "he", "fang", "zhou"):
            with undone():
                task = Task.objects.get(pk=pk)
                if who in ALLOWED[move]:
                    act(task, getattr(cast, who))
                    assert Task.objects.get(pk=pk).phase is TASK_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        act(task, getattr(cast, who))
                    assert Task.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", list(State))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: tasks.TaskState
    ) -> None:
        pk = at_state(state).pk
        for move in sorted({move for _state, move in MOVES} - {"answer_change"}):
            if (state, move) in MOVES:
                continue
            who = "lin" if "lin" in ALLOWED[move] else "wu"
            with undone(), pytest.raises(IllegalMove):
                _set(move, state)(Task.objects.get(pk=pk), getattr(cast, who))

    def test_of_two_at_once_one_succeeds(self, cast: Any, assigned: Any) -> None:
        same = Task.objects.get(pk=assigned.pk)
        tasks.accept_task(task=assigned, by=cast.wu, at=AT)
        with pytest.raises(StaleTask, match="现在是“办理中”"):
            tasks.accept_task(task=same, by=cast.he, at=AT)

    def test_every_step_is_kept_with_who_and_why(self, cast: Any, handed_in: Any) -> None:
        tasks.send_back_task(task=handed_in, by=cast.lin, at=LATER, note="缺照片")
        steps = [(one.move, one.by.display_name, one.note) for one in TaskMove.objects.filter(task=handed_in)]
        assert steps == [
            ("assign", "陈", ""),
            ("accept", "吴", ""),
            ("submit", "吴", ""),
            ("send_back", "林", "缺照片"),
        ]


class TestHandingIn:
    def test_it_is_not_handed_in_before_anything_was_reported(self, cast: Any, under_way: Any) -> None:
        with pytest.raises(MissingReport):
            tasks.submit_task(task=under_way, by=cast.wu, at=LATER)

    def test_after_it_was_sent_back_something_new_must_be_reported(self, cast: Any, handed_in: Any) -> None:
        back = tasks.send_back_task(task=handed_in, by=cast.lin, at=LATER, note="缺照片")
        with pytest.raises(MissingReport):
            tasks.submit_task(task=back, by=cast.wu, at=LATER)
        report(back, cast.wu, key="k2", later=61)
        assert (
            tasks.submit_task(task=back, by=cast.wu, at=LATER + timedelta(hours=1)).phase is State.IN_REVIEW
        )

    def test_it_refuses_a_task_without_the_evidence_asked_for(self, cast: Any, under_way: Any) -> None:
        tasks.revise_task(
            task=under_way,
            seen=1,
            changes={"evidence_wanted": "验收单\n现场照片"},
            by=cast.chen,
            at=AT,
            reason="补充",
        )
        made = report(under_way, cast.wu)
        with pytest.raises(MissingEvidence, match="验收单；现场照片"):
            tasks.submit_task(task=under_way, by=cast.wu, at=LATER)
        photo = ContentFile(b"\xff\xd8\xff\xe0" + b"0" * 64, name="photo.jpg")
        documents.attach(photo, to=made.ref, by=cast.wu, at=AT)
        assert tasks.submit_task(task=under_way, by=cast.wu, at=LATER).phase is State.IN_REVIEW


class TestClosing:
    def test_who_reported_does_not_close_even_with_the_right(self, cast: Any, under_way: Any) -> None:
        from qingshan.accounts import public as accounts

        accounts.grant_role(
            user=cast.he, role="planner", district=cast.county, from_on=date(2021, 1, 1), by=None, at=AT
        )
        report(under_way, cast.he)
        handed_in = tasks.submit_task(task=under_way, by=cast.wu, at=LATER)
        with pytest.raises(OwnWork):
            tasks.close_task(task=handed_in, by=cast.he, at=LATER)
        assert tasks.close_task(task=handed_in, by=cast.lin, at=LATER).closed_on == TODAY

    def test_it_closes_after_its_parts(self, cast: Any, handed_in: Any) -> None:
        part = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.OTHER, terms=TERMS, lead=cast.water,
            parent=handed_in, by=cast.chen, at=AT,
        )  # fmt: skip
        with pytest.raises(OpenParts, match=part.code):
            tasks.close_task(task=handed_in, by=cast.lin, at=LATER)
        tasks.cancel_task(task=part, by=cast.chen, at=LATER, note="不再需要")
        assert tasks.close_task(task=handed_in, by=cast.lin, at=LATER).phase is State.CLOSED

    @pytest.mark.parametrize("move", ["send_back", "reopen", "cancel"])
    def test_a_step_back_needs_a_reason(self, cast: Any, at_state: Any, move: str) -> None:
        state = {"send_back": State.IN_REVIEW, "reopen": State.CLOSED, "cancel": State.UNDER_WAY}[move]
        call = {"send_back": tasks.send_back_task, "reopen": tasks.reopen_task, "cancel": tasks.cancel_task}[
            move
        ]
        with pytest.raises(MissingReason):
            call(task=at_state(state), by=cast.lin, at=LATER, note=" ")


class TestDeadline:
    def states(self, task: Any) -> list[tuple[date, str]]:
        return [(one.due_on, str(one.state)) for one in workflow.deadlines_of(task.ref)]

    def test_it_runs_from_the_assignment_to_the_close(self, cast: Any, draft: Any, at_state: Any) -> None:
        assert self.states(draft) == []
        closed = at_state(State.CLOSED)
        assert self.states(closed) == [(date(2026, 12, 20), "met")]
        tasks.reopen_task(task=closed, by=cast.lin, at=LATER, note="复查发现垮塌")
        assert self.states(closed) == [(date(2026, 12, 20), "running")]
        tasks.cancel_task(task=closed, by=cast.lin, at=LATER, note="并入他项")
        assert self.states(closed) == [(date(2026, 12, 20), "lifted")]

    def test_a_granted_request_moves_it_and_the_terms(self, cast: Any, under_way: Any) -> None:
        request = _ask(under_way, cast.wu)
        tasks.answer_change(request=request, granted=True, by=cast.lin, at=LATER, answer="同意")
        assert self.states(under_way) == [(date(2027, 1, 20), "running")]
        assert TaskVersion.objects.current().get(subject=under_way).due_on == date(2027, 1, 20)

    def test_a_refused_request_moves_nothing_and_says_why(self, cast: Any, under_way: Any) -> None:
        request = _ask(under_way, cast.wu)
        with pytest.raises(MissingReason):
            tasks.answer_change(request=request, granted=False, by=cast.lin, at=LATER)
        tasks.answer_change(request=request, granted=False, by=cast.lin, at=LATER, answer="工期充足")
        assert self.states(under_way) == [(date(2026, 12, 20), "running")]
        assert TaskVersion.objects.current().get(subject=under_way).due_on == date(2026, 12, 20)

    @pytest.mark.parametrize("due_on", [date(2026, 12, 20), date(2026, 12, 1), None])
    def test_a_request_asks_for_a_later_day_or_other_work(
        self, cast: Any, under_way: Any, due_on: Any
    ) -> None:
        with pytest.raises(BadTask, match="申请延至"):
            tasks.ask_change(task=under_way, by=cast.wu, at=LATER, reason="因", due_on=due_on)


class TestMerger:
    def test_the_work_of_a_merged_department_is_its_followers(self, cast: Any, assigned: Any) -> None:
        areas.merge_departments(
            into=cast.bureau, departments=[cast.water], on=TODAY, by=None, at=AT, note="机构改革"
        )
        inbox = tasks.inbox(user=cast.fang, on=TODAY)
        assert [row.subject for row in inbox.to_do] == [assigned]
        assert tasks.accept_task(task=assigned, by=cast.fang, at=LATER).phase is State.UNDER_WAY
