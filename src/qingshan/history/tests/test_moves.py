"""How a record is moved along its life, shown with a deadline; and the tables that keep the steps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps

from qingshan.history.public import Move, move_once
from qingshan.kernel.flow import IllegalMove
from qingshan.workflow.models import Deadline
from qingshan.workflow.states import DEADLINE_FLOW, DeadlineState

DAY = date(2026, 11, 20)
TABLES = [one for one in apps.get_models() if issubclass(one, Move)]


class MovedFirst(Exception):
    """Somebody else moved it."""


@pytest.fixture
def running(db: None) -> Deadline:
    at = datetime(2026, 11, 1, 2, tzinfo=UTC)
    return Deadline.objects.create(about="tasks.task/1", name="办结", starts_on=DAY, due_on=DAY, set_at=at)


class TestMovingOnce:
    def test_it_writes_the_state_and_what_goes_with_it(self, running: Deadline) -> None:
        steps = move_once(running, DEADLINE_FLOW, "meet", stale=MovedFirst, ended_on=DAY)
        assert steps == (DeadlineState.RUNNING, DeadlineState.MET)
        assert (running.phase, running.ended_on) == (DeadlineState.MET, DAY)

    def test_who_comes_second_is_told_how_it_stands_now(self, running: Deadline) -> None:
        read_before = Deadline.objects.get(pk=running.pk)
        move_once(running, DEADLINE_FLOW, "meet", stale=MovedFirst, ended_on=DAY)
        with pytest.raises(MovedFirst, match=str(DeadlineState.MET.label)):
            move_once(read_before, DEADLINE_FLOW, "lift", stale=MovedFirst)
        assert read_before.phase is DeadlineState.MET

    def test_a_move_that_the_table_does_not_have_writes_nothing(self, running: Deadline) -> None:
        with pytest.raises(IllegalMove):
            move_once(running, DEADLINE_FLOW, "reopen", stale=MovedFirst, ended_on=DAY)
        running.refresh_from_db()
        assert (running.phase, running.ended_on) == (DeadlineState.RUNNING, None)


class TestTablesOfMoves:
    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.label)
    def test_each_names_its_life_cycle_and_reads_in_its_order(self, table: Any) -> None:
        move = next(move for state in table.flow.states for move in table.flow.moves_from(state))
        assert table(move=move).label == table.flow.label(move)
        assert table._meta.ordering == ("pk",)

    def test_a_step_that_the_table_no_longer_has_is_shown_by_its_name(self) -> None:
        assert {table(move="of_old").label for table in TABLES} == {"of_old"}
