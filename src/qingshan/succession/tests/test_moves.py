"""Every move of an opening, for each of the cast: allowed or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.kernel.flow import IllegalMove
from qingshan.succession import actions
from qingshan.succession.errors import MissingReason, NothingChosen, OwnProposal, StaleOpening
from qingshan.succession.models import Opening
from qingshan.succession.states import OPENING_FLOW, OpeningState
from qingshan.succession.tests.conftest import AT, HEAD, LATER, define, held
from qingshan.succession.vocabulary import Decision

MOVES = [(state, move) for state in OpeningState for move in OPENING_FLOW.moves_from(state)]

ACTS: dict[str, Callable[[Any, Any], Any]] = {
    "propose": lambda opening, by: actions.propose(opening=opening, by=by, at=LATER),
    "send_back": lambda opening, by: actions.send_back(opening=opening, by=by, at=LATER, note="理由不足"),
    "carry": lambda opening, by: actions.carry(opening=opening, by=by, at=LATER),
    "undo": lambda opening, by: actions.undo(opening=opening, by=by, at=LATER, note="另行研究"),
    "withdraw": lambda opening, by: actions.withdraw(opening=opening, by=by, at=LATER, note="暂不开启"),
}
#: 林 and 傅 lead, 陈, 胡 and 傅 plan; 吴 reports, 何 evaluates, 周 leads and plans elsewhere.
ALLOWED = {
    "propose": {"chen", "hu", "fu"},
    "send_back": {"lin", "fu"},
    "carry": {"lin", "fu"},
    "undo": {"lin", "fu"},
    "withdraw": {"chen", "hu", "fu"},
}


@pytest.fixture
def at_state(cast: Any, opening: Opening) -> Callable[[OpeningState], Opening]:
    """Bring the opening to a state by the moves that lead there."""

    def bring(state: OpeningState) -> Opening:
        define(opening, cast.chen)
        if state is OpeningState.CHOOSING:
            return opening
        if state is OpeningState.WITHDRAWN:
            return actions.withdraw(opening=opening, by=cast.chen, at=AT, note="暂不开启")
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        return (
            proposed
            if state is OpeningState.PROPOSED
            else actions.carry(opening=proposed, by=cast.lin, at=AT)
        )

    return bring


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: OpeningState, move: str
    ) -> None:
        pk = at_state(state).pk
        for who in ("lin", "chen", "hu", "fu", "wu", "he", "zhou"):
            with undone():
                opening = Opening.objects.get(pk=pk)
                if who in ALLOWED[move]:
                    ACTS[move](opening, getattr(cast, who))
                    assert Opening.objects.get(pk=pk).phase is OPENING_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        ACTS[move](opening, getattr(cast, who))
                    assert Opening.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", OpeningState, ids=str)
    def test_a_move_the_table_does_not_have_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: OpeningState
    ) -> None:
        pk = at_state(state).pk
        for move in (move for move in ACTS if not OPENING_FLOW.allows(state, move)):
            with undone(), pytest.raises(IllegalMove):
                ACTS[move](Opening.objects.get(pk=pk), cast.fu)
            assert Opening.objects.get(pk=pk).phase is state


class TestTheSecondPerson:
    def test_who_handed_it_in_does_not_approve_it(self, cast: Any, opening: Opening) -> None:
        define(opening, cast.chen)
        proposed = actions.propose(opening=opening, by=cast.fu, at=AT)
        for act in (ACTS["carry"], ACTS["send_back"]):
            with pytest.raises(OwnProposal):
                act(proposed, cast.fu)

    def test_who_drew_it_up_does_not_approve_what_another_handed_in(self, cast: Any, ledger: Any) -> None:
        opening = actions.open_next(plan=held(ledger.plan, cast.fu), head=HEAD, by=cast.fu, at=AT)
        define(opening, cast.chen)
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        with pytest.raises(OwnProposal):
            ACTS["carry"](proposed, cast.fu)

    def test_of_two_who_decide_the_second_is_refused(self, cast: Any, proposed: Opening) -> None:
        mine, theirs = (Opening.objects.get(pk=proposed.pk) for _ in range(2))
        ACTS["carry"](mine, cast.lin)
        with pytest.raises(StaleOpening):
            ACTS["send_back"](theirs, cast.fu)


class TestWhatAMoveAsks:
    def test_sending_back_and_giving_up_need_a_reason(self, cast: Any, proposed: Opening) -> None:
        with pytest.raises(MissingReason):
            actions.send_back(opening=proposed, by=cast.lin, at=LATER, note=" ")
        with pytest.raises(MissingReason):
            actions.withdraw(opening=proposed, by=cast.chen, at=LATER, note="")

    def test_nothing_chosen_is_not_handed_in(self, cast: Any, opening: Opening) -> None:
        opening.choices.update(decision=Decision.DROP, reason="不再列入")
        with pytest.raises(NothingChosen):
            actions.propose(opening=opening, by=cast.chen, at=LATER)
