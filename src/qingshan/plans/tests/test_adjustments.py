"""A target is changed by a proposal: one person makes it, another decides, and nobody else may."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from qingshan.accounts.public import Forbidden
from qingshan.audit.public import trail
from qingshan.history.public import StaleVersion
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.refs import Ref
from qingshan.messages.public import Notice
from qingshan.plans import actions, consumers
from qingshan.plans.errors import BadFacts, MissingReason, NotChangeable, OwnEntry
from qingshan.plans.events import AdjustmentSentBack
from qingshan.plans.models import TargetAdjustment, TargetVersion
from qingshan.plans.queries import adjustments_from, review
from qingshan.plans.states import REVIEW_FLOW, ReviewState

PLAN = "qingchuan-2021"
EVALUATION = Ref("assessment", "evaluation", "7")


def propose(ledger: Any, book: Any, by: Any, at: Any, value: str = "93", **more: Any) -> TargetAdjustment:
    return actions.propose_adjustment(
        target=ledger.air_target,
        typed=book.number(value),
        seen=1,
        reason="中期评估建议",
        by=by,
        at=at,
        **more,
    )


@pytest.fixture
def proposal(cast: Any, ledger: Any, book: Any, at: Any) -> TargetAdjustment:
    return propose(ledger, book, cast.chen, at)


@pytest.fixture
def submitted(cast: Any, proposal: TargetAdjustment, at: Any) -> TargetAdjustment:
    return actions.submit_adjustment(proposal=proposal, by=cast.chen, at=at)


class TestAProposal:
    def test_approval_makes_the_targets_next_version(
        self, cast: Any, ledger: Any, book: Any, submitted: TargetAdjustment, at: Any
    ) -> None:
        version = actions.approve_adjustment(proposal=submitted, by=cast.lin, at=at)
        assert (version.number, version.typed, version.approved_by) == (2, book.number("93"), cast.lin)
        assert version.reason == "中期评估建议"
        first = TargetVersion.objects.get(subject=ledger.air_target, number=1)
        assert (first.typed, first.valid_to) == (book.number("92.5"), book.TODAY)
        submitted.refresh_from_db()
        assert submitted.state == ReviewState.APPROVED

    def test_it_counts_for_nothing_before(self, ledger: Any, book: Any, submitted: Any) -> None:
        held = TargetVersion.objects.on(book.TODAY).get(subject=ledger.air_target)
        assert held.typed == book.number("92.5")

    def test_it_keeps_what_the_target_was_and_who_recommended_it(
        self, cast: Any, ledger: Any, book: Any, at: Any
    ) -> None:
        made = propose(ledger, book, None, at, source=EVALUATION, document="documents.document/3")
        assert (made.before, made.source) == (book.number("92.5"), str(EVALUATION))
        assert adjustments_from(source=EVALUATION) == [made]
        assert adjustments_from(source=Ref("assessment", "evaluation", "8")) == []

    def test_every_step_is_in_the_audit(self, cast: Any, submitted: Any, at: Any) -> None:
        actions.approve_adjustment(proposal=submitted, by=cast.lin, at=at)
        acts = [entry.action for entry in trail(submitted.ref)]
        assert sorted(acts) == [
            "plans.approve_adjustment", "plans.propose_adjustment", "plans.submit_adjustment",
        ]  # fmt: skip

    def test_one_of_a_target_that_changed_meanwhile_is_refused(
        self, cast: Any, ledger: Any, book: Any, submitted: Any, at: Any
    ) -> None:
        actions.revise_target(
            target=ledger.air_target, changes={"typed": book.number("94")}, seen=1, by=cast.lin, at=at,
            reason="省里来文",
        )  # fmt: skip
        with pytest.raises(StaleVersion):
            actions.approve_adjustment(proposal=submitted, by=cast.lin, at=at)
        submitted.refresh_from_db()
        assert submitted.state == ReviewState.SUBMITTED

    def test_nothing_new_or_no_reason_is_refused(self, cast: Any, ledger: Any, book: Any, at: Any) -> None:
        with pytest.raises(BadFacts, match="相同"):
            propose(ledger, book, cast.chen, at, "92.5")
        with pytest.raises(MissingReason):
            actions.propose_adjustment(
                target=ledger.air_target, typed=book.number("93"), seen=1, reason=" ", by=cast.chen, at=at
            )

    def test_a_target_that_waits_for_its_letter_is_not_proposed(
        self, cast: Any, ledger: Any, book: Any, at: Any
    ) -> None:
        with pytest.raises(BadFacts, match="下达文件"):
            actions.propose_adjustment(
                target=ledger.water_target, typed=book.number("95"), seen=1, reason="x", by=cast.wu, at=at
            )

    def test_it_is_changed_only_outside_the_review(
        self, cast: Any, book: Any, submitted: Any, at: Any
    ) -> None:
        given = {
            "proposal": submitted, "typed": book.number("93.5"), "seen": 1, "reason": "核对后", "at": at,
            "by": cast.chen,
        }  # fmt: skip
        with pytest.raises(NotChangeable):
            actions.change_adjustment(**given)
        actions.send_back_adjustment(proposal=submitted, by=cast.lin, at=at, note="补充测算")
        changed = actions.change_adjustment(**given)
        assert (changed.typed, changed.reason) == (book.number("93.5"), "核对后")


#: What each of the cast may do with a proposal about an indicator of the bureau's, made by 陈.
MAY = {"submit": {"chen"}, "withdraw": {"chen"}, "approve": {"lin"}, "send_back": {"lin"}}
BEFORE = {"submit": "draft", "withdraw": "draft", "approve": "submitted", "send_back": "submitted"}


@pytest.mark.parametrize("who", ["lin", "chen", "wu", "zhou"])
@pytest.mark.parametrize("move", sorted(MAY))
def test_each_move_is_for_its_people_alone(
    cast: Any, proposal: TargetAdjustment, at: Any, move: str, who: str
) -> None:
    if BEFORE[move] == "submitted":
        actions.submit_adjustment(proposal=proposal, by=cast.chen, at=at)
    given = {"proposal": proposal, "by": getattr(cast, who), "at": at}
    if move == "send_back":
        given["note"] = "补充测算"
    act = getattr(actions, f"{move}_adjustment")
    before = proposal.state
    if who in MAY[move]:
        act(**given)
        proposal.refresh_from_db()
        assert proposal.state == REVIEW_FLOW.after(before, move)
        return
    with pytest.raises(Forbidden):
        act(**given)
    proposal.refresh_from_db()
    assert proposal.state == before


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("move", sorted(MAY))
def test_a_move_the_flow_does_not_know_is_refused(
    cast: Any, proposal: TargetAdjustment, at: Any, move: str, state: ReviewState
) -> None:
    if REVIEW_FLOW.allows(state, move):
        return
    TargetAdjustment.objects.filter(pk=proposal.pk).update(state=state)
    proposal.refresh_from_db()
    given = {"proposal": proposal, "by": cast.chen if MAY[move] == {"chen"} else cast.lin, "at": at}
    if move == "send_back":
        given["note"] = "x"
    with pytest.raises(IllegalMove):
        getattr(actions, f"{move}_adjustment")(**given)


def test_nobody_approves_their_own(cast: Any, ledger: Any, book: Any, at: Any) -> None:
    book.grant(cast.lin, "planner", cast.county)
    made = propose(ledger, book, cast.lin, at)
    actions.submit_adjustment(proposal=made, by=cast.lin, at=at)
    with pytest.raises(OwnEntry):
        actions.approve_adjustment(proposal=made, by=cast.lin, at=at)


def test_a_department_proposes_for_its_own_indicator_alone(
    cast: Any, ledger: Any, book: Any, at: Any
) -> None:
    with pytest.raises(Forbidden):
        propose(ledger, book, cast.wu, at)


def test_who_proposed_is_told_why_it_came_back_and_once(
    cast: Any, submitted: TargetAdjustment, at: Any
) -> None:
    actions.send_back_adjustment(proposal=submitted, by=cast.lin, at=at, note="补充测算")
    event = AdjustmentSentBack(submitted.pk, submitted.indicator.pk, 2025, cast.chen.pk, "补充测算", at)
    for _again in range(2):
        consumers.tell_adjustment_sent_back(event, at=at)
    notice = Notice.objects.get(template="plans.adjustment_sent_back")
    assert (notice.to, "补充测算" in notice.body) == (cast.chen, True)


class TestItsPages:
    FORM = {
        "kind": "number", "operator": ">=", "value": "93", "unit": "%", "raw": "", "seen_version": "1",
        "valid_from": "2026-11-20", "reason": "中期评估建议",
    }  # fmt: skip

    @pytest.fixture
    def doors(self) -> Any:
        place = [PLAN, "A1", 2025]
        return SimpleNamespace(
            new=reverse("plans:adjust_target", args=place),
            change=lambda one: reverse("plans:change_adjustment", args=[*place, one.pk]),
            indicator=reverse("plans:indicator", args=[PLAN, "A1"]),
        )

    def test_it_is_made_on_the_indicators_page_and_approved_in_the_review_list(
        self, client: Any, cast: Any, ledger: Any, book: Any, doors: Any
    ) -> None:
        client.force_login(cast.chen)
        assert doors.new in client.get(doors.indicator).content.decode()
        assert client.get(doors.new).status_code == 200
        assert client.post(doors.new, self.FORM).status_code == 302
        made = TargetAdjustment.objects.get()
        assert (made.state, made.valid_from) == (ReviewState.SUBMITTED, date(2026, 11, 20))
        client.force_login(cast.lin)
        shown = client.get("/review/", {"kind": "adjustment"}).content.decode()
        assert "≥92.5% → ≥93%" in shown
        assert "优良天数比例 2025" in shown
        client.post(reverse("plans:decide", args=["adjustment", made.pk, "approve"]))
        assert TargetVersion.objects.current().get(subject=ledger.air_target).typed == book.number("93")

    def test_it_comes_back_and_is_handed_in_again(
        self, client: Any, cast: Any, submitted: Any, doors: Any, at: Any
    ) -> None:
        actions.send_back_adjustment(proposal=submitted, by=cast.lin, at=at, note="补充测算")
        client.force_login(cast.chen)
        assert doors.change(submitted) in client.get(doors.indicator).content.decode()
        form = client.get(doors.change(submitted))
        assert "补充测算" in form.content.decode()
        assert str(form.context["form"]["value"].value()) == "93"
        assert client.post(doors.change(submitted), self.FORM | {"value": "93.4"}).status_code == 302
        submitted.refresh_from_db()
        assert submitted.state == ReviewState.SUBMITTED

    def test_it_is_nobody_elses_to_change(
        self, client: Any, cast: Any, submitted: Any, doors: Any, at: Any
    ) -> None:
        actions.send_back_adjustment(proposal=submitted, by=cast.lin, at=at, note="补充测算")
        for other in (cast.lin, cast.wu, cast.zhou):
            client.force_login(other)
            assert client.get(doors.change(submitted)).status_code in (403, 404)

    def test_what_changes_nothing_is_said_at_the_form(
        self, client: Any, cast: Any, ledger: Any, doors: Any
    ) -> None:
        client.force_login(cast.chen)
        answer = client.post(doors.new, self.FORM | {"value": "92.5"})
        assert (answer.status_code, "与现行目标相同" in answer.content.decode()) == (422, True)

    def test_a_draft_is_its_writers_alone(self, cast: Any, proposal: Any) -> None:
        assert review.waiting_for(user=cast.lin).count() == 0
