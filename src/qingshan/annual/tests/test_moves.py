"""Every move of an annual plan, and of a request about a row, for each of the cast: allowed or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.annual import public as annual
from qingshan.annual.beginnings import Beginning
from qingshan.annual.errors import (
    BadRow,
    MissingReason,
    NothingToPlan,
    NotNow,
    OpenRequests,
    OwnWork,
    StaleAnnual,
    Unfinished,
)
from qingshan.annual.models import AnnualMove, AnnualPlan, RowRequest
from qingshan.annual.states import ANNUAL_FLOW, REQUEST_FLOW
from qingshan.annual.tests.conftest import AT, CAST, YEAR, measure, person, row_of
from qingshan.annual.vocabulary import RowKind
from qingshan.kernel.flow import IllegalMove
from qingshan.plans import public as plans

State, Asked = annual.AnnualState, annual.RequestState

CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "consult": lambda year, by: annual.consult(annual=year, by=by, at=AT),
    "redraft": lambda year, by: annual.redraft(annual=year, by=by, at=AT, note="漏项"),
    "submit": lambda year, by: annual.submit_annual(annual=year, by=by, at=AT),
    "send_back": lambda year, by: annual.send_back(annual=year, by=by, at=AT, note="目标偏低"),
    "publish": lambda year, by: annual.publish(annual=year, by=by, at=AT),
    "close": lambda year, by: annual.close_annual(annual=year, by=by, at=AT),
    "withdraw": lambda year, by: annual.withdraw(annual=year, by=by, at=AT, note="重来"),
}
#: 林 publishes, 陈 keeps; departments only answer for their rows.
ALLOWED = {
    "consult": "chen", "redraft": "chen", "submit": "chen", "withdraw": "chen",
    "send_back": "lin", "publish": "lin", "close": "lin",
}  # fmt: skip
#: How each state is reached from the draft.
WAYS: dict[annual.AnnualState, tuple[str, ...]] = {
    State.DRAFTING: (),
    State.NEGOTIATING: ("consult",),
    State.TO_PUBLISH: ("consult", "submit"),
    State.PUBLISHED: ("consult", "submit", "publish"),
    State.CLOSED: ("consult", "submit", "publish", "close"),
    State.WITHDRAWN: ("withdraw",),
}
MOVES = [(state, move) for state in State for move in ANNUAL_FLOW.moves_from(state)]


@pytest.fixture
def at_state(cast: Any, draft: Any) -> Callable[[annual.AnnualState], Any]:
    def bring(state: annual.AnnualState) -> Any:
        for move in WAYS[state]:
            CALLS[move](draft, getattr(cast, ALLOWED[move]))
        return draft

    return bring


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=lambda word: str(word))
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: annual.AnnualState, move: str
    ) -> None:
        pk = at_state(state).pk
        for who in CAST:
            with undone():
                year = AnnualPlan.objects.get(pk=pk)
                if who == ALLOWED[move]:
                    CALLS[move](year, getattr(cast, who))
                    assert AnnualPlan.objects.get(pk=pk).phase is ANNUAL_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        CALLS[move](year, getattr(cast, who))
                    assert AnnualPlan.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", list(State))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: annual.AnnualState
    ) -> None:
        pk = at_state(state).pk
        for move in (move for move in CALLS if (state, move) not in MOVES):
            with undone(), pytest.raises(IllegalMove):
                CALLS[move](AnnualPlan.objects.get(pk=pk), getattr(cast, ALLOWED[move]))

    def test_of_two_at_once_one_succeeds(self, cast: Any, asked: Any) -> None:
        same = AnnualPlan.objects.get(pk=asked.pk)
        CALLS["submit"](asked, cast.chen)
        with pytest.raises(StaleAnnual, match="现在是“待发布”"):
            CALLS["redraft"](same, cast.chen)

    def test_what_somebody_handed_in_meanwhile_takes_no_writes(
        self, cast: Any, asked: Any, ledger: Any
    ) -> None:
        """The rows were read before it was handed in, and are written after."""
        first, second = (row_of(asked, ledger.sewage) for _time in range(2))
        CALLS["submit"](AnnualPlan.objects.get(pk=asked.pk), cast.chen)
        given: dict[str, Any] = {"seen": 1, "at": AT, "reason": "财力"}
        with pytest.raises(NotNow, match="现在是“待发布”"):
            annual.revise_row(row=first, by=cast.chen, changes={"goal": "10 公里"}, **given)
        with pytest.raises(NotNow):
            annual.ask_change(row=second, by=cast.wu, goal="10 公里", **given)
        share = Beginning(RowKind.TARGET, ledger.water.ref, {})
        with pytest.raises(NotNow):
            annual.add_row(annual=asked, beginning=share, by=cast.chen, at=AT)

    def test_every_step_is_kept_with_who_and_why(self, cast: Any, handed_in: Any) -> None:
        CALLS["send_back"](handed_in, cast.lin)
        steps = [(one.move, one.by.display_name, one.note) for one in AnnualMove.objects.all()]
        assert steps == [("consult", "陈", ""), ("submit", "陈", ""), ("send_back", "林", "目标偏低")]

    @pytest.mark.parametrize(
        ("state", "act"),
        [
            (State.NEGOTIATING, lambda year, cast: annual.redraft(annual=year, by=cast.chen, at=AT, note="")),
            (State.TO_PUBLISH, lambda year, cast: annual.send_back(annual=year, by=cast.lin, at=AT, note="")),
            (State.DRAFTING, lambda year, cast: annual.withdraw(annual=year, by=cast.chen, at=AT, note="")),
        ],
        ids=["redraft", "send back", "withdraw"],
    )
    def test_going_back_needs_a_reason(self, cast: Any, at_state: Any, state: Any, act: Any) -> None:
        with pytest.raises(MissingReason):
            act(at_state(state), cast)


class TestConditions:
    def test_who_handed_it_in_does_not_publish_it(self, cast: Any, asked: Any) -> None:
        both = person("双", cast.county, cast.bureau, ("leader", None), ("planner", None))
        annual.submit_annual(annual=asked, by=both, at=AT)
        with pytest.raises(OwnWork):
            annual.publish(annual=asked, by=both, at=AT)

    def test_an_open_request_is_answered_first(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.sewage)
        request = annual.ask_change(row=row, by=cast.wu, at=AT, reason="财力", seen=1, goal="10 公里")
        with pytest.raises(OpenRequests, match="003"):
            CALLS["submit"](asked, cast.chen)
        annual.answer_request(request=request, granted=False, by=cast.chen, at=AT, answer="按规划执行")
        assert CALLS["submit"](asked, cast.chen).phase is State.TO_PUBLISH

    def test_work_without_a_lead_is_named(self, cast: Any, ledger: Any) -> None:
        measure(cast, ledger.plan, "M9", "河道保洁")
        year = annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)
        CALLS["consult"](year, cast.chen)
        with pytest.raises(Unfinished, match="缺少牵头单位或完成期限：005"):
            CALLS["submit"](year, cast.chen)

    def test_departments_that_say_nothing_do_not_hinder_it(self, handed_in: Any) -> None:
        assert handed_in.phase is State.TO_PUBLISH

    def test_a_day_that_has_passed_is_no_day_to_answer_by(self, cast: Any, draft: Any) -> None:
        with pytest.raises(BadRow, match="2023-01-09 已过"):
            annual.consult(annual=draft, by=cast.chen, at=AT, reply_by=date(2023, 1, 9))
        assert annual.consult(annual=draft, by=cast.chen, at=AT, reply_by=date(2023, 1, 10))

    def test_an_empty_plan_asks_nobody(self, cast: Any, ledger: Any) -> None:
        made = {"valid_from": date(2021, 1, 1), "by": cast.chen, "at": AT}
        bare = plans.create_plan(
            code="bare", district=cast.county, simulated=True, facts={
                "name": "空规划", "short_name": "空规划", "kind": "五年规划", "level": plans.PlanLevel.COUNTY,
                "period_from": 2021, "period_to": 2025, "base_year": 2020,
            }, **made,
        )  # fmt: skip
        year = annual.draft_annual(plan=bare, year=YEAR, by=cast.chen, at=AT)
        with pytest.raises(NothingToPlan):
            CALLS["consult"](year, cast.chen)


ANSWERS: dict[str, Callable[[Any, Any], Any]] = {
    "grant": lambda one, by: annual.answer_request(request=one, granted=True, by=by, at=AT),
    "refuse": lambda one, by: annual.answer_request(request=one, granted=False, by=by, at=AT, answer="不可"),
    "take_back": lambda one, by: annual.take_back(request=one, by=by, at=AT),
}


@pytest.fixture
def request_at(cast: Any, draft: Any, ledger: Any) -> Callable[..., Any]:
    """A request of the water bureau about its pipes, brought to a state, in a plan that is in a state."""

    def bring(plan_state: annual.AnnualState, state: annual.RequestState) -> Any:
        keeper = "chen" if plan_state is State.NEGOTIATING else "lin"
        for move in WAYS[plan_state]:
            CALLS[move](draft, getattr(cast, ALLOWED[move]))
        row = row_of(draft, ledger.sewage)
        found = annual.ask_change(row=row, by=cast.wu, at=AT, reason="财力", seen=1, goal="10 公里")
        way = {Asked.GRANTED: "grant", Asked.REFUSED: "refuse", Asked.TAKEN_BACK: "take_back"}.get(state)
        if way:
            ANSWERS[way](found, cast.wu if way == "take_back" else getattr(cast, keeper))
        return found

    return bring


class TestEveryMoveOfARequest:
    @pytest.mark.parametrize(
        ("plan_state", "keeper"), [(State.NEGOTIATING, "chen"), (State.PUBLISHED, "lin")], ids=str
    )
    @pytest.mark.parametrize("move", list(ANSWERS))
    @pytest.mark.parametrize("who", CAST)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, request_at: Any, plan_state: Any, keeper: str, move: str, who: str
    ) -> None:
        """陈 answers while it is negotiated, 林 once it is published; the departments take theirs back."""
        found = request_at(plan_state, Asked.ASKED)
        allowed = {"wu", "lan"} if move == "take_back" else {keeper}  # 兰's town joins in the row
        if who in allowed:
            ANSWERS[move](found, getattr(cast, who))
            assert RowRequest.objects.get(pk=found.pk).phase is REQUEST_FLOW.after(Asked.ASKED, move)
        else:
            with pytest.raises(Forbidden):
                ANSWERS[move](found, getattr(cast, who))
            assert RowRequest.objects.get(pk=found.pk).phase is Asked.ASKED

    @pytest.mark.parametrize("state", [Asked.GRANTED, Asked.REFUSED, Asked.TAKEN_BACK])
    @pytest.mark.parametrize("move", list(ANSWERS))
    def test_what_is_answered_is_answered_once(
        self, cast: Any, request_at: Any, state: annual.RequestState, move: str
    ) -> None:
        found = request_at(State.NEGOTIATING, state)
        with pytest.raises(IllegalMove):
            ANSWERS[move](found, cast.wu if move == "take_back" else cast.chen)
