"""Editions: every move for each of the cast, frozen content, the second person, later changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from qingshan.accounts.public import Forbidden
from qingshan.disclosure import actions, queries
from qingshan.disclosure.choice import Choice, PartChoice
from qingshan.disclosure.content import digest_of
from qingshan.disclosure.errors import (
    AlreadyInWork,
    DayAhead,
    LedgerMoved,
    MissingReason,
    NothingChosen,
    NothingPublished,
    PlanNotApproved,
    SecondPerson,
    Stale,
    UnknownRecord,
)
from qingshan.disclosure.models import Edition, EditionMove
from qingshan.disclosure.queries import NoSuchEdition, NoSuchPage
from qingshan.disclosure.states import EDITION_FLOW, EditionState
from qingshan.disclosure.tests.conftest import (
    AT,
    LATER,
    TODAY,
    everything,
    make_book,
    publish,
    value,
)
from qingshan.disclosure.vocabulary import Column, Extent, Part
from qingshan.kernel.flow import IllegalMove
from qingshan.plans.states import PlanState

State = EditionState

#: Who may make which move: planner 陈 prepares, leader 林 decides.
ALLOWED = {
    "submit": {"chen"}, "discard": {"chen"}, "send_back": {"lin"}, "publish": {"lin"}, "withdraw": {"lin"},
}  # fmt: skip
#: Supersession is no one's act: it happens when another edition is published.
EVERYBODY = ("lin", "chen", "wu", "zheng", "he", "zhou")
MOVES = [(state, move) for state in State for move in EDITION_FLOW.moves_from(state) if move in ALLOWED]
CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "submit": lambda edition, by: actions.submit_edition(edition=edition, by=by, at=LATER),
    "discard": lambda edition, by: actions.discard_edition(edition=edition, by=by, at=LATER),
    "send_back": lambda edition, by: actions.send_back_edition(
        edition=edition, by=by, at=LATER, note="少一项"
    ),
    "publish": lambda edition, by: actions.publish_edition(edition=edition, by=by, at=LATER),
    "withdraw": lambda edition, by: actions.withdraw_edition(
        edition=edition, by=by, at=LATER, note="数值有误"
    ),
}  # fmt: skip


@pytest.fixture
def at_state(cast: Any, page: Any) -> Callable[[EditionState], Any]:
    """Bring an edition to a state by the moves that lead there."""

    def bring(state: EditionState) -> Any:
        edition = actions.prepare_edition(page=page, as_of=TODAY, choice=everything(), by=cast.chen, at=AT)
        if state is State.PREPARING:
            return edition
        if state is State.DISCARDED:
            return actions.discard_edition(edition=edition, by=cast.chen, at=AT)
        edition = actions.submit_edition(edition=edition, by=cast.chen, at=AT)
        if state is State.TO_APPROVE:
            return edition
        edition = actions.publish_edition(edition=edition, by=cast.lin, at=AT)
        if state is State.WITHDRAWN:
            return actions.withdraw_edition(edition=edition, by=cast.lin, at=AT, note="数值有误")
        if state is State.SUPERSEDED:
            publish(cast, page, everything())
        return Edition.objects.get(pk=edition.pk)

    return bring


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: EditionState, move: str
    ) -> None:
        pk = at_state(state).pk
        for who in EVERYBODY:
            with undone():
                edition = Edition.objects.get(pk=pk)
                if who in ALLOWED[move]:
                    assert CALLS[move](edition, getattr(cast, who)).phase is EDITION_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        CALLS[move](edition, getattr(cast, who))
                    assert Edition.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", list(State))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: EditionState
    ) -> None:
        pk = at_state(state).pk
        for move in sorted({move for move in ALLOWED if (state, move) not in MOVES}):
            with undone(), pytest.raises(IllegalMove):
                CALLS[move](Edition.objects.get(pk=pk), cast.lin if "lin" in ALLOWED[move] else cast.chen)

    def test_of_two_at_once_one_succeeds(self, cast: Any, submitted: Any) -> None:
        same = Edition.objects.get(pk=submitted.pk)
        actions.send_back_edition(edition=submitted, by=cast.lin, at=LATER, note="少一项")
        with pytest.raises(Stale, match="准备中"):
            actions.send_back_edition(edition=same, by=cast.lin, at=LATER, note="少一项")

    @pytest.mark.parametrize(
        ("state", "move"), [(State.TO_APPROVE, "send_back"), (State.PUBLISHED, "withdraw")]
    )
    def test_a_step_back_needs_a_reason(self, cast: Any, at_state: Any, state: Any, move: str) -> None:
        call = {"send_back": actions.send_back_edition, "withdraw": actions.withdraw_edition}[move]
        with pytest.raises(MissingReason):
            call(edition=at_state(state), by=cast.lin, at=LATER, note=" ")

    def test_every_step_is_kept_with_who(self, published: Any) -> None:
        steps = EditionMove.objects.filter(edition=published).values_list("move", "by__display_name")
        assert list(steps) == [("submit", "陈"), ("publish", "林")]


class TestSecondPerson:
    def test_who_prepared_does_not_approve_even_with_the_right(self, cast: Any, submitted: Any) -> None:
        from qingshan.accounts import public as accounts

        accounts.grant_role(
            user=cast.chen, role="leader", district=cast.county, from_on=date(2021, 1, 1), by=None, at=AT
        )
        with pytest.raises(SecondPerson):
            actions.publish_edition(edition=submitted, by=cast.chen, at=LATER)

    def test_the_database_refuses_it_too(self, cast: Any, submitted: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=submitted.pk).update(approved_by=cast.chen)


class TestPreparing:
    def test_a_day_ahead_is_refused(self, cast: Any, page: Any) -> None:
        with pytest.raises(DayAhead):
            actions.prepare_edition(
                page=page, as_of=TODAY + timedelta(days=1), choice=everything(), by=cast.chen, at=AT
            )

    def test_nothing_chosen_is_refused(self, cast: Any, page: Any) -> None:
        with pytest.raises(NothingChosen):
            actions.prepare_edition(page=page, as_of=TODAY, choice=Choice(), by=cast.chen, at=AT)

    def test_an_empty_selection_cannot_be_handed_in(self, cast: Any, page: Any) -> None:
        nobody = Choice({Part.INDICATORS: PartChoice(Extent.CHOSEN)})
        edition = actions.prepare_edition(page=page, as_of=TODAY, choice=nobody, by=cast.chen, at=AT)
        with pytest.raises(NothingChosen):
            actions.submit_edition(edition=edition, by=cast.chen, at=AT)

    def test_a_record_the_plan_does_not_have_is_named(self, cast: Any, page: Any) -> None:
        strange = Choice({Part.PROJECTS: PartChoice(Extent.CHOSEN, frozenset({"P1", "P9"}))})
        with pytest.raises(UnknownRecord, match=r"编号：P9$"):
            actions.prepare_edition(page=page, as_of=TODAY, choice=strange, by=cast.chen, at=AT)

    def test_a_plan_that_is_not_approved_is_nobodys_to_read(self, cast: Any) -> None:
        draft = make_book(cast, "draft", cast.county, cast.water, state=PlanState.CONSULTING)
        page = actions.set_up_page(plan=draft.plan, office=cast.bureau, by=cast.chen, at=AT)
        with pytest.raises(PlanNotApproved):
            actions.prepare_edition(page=page, as_of=TODAY, choice=everything(), by=cast.chen, at=AT)

    def test_preparing_again_changes_the_same_edition(self, cast: Any, prepared: Any) -> None:
        again = actions.prepare_edition(
            page=prepared.page, as_of=TODAY - timedelta(days=1), choice=everything(), by=cast.chen, at=LATER
        )
        assert (again.pk, again.as_of) == (prepared.pk, TODAY - timedelta(days=1))

    def test_while_one_waits_for_approval_no_other_begins(self, cast: Any, submitted: Any) -> None:
        with pytest.raises(AlreadyInWork):
            actions.prepare_edition(
                page=submitted.page, as_of=TODAY, choice=everything(), by=cast.chen, at=LATER
            )

    def test_a_choice_of_unknown_columns_is_refused(self) -> None:
        kept = {"parts": {"measures": {"extent": "everything", "codes": [], "columns": ["money"]}}}
        with pytest.raises(ValueError, match="measures has no columns"):
            Choice.read(kept)


class TestPublishing:
    def test_it_opens_the_page_and_takes_the_next_number(self, cast: Any, page: Any) -> None:
        first = publish(cast, page, everything())
        page.refresh_from_db()
        assert (page.is_open, first.number, digest_of(first.content)) == (True, 1, first.digest)
        second = publish(cast, page, everything())
        first.refresh_from_db()
        assert (second.number, first.phase) == (2, State.SUPERSEDED)

    def test_what_is_published_says_what_the_ledger_said(self, published: Any) -> None:
        cells = {row["code"]: row["cells"] for row in published.content["parts"][0]["rows"]}
        latest = cells["A1"]["latest"]
        assert (latest["number"], latest["unit"], latest["as_of"], latest["source"]) == (
            "91.7", "%", "2025-12-31", "审核数据：省站审核数据",
        )  # fmt: skip
        assert cells["A2"]["latest"]["missing"] == "尚无已审核的数值"
        assert cells["A2"]["verdict"]["label"] == "等待上级下达"

    def test_a_value_approved_meanwhile_for_the_same_day_stops_it(
        self, cast: Any, told: Any, submitted: Any
    ) -> None:
        value(cast, told.water, "95")
        with pytest.raises(LedgerMoved, match="已有 1 处变化"):
            actions.publish_edition(edition=submitted, by=cast.lin, at=LATER)
        assert Edition.objects.get(pk=submitted.pk).phase is State.TO_APPROVE
        back = actions.send_back_edition(edition=submitted, by=cast.lin, at=LATER, note="已有新值")
        again = actions.submit_edition(edition=back, by=cast.chen, at=LATER)
        assert actions.publish_edition(edition=again, by=cast.lin, at=LATER).number == 1

    def test_what_becomes_known_later_changes_no_published_edition(
        self, cast: Any, told: Any, published: Any
    ) -> None:
        before = (published.content, published.digest)
        value(cast, told.water, "95")
        published.refresh_from_db()
        assert (published.content, published.digest) == before
        found = queries.updates_of(published, TODAY)
        assert [(one.code, one.column) for one in found][:1] == [("A2", "最新数值")]
        assert (found[0].before, found[0].after[:3]) == ("尚无已审核的数值", "95%")

    def test_an_edition_of_an_earlier_day_tells_what_was_known_then(self, cast: Any, page: Any) -> None:
        edition = publish(cast, page, everything(), as_of=date(2026, 5, 31))
        cells = {row["code"]: row["cells"] for row in edition.content["parts"][0]["rows"]}
        assert cells["A1"]["latest"]["missing"] == "尚无已审核的数值"
        assert edition.content["as_of"] == "2026-05-31"

    def test_a_year_that_is_not_evaluable_is_said_with_its_reason(
        self, cast: Any, told: Any, page: Any
    ) -> None:
        from qingshan.plans import actions as ledger

        made = ledger.declare_not_evaluable(
            indicator=told.air, year=2030, reason="监测点位迁移", evidence="〔2026〕3号", by=cast.chen, at=AT
        )
        ledger.submit_not_evaluable(statement=made, by=cast.chen, at=AT)
        ledger.approve_not_evaluable(statement=made, by=cast.lin, at=AT)
        only = Choice({Part.INDICATORS: PartChoice(Extent.EVERYTHING, columns=frozenset({Column.VERDICT}))})
        edition = publish(cast, page, only)
        verdict = edition.content["parts"][0]["rows"][0]["cells"]["verdict"]
        assert (verdict["label"], "监测点位迁移" in verdict["why"]) == ("不予评估", True)


class TestSwitch:
    def test_a_page_without_an_edition_cannot_be_opened(self, cast: Any, page: Any) -> None:
        with pytest.raises(NothingPublished):
            actions.open_page(page=page, by=cast.lin, at=AT)

    def test_switched_off_it_is_gone_and_switched_on_it_is_back(self, cast: Any, published: Any) -> None:
        code = published.page.plan.code
        page = actions.close_page(page=published.page, by=cast.chen, at=LATER, reason="数值存疑")
        with pytest.raises(NoSuchPage):
            queries.open_page(code)
        assert queries.open_pages() == []
        actions.open_page(page=page, by=cast.lin, at=LATER)
        assert queries.open_page(code).edition == published

    @pytest.mark.parametrize("who", ["chen", "wu", "zheng", "he", "zhou"])
    def test_only_a_leader_of_the_district_opens(self, cast: Any, published: Any, who: str) -> None:
        page = actions.close_page(page=published.page, by=cast.lin, at=LATER, reason="数值存疑")
        with pytest.raises(Forbidden):
            actions.open_page(page=page, by=getattr(cast, who), at=LATER)

    @pytest.mark.parametrize("who", ["wu", "zheng", "he", "zhou"])
    def test_others_neither_close_nor_set_up(self, cast: Any, published: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            actions.close_page(page=published.page, by=getattr(cast, who), at=LATER, reason="x")
        with pytest.raises(Forbidden):
            actions.set_up_page(plan=published.page.plan, office=cast.bureau, by=getattr(cast, who), at=LATER)

    def test_closing_needs_a_reason(self, cast: Any, published: Any) -> None:
        with pytest.raises(MissingReason):
            actions.close_page(page=published.page, by=cast.lin, at=LATER, reason=" ")

    def test_after_the_newest_was_taken_down_nothing_takes_its_place(self, cast: Any, page: Any) -> None:
        first = publish(cast, page, everything())
        second = publish(cast, page, everything())
        actions.withdraw_edition(edition=second, by=cast.lin, at=LATER, note="数值有误")
        found = queries.open_page(page.plan.code)
        assert found.edition is None
        assert queries.shown_edition(found.page, 1) == first
        with pytest.raises(NoSuchEdition):
            queries.shown_edition(found.page, 2)
