"""Every move of a round, a row and a finding, for each of the cast: allowed or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.dispatch import public as dispatch
from qingshan.dispatch.states import FALSE_FLOW, ROUND_FLOW, ROW_FLOW
from qingshan.dispatch.tests.conftest import TODAY, hand_in, later, photo, row_of, save
from qingshan.kernel.flow import IllegalMove

EVERYBODY = ("lin", "chen", "gao", "wu", "he", "zheng", "qian", "zhou")
LATER = later(hours=1)
RoundState, RowState, FalseState = dispatch.RoundState, dispatch.RowState, dispatch.FalseState

#: Leader 林 opens again; planners 陈 and 高 run and review; officers 吴 and 何 report for the water bureau. A
#: planner may report for a silent department, as the ledger lets them; 钱 evaluates and changes nothing.
ROUND_MOVES: dict[str, tuple[Callable[[Any, Any], Any], set[str]]] = {
    "close": (lambda found, by: dispatch.close_round(round=found, by=by, at=LATER), {"chen", "gao"}),
    "cancel": (
        lambda found, by: dispatch.cancel_round(round=found, reason="误发", by=by, at=LATER),
        {"chen", "gao"},
    ),
    "reopen": (lambda found, by: dispatch.reopen_round(round=found, reason="漏报", by=by, at=LATER), {"lin"}),
}


def _find_false(row: Any, by: Any) -> Any:
    return dispatch.find_false(
        row=row, reason="现场只铺了 3 公里", on=TODAY, work_state="under_way", percent=30, evidence=[photo()],
        by=by, at=LATER,
    )  # fmt: skip


#: ``find_false`` begins with a proposal; the row moves when a second person confirms it.
ROW_MOVES: dict[str, tuple[Callable[[Any, Any], Any], set[str]]] = {
    "save": (lambda row, by: save(row, by, at=LATER), {"wu", "he", "chen", "gao"}),
    "submit": (
        lambda row, by: dispatch.submit_part(part=row.part, by=by, at=LATER),
        {"wu", "he", "chen", "gao"},
    ),
    "send_back": (
        lambda row, by: dispatch.send_back_row(row=row, note="缺照片", by=by, at=LATER),
        {"chen", "gao"},
    ),
    "accept": (lambda row, by: dispatch.accept_row(row=row, by=by, at=LATER), {"chen", "gao"}),
    "find_false": (_find_false, {"chen", "gao"}),
}

FALSE_MOVES: dict[str, tuple[Callable[[Any, Any], Any], set[str]]] = {
    "confirm": (lambda one, by: dispatch.confirm_false(finding=one, by=by, at=LATER), {"lin", "gao"}),
    "dismiss": (
        lambda one, by: dispatch.dismiss_false(finding=one, note="查无实据", by=by, at=LATER),
        {"lin", "gao"},
    ),
}


@pytest.fixture
def round_at(cast: Any, opened: Any) -> Callable[[Any], Any]:
    """Bring the round to a state."""

    def bring(state: Any) -> Any:
        if state is RoundState.CLOSED:
            dispatch.close_round(round=opened, by=cast.chen, at=later(minutes=30))
        elif state is RoundState.CANCELLED:
            dispatch.cancel_round(round=opened, reason="误发", by=cast.chen, at=later(minutes=30))
        return opened

    return bring


@pytest.fixture
def row_at(cast: Any, opened: Any) -> Callable[[Any], Any]:
    """Bring the row of the sewers to a state, by the moves that lead there."""

    def bring(state: Any) -> Any:
        row = row_of(opened, cast.sewage)
        if state is RowState.WAITING:
            return row
        if state is RowState.SAVED:
            return save(row, cast.wu)
        row = hand_in(row, cast.wu)
        if state is RowState.SUBMITTED:
            return row
        if state is RowState.SENT_BACK:
            return dispatch.send_back_row(row=row, note="缺照片", by=cast.chen, at=later(minutes=5))
        row = dispatch.accept_row(row=row, by=cast.chen, at=later(minutes=5))
        if state is RowState.FALSE:
            finding = _find_false(row, cast.chen)
            dispatch.confirm_false(finding=finding, by=cast.lin, at=LATER)
            row.refresh_from_db()
        return row

    return bring


def cases(flow: Any) -> list[Any]:
    states = {state for state, _move in flow._table}
    return [(state, move) for state in sorted(states) for move in flow.moves_from(state)]


class TestRound:
    @pytest.mark.parametrize(("state", "move"), cases(ROUND_FLOW), ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, round_at: Any, undone: Any, state: Any, move: str
    ) -> None:
        pk, (act, allowed) = round_at(state).pk, ROUND_MOVES[move]
        for who in EVERYBODY:
            with undone():
                found = dispatch.Round.objects.get(pk=pk)
                if who in allowed:
                    act(found, getattr(cast, who))
                    found.refresh_from_db()
                    assert found.phase is ROUND_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        act(found, getattr(cast, who))
                    found.refresh_from_db()
                    assert found.phase is state

    @pytest.mark.parametrize("state", list(RoundState))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, round_at: Any, undone: Any, state: Any
    ) -> None:
        pk = round_at(state).pk
        for move, who in (("cancel", cast.chen), ("reopen", cast.lin)):
            if not ROUND_FLOW.allows(state, move):
                with undone(), pytest.raises(IllegalMove):
                    ROUND_MOVES[move][0](dispatch.Round.objects.get(pk=pk), who)


class TestRow:
    @pytest.mark.parametrize(("state", "move"), cases(ROW_FLOW), ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, row_at: Any, undone: Any, state: Any, move: str
    ) -> None:
        pk, (act, allowed) = row_at(state).pk, ROW_MOVES[move]
        for who in EVERYBODY:
            with undone():
                row = dispatch.Row.objects.get(pk=pk)
                if who not in allowed:
                    with pytest.raises(Forbidden):
                        act(row, getattr(cast, who))
                    row.refresh_from_db()
                    assert row.phase is state
                    continue
                done = act(row, getattr(cast, who))
                if move == "find_false":
                    assert row.phase is state  # proposed; it is a second person's to decide
                    dispatch.confirm_false(finding=done, by=cast.lin, at=LATER)
                row.refresh_from_db()
                assert row.phase is ROW_FLOW.after(state, move)

    @pytest.mark.parametrize("state", list(RowState))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, row_at: Any, undone: Any, state: Any
    ) -> None:
        pk = row_at(state).pk
        for move in ("accept", "send_back", "find_false"):
            if not ROW_FLOW.allows(state, move):
                with undone(), pytest.raises(IllegalMove):
                    ROW_MOVES[move][0](dispatch.Row.objects.get(pk=pk), cast.gao)


class TestFinding:
    @pytest.fixture
    def proposed(self, cast: Any, row_at: Any) -> Any:
        return _find_false(row_at(RowState.ACCEPTED), cast.chen)

    @pytest.mark.parametrize(("state", "move"), cases(FALSE_FLOW), ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, proposed: Any, undone: Any, state: Any, move: str
    ) -> None:
        act, allowed = FALSE_MOVES[move]
        for who in (one for one in EVERYBODY if one != "chen"):
            with undone():
                if who in allowed:
                    act(proposed, getattr(cast, who))
                    proposed.refresh_from_db()
                    assert proposed.phase is FALSE_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        act(proposed, getattr(cast, who))
                    proposed.refresh_from_db()
                    assert proposed.phase is FalseState.PROPOSED
            proposed.refresh_from_db()

    @pytest.mark.parametrize("move", ["confirm", "dismiss"])
    def test_a_decision_is_made_once(self, cast: Any, proposed: Any, move: str) -> None:
        FALSE_MOVES["dismiss"][0](proposed, cast.lin)
        with pytest.raises(IllegalMove):
            FALSE_MOVES[move][0](proposed, cast.gao)
