"""Every move of a submission, for each of the cast: allowed or refused; and what goes with a move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile

from qingshan.accounts.public import Forbidden
from qingshan.documents import public as documents
from qingshan.kernel.flow import IllegalMove
from qingshan.levels import actions
from qingshan.levels.errors import (
    AlreadyReported,
    BadSubmission,
    MissingReason,
    OwnSubmission,
    StaleSnapshot,
    StaleSubmission,
)
from qingshan.levels.models import Edition, Submission, SubmissionMove
from qingshan.levels.public import latest_accepted, locked_until, submissions_of
from qingshan.levels.queries.submissions import differences, reported_below, submission_detail
from qingshan.levels.snapshots import read_snapshot
from qingshan.levels.states import SUBMISSION_FLOW
from qingshan.levels.states import SubmissionState as State
from qingshan.levels.tests.conftest import AS_OF, AT, TODAY, report_of, value_of
from qingshan.levels.vocabulary import Change, Section
from qingshan.plans import actions as ledger
from qingshan.plans.errors import LockedDay

LATER = AT + timedelta(hours=2)


def _act(move: str) -> Callable[[Submission, Any], Any]:
    given = {"at": LATER}
    calls: dict[str, Callable[[Submission, Any], Any]] = {
        "submit": lambda one, by: actions.submit_submission(submission=one, by=by, **given),
        "withdraw": lambda one, by: actions.withdraw_submission(submission=one, by=by, **given),
        "accept": lambda one, by: actions.accept_submission(submission=one, by=by, **given),
        "send_back": lambda one, by: actions.send_back_submission(
            submission=one, by=by, note="请核对", **given
        ),
        "lock": lambda one, by: actions.lock_submission(submission=one, by=by, **given),
        "unlock": lambda one, by: actions.unlock_submission(submission=one, by=by, note="补正", **given),
    }
    return calls[move]


#: The county's leader and planner report; the city's receive, and their rights reach down to the county's.
LOWER, UPPER = {"lin", "chen", "gao", "meng"}, {"gao", "meng"}
ALLOWED = {
    "submit": LOWER,
    "withdraw": LOWER,
    "accept": UPPER,
    "send_back": UPPER,
    "lock": UPPER,
    "unlock": UPPER,
}
MOVES = [(state, move) for state in State for move in SUBMISSION_FLOW.moves_from(state)]


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=lambda word: str(word))
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: State, move: str
    ) -> None:
        pk = at_state(state).pk
        for who in ("lin", "chen", "wu", "he", "gao", "meng", "zhou", "ping"):
            with undone():
                submission = Submission.objects.get(pk=pk)
                if who in ALLOWED[move]:
                    _act(move)(submission, getattr(cast, who))
                    assert Submission.objects.get(pk=pk).phase is SUBMISSION_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        _act(move)(submission, getattr(cast, who))
                    assert Submission.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", list(State))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: State
    ) -> None:
        pk = at_state(state).pk
        for move in sorted({move for move in ALLOWED if (state, move) not in MOVES}):
            with undone(), pytest.raises(IllegalMove):
                _act(move)(Submission.objects.get(pk=pk), cast.gao)
            assert Submission.objects.get(pk=pk).phase is state

    def test_of_two_at_once_one_succeeds(self, cast: Any, handed_up: Submission) -> None:
        same = Submission.objects.get(pk=handed_up.pk)
        actions.accept_submission(submission=handed_up, by=cast.meng, at=LATER)
        with pytest.raises(StaleSubmission, match="现在是“已受理”"):
            actions.send_back_submission(submission=same, note="请核对", by=cast.gao, at=LATER)

    def test_nobody_decides_on_what_they_handed_up(self, cast: Any, draft: Submission) -> None:
        actions.submit_submission(submission=draft, by=cast.meng, at=AT)  # the city's, reaching down
        with pytest.raises(OwnSubmission):
            actions.accept_submission(submission=draft, by=cast.meng, at=LATER)
        actions.accept_submission(submission=draft, by=cast.gao, at=LATER)

    def test_every_step_is_kept_with_who_and_why(self, cast: Any, handed_up: Submission) -> None:
        actions.send_back_submission(submission=handed_up, note="缺资金", by=cast.meng, at=LATER)
        steps = SubmissionMove.objects.filter(submission=handed_up)
        assert [(one.move, one.by_name, one.edition_number, one.note) for one in steps] == [
            ("submit", "陈", 1, ""),
            ("send_back", "孟", 1, "缺资金"),
        ]


class TestDraft:
    def test_it_goes_to_a_district_above_and_to_no_other(self, cast: Any, plan: Any) -> None:
        given = {"plan": plan, "as_of": AS_OF, "by": cast.chen, "at": AT}
        with pytest.raises(BadSubmission, match="不是 青川县 的上级辖区"):
            actions.draft_submission(to_district=cast.elsewhere, **given)
        with pytest.raises(BadSubmission):
            actions.draft_submission(to_district=cast.county, **given)

    def test_a_day_ahead_or_before_the_plan_is_refused(self, cast: Any, plan: Any) -> None:
        given = {"plan": plan, "to_district": cast.city, "by": cast.chen, "at": AT}
        with pytest.raises(BadSubmission, match="在今天之后"):
            actions.draft_submission(as_of=TODAY + timedelta(days=1), **given)
        with pytest.raises(BadSubmission, match=r"2021-01-01.*之前|不是|尚不存在"):
            actions.draft_submission(as_of=date(2020, 12, 31), **given)

    def test_a_day_is_reported_once_unless_the_draft_is_given_up(
        self, cast: Any, plan: Any, draft: Submission
    ) -> None:
        given = {"plan": plan, "to_district": cast.city, "as_of": AS_OF, "by": cast.chen, "at": AT}
        with pytest.raises(AlreadyReported):
            actions.draft_submission(**given)
        actions.withdraw_submission(submission=draft, by=cast.chen, at=AT)
        assert actions.draft_submission(**given).phase is State.DRAFT

    def test_others_do_not_draw_one_up(self, cast: Any, plan: Any) -> None:
        for who in (cast.wu, cast.he, cast.zhou, cast.ping):
            with pytest.raises(Forbidden):
                actions.draft_submission(plan=plan, to_district=cast.city, as_of=AS_OF, by=who, at=AT)

    def test_the_upper_level_does_not_see_it_yet(self, cast: Any, draft: Submission, plan: Any) -> None:
        assert not submissions_of(plan=plan).exists()


class TestWhatIsFrozen:
    def test_it_is_the_ledger_as_of_the_day(self, cast: Any, handed_up: Submission) -> None:
        snapshot = read_snapshot(handed_up.editions.get().snapshot)
        (air,) = snapshot.indicators
        assert (air.value, air.target, air.status) == ("91.2", "≥92.5%", "undecided")
        (forest,) = snapshot.measures
        assert (forest.percent, forest.state, forest.departments) == (40, "under_way", ("青川县生态环境局",))
        (plant,) = snapshot.projects
        assert (plant.investment_yuan, plant.received_yuan, plant.paid_yuan) == (
            12_000_000, 3_000_000, 1_250_000,
        )  # fmt: skip
        assert snapshot.commitments[0].asked == "≥30公里"

    def test_what_the_ledger_learns_later_does_not_change_it(
        self, cast: Any, plan: Any, handed_up: Submission
    ) -> None:
        value_of(cast, plan.indicators.get(), Decimal("93.4"), known_on=AS_OF)
        before = handed_up.editions.get()
        now = submission_detail(submission=handed_up)
        assert now.digest == before.digest
        assert now.snapshot.indicators[0].value == "91.2"

    def test_a_ledger_that_changed_since_it_was_shown_is_not_sent_unseen(
        self, cast: Any, plan: Any, draft: Submission
    ) -> None:
        shown = submission_detail(submission=draft)
        report_of(cast, plan.measures.get(), AS_OF, 60)
        with pytest.raises(StaleSnapshot):
            actions.submit_submission(submission=draft, seen=shown.digest, by=cast.chen, at=LATER)
        again = submission_detail(submission=draft)
        actions.submit_submission(submission=draft, seen=again.digest, by=cast.chen, at=LATER)

    def test_it_reads_the_same_whatever_language_the_sender_uses(self, cast: Any, draft: Any) -> None:
        from django.utils import translation

        with translation.override("en"):
            english = submission_detail(submission=draft).digest
        assert english == submission_detail(submission=draft).digest

    def test_attachments_are_named_with_their_content(self, cast: Any, draft: Submission) -> None:
        upload = ContentFile("季度总结".encode(), name="总结.txt")
        documents.attach(upload, to=draft.ref, by=cast.chen, at=AT, title="季度总结")
        edition = actions.submit_submission(submission=draft, by=cast.chen, at=LATER)
        assert [(one["title"], one["size"]) for one in edition.attachments] == [("季度总结", 12)]
        with pytest.raises(Forbidden):  # handed up: nothing is added any more
            documents.attach(ContentFile(b"x", name="x.txt"), to=draft.ref, by=cast.chen, at=LATER, title="x")


class TestSendingBack:
    def test_single_rows_are_remarked_on(self, cast: Any, handed_up: Submission) -> None:
        remarks = {(Section.PROJECTS, "P1"): "支付偏慢，请说明", (Section.INDICATORS, "A1"): "  "}
        actions.send_back_submission(submission=handed_up, note="", remarks=remarks, by=cast.meng, at=LATER)
        (said,) = handed_up.editions.get().remarks.all()
        assert (said.section, said.code, said.text) == ("projects", "P1", "支付偏慢，请说明")

    def test_it_needs_words_or_a_remark_on_a_row_that_is_there(
        self, cast: Any, handed_up: Submission
    ) -> None:
        given = {"submission": handed_up, "note": "", "by": cast.meng, "at": LATER}
        with pytest.raises(MissingReason):
            actions.send_back_submission(**given)
        with pytest.raises(BadSubmission, match="P9"):
            actions.send_back_submission(remarks={(Section.PROJECTS, "P9"): "没有这一行"}, **given)
        assert Submission.objects.get(pk=handed_up.pk).phase is State.SUBMITTED

    def test_a_corrected_version_follows_and_the_first_one_stays(
        self, cast: Any, plan: Any, handed_up: Submission
    ) -> None:
        first = handed_up.editions.get()
        actions.send_back_submission(submission=handed_up, note="请核对", by=cast.meng, at=LATER)
        report_of(cast, plan.measures.get(), AS_OF, 60)
        actions.revise_submission(submission=handed_up, words="已更正。", by=cast.lin, at=LATER)
        second = actions.submit_submission(submission=handed_up, by=cast.lin, at=LATER)
        assert (second.number, second.words, first.words) == (2, "已更正。", "三季度进展平稳。")
        (row,) = differences(before=first, after=read_snapshot(second.snapshot))
        assert (row.section, row.code, row.change) == (Section.MEASURES, "M1", Change.CHANGED)
        (field,) = row.fields
        assert (str(field.label), field.before, field.after) == ("进度（%）", "40", "60")


def counted(from_db: Callable[..., Edition], read: list[str]) -> Callable[..., Edition]:
    """Notes each version that is read with its body."""

    def made(*row: Any) -> Edition:
        read.append(str(row[1]))
        return from_db(*row)

    return made


class TestAccepting:
    def test_it_becomes_what_the_upper_level_knows(self, cast: Any, plan: Any, handed_up: Submission) -> None:
        assert latest_accepted(plan=plan, on=TODAY) is None
        actions.accept_submission(submission=handed_up, by=cast.meng, at=LATER)
        found = latest_accepted(plan=plan, on=TODAY)
        assert found is not None
        assert found.submission == handed_up
        assert latest_accepted(plan=plan, on=AS_OF - timedelta(days=1)) is None

    def test_only_the_newest_of_a_plan_is_read_for_the_list(
        self, cast: Any, plan: Any, handed_up: Submission, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        actions.accept_submission(submission=handed_up, by=cast.meng, at=LATER)
        newer = actions.draft_submission(plan=plan, to_district=cast.city, as_of=TODAY, by=cast.chen, at=AT)
        actions.submit_submission(submission=newer, by=cast.chen, at=LATER)
        actions.accept_submission(submission=newer, by=cast.meng, at=LATER)
        read: list[str] = []
        monkeypatch.setattr(Edition, "from_db", counted(Edition.from_db, read))
        (found,) = reported_below(user=cast.gao, on=TODAY)
        assert (found.submission, found.snapshot.as_of) == (newer, TODAY)
        assert len(read) == 1
        (then,) = reported_below(user=cast.gao, on=AS_OF)
        assert then.submission == handed_up

    def test_a_corrected_version_that_waits_does_not_displace_it(
        self, cast: Any, plan: Any, at_state: Any
    ) -> None:
        submission = at_state(State.UNLOCKED)
        actions.submit_submission(submission=submission, by=cast.chen, at=LATER)
        found = latest_accepted(plan=plan, on=TODAY)
        assert found is not None
        assert found.number == 1
        actions.accept_submission(submission=submission, by=cast.meng, at=LATER)
        found = latest_accepted(plan=plan, on=TODAY)
        assert found is not None
        assert found.number == 2


class TestLocking:
    def test_what_is_dated_up_to_the_day_is_refused_and_told_why(
        self, cast: Any, plan: Any, at_state: Any
    ) -> None:
        at_state(State.LOCKED)
        assert locked_until(plan) == AS_OF
        with pytest.raises(LockedDay, match="截至 2026-09-30 的数据已由上级锁定"):
            report_of(cast, plan.measures.get(), AS_OF, 60)
        with pytest.raises(LockedDay):
            value_of(cast, plan.indicators.get(), Decimal("93.4"), known_on=AS_OF)
        with pytest.raises(LockedDay):
            ledger.declare_not_evaluable(
                indicator=plan.indicators.get(), year=2026, reason="沙尘", evidence="批复", by=cast.chen,
                at=AT, known_on=AS_OF,
            )  # fmt: skip
        report_of(cast, plan.measures.get(), AS_OF + timedelta(days=1), 60)

    def test_the_upper_level_opens_it_again_with_a_reason(self, cast: Any, plan: Any, at_state: Any) -> None:
        submission = at_state(State.LOCKED)
        with pytest.raises(MissingReason):
            actions.unlock_submission(submission=submission, note=" ", by=cast.meng, at=LATER)
        actions.unlock_submission(submission=submission, note="数值有误", by=cast.meng, at=LATER)
        assert locked_until(plan) is None
        report_of(cast, plan.measures.get(), AS_OF, 60)

    def test_of_several_days_the_last_one_counts(self, cast: Any, plan: Any, at_state: Any) -> None:
        at_state(State.LOCKED)
        newer = actions.draft_submission(
            plan=plan, to_district=cast.city, as_of=date(2026, 10, 31), by=cast.chen, at=AT
        )
        actions.submit_submission(submission=newer, by=cast.chen, at=AT)
        actions.accept_submission(submission=newer, by=cast.meng, at=AT)
        assert locked_until(plan) == AS_OF
        actions.lock_submission(submission=newer, by=cast.meng, at=AT)
        assert locked_until(plan) == date(2026, 10, 31)
