"""Every move of a paper, for each of the cast: allowed or refused; opinions, receipts, instructions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.kernel.flow import IllegalMove
from qingshan.papers import actions, ledger, policies
from qingshan.papers.errors import (
    AlreadyReceived,
    BadPaper,
    ChangedFigures,
    MissingReason,
    NoOrganWord,
    NoRecipient,
    NotIssued,
    OwnPaper,
    StalePaper,
)
from qingshan.papers.models import Issue, Opinion, Paper, PaperMove
from qingshan.papers.public import PaperKind, PaperState
from qingshan.papers.queries import newest_text
from qingshan.papers.states import OPINION_FLOW, PAPER_FLOW, OpinionState
from qingshan.papers.tests.conftest import AT, BODY, LATE, SHARE, TODAY, drafted
from qingshan.papers.vocabulary import PartyRole
from qingshan.workflow import public as workflow

State = PaperState
LATER = AT + timedelta(hours=1)


def _answer(paper: Paper, by: Any, *, agreed: bool = True, words: str = "") -> Any:
    opinion = paper.opinions.get(state=OpinionState.ASKED)
    return actions.answer_opinion(opinion=opinion, agreed=agreed, words=words, by=by, at=LATER)


CALLS: dict[str, Callable[[Paper, Any], Any]] = {
    "submit": lambda paper, by: actions.submit_paper(paper=paper, by=by, at=LATER),
    "pass_to_issue": lambda paper, by: actions.check_paper(paper=paper, by=by, at=LATER),
    "pass_to_cosign": lambda paper, by: actions.check_paper(paper=paper, by=by, at=LATER),
    "cosigned": _answer,
    "send_back": lambda paper, by: actions.send_back_paper(paper=paper, by=by, at=LATER, note="数值有误"),
    "issue": lambda paper, by: actions.issue_paper(paper=paper, by=by, at=LATER),
    "archive": lambda paper, by: actions.archive_paper(paper=paper, by=by, at=LATER),
    "withdraw": lambda paper, by: actions.withdraw_paper(paper=paper, by=by, at=LATER, note="不再需要"),
}

#: 方 drafts, as 陈 may; planner 陈 and leader 林 check; 林 issues; 吴 speaks for the water bureau.
ALLOWED: dict[tuple[PaperState, str], set[str]] = {
    (State.DRAFTING, "submit"): {"fang", "chen"},
    (State.CHECKING, "pass_to_issue"): {"chen", "lin"},
    (State.CHECKING, "pass_to_cosign"): {"chen", "lin"},
    (State.COSIGNING, "cosigned"): {"wu"},
    (State.CHECKING, "send_back"): {"chen", "lin"},
    (State.COSIGNING, "send_back"): {"chen", "lin"},
    (State.TO_ISSUE, "send_back"): {"lin"},
    (State.TO_ISSUE, "issue"): {"lin"},
    (State.ISSUED, "archive"): {"chen", "lin"},
    **{
        (state, "withdraw"): {"fang", "chen"}
        for state in (State.DRAFTING, State.CHECKING, State.COSIGNING, State.TO_ISSUE)
    },
}
MOVES = [(state, move) for state in State for move in PAPER_FLOW.moves_from(state)]


@pytest.fixture
def at_state(cast: Any, organ: Any) -> Callable[..., Paper]:
    """Bring a paper to a state by the moves that lead there."""

    def bring(state: PaperState, *, cosigned: bool = False) -> Paper:
        cosigners = [cast.water] if cosigned or state is State.COSIGNING else []
        paper = drafted(cast, cosigners=cosigners)
        if state is State.WITHDRAWN:
            return actions.withdraw_paper(paper=paper, by=cast.fang, at=AT, note="不再需要")
        steps: list[tuple[PaperState, Callable[[], Any]]] = [
            (State.DRAFTING, lambda: actions.submit_paper(paper=paper, by=cast.fang, at=AT)),
            (State.CHECKING, lambda: actions.check_paper(paper=paper, by=cast.chen, at=AT)),
            (State.COSIGNING, lambda: _answer(paper, cast.wu)),
            (State.TO_ISSUE, lambda: actions.issue_paper(paper=paper, by=cast.lin, at=AT)),
            (State.ISSUED, lambda: actions.archive_paper(paper=paper, by=cast.chen, at=AT)),
        ]
        for at, step in steps:
            paper.refresh_from_db()
            if paper.phase is state:
                break
            if paper.phase is at:
                step()
        return Paper.objects.get(pk=paper.pk)

    return bring


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: PaperState, move: str
    ) -> None:
        pk = at_state(state, cosigned=move == "pass_to_cosign").pk
        for who in ("lin", "chen", "fang", "wu", "he", "zhou"):
            with undone():
                paper = Paper.objects.get(pk=pk)
                if who in ALLOWED[state, move]:
                    CALLS[move](paper, getattr(cast, who))
                    assert Paper.objects.get(pk=pk).phase is PAPER_FLOW.after(state, move)
                else:
                    with pytest.raises((Forbidden, OwnPaper)):
                        CALLS[move](paper, getattr(cast, who))
                    assert Paper.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", list(State))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: PaperState
    ) -> None:
        pk = at_state(state).pk
        for move in ("submit", "pass_to_issue", "send_back", "issue", "archive", "withdraw"):
            if (state, move) in MOVES:
                continue
            who = {"submit": cast.fang, "withdraw": cast.fang}.get(move, cast.lin)
            with undone(), pytest.raises(IllegalMove):
                CALLS[move](Paper.objects.get(pk=pk), who)

    def test_of_two_at_once_one_succeeds(self, cast: Any, to_issue: Any) -> None:
        same = Paper.objects.get(pk=to_issue.pk)
        actions.withdraw_paper(paper=to_issue, by=cast.fang, at=AT, note="不再需要")
        with pytest.raises(StalePaper, match="现在是“已撤销”"):
            actions.issue_paper(paper=same, by=cast.lin, at=AT)
        assert not Issue.objects.exists()

    def test_every_step_is_kept_with_who_and_why(self, cast: Any, to_issue: Any) -> None:
        actions.send_back_paper(paper=to_issue, by=cast.lin, at=LATER, note="数值有误")
        steps = [(one.move, one.by.display_name, one.note) for one in PaperMove.objects.all()]
        assert steps == [("submit", "方", ""), ("pass_to_issue", "陈", ""), ("send_back", "林", "数值有误")]


class TestSecondPerson:
    def test_who_drafted_does_not_check(self, cast: Any) -> None:
        paper = drafted(cast, by=cast.chen)
        actions.submit_paper(paper=paper, by=cast.chen, at=AT)
        with pytest.raises(OwnPaper):
            actions.check_paper(paper=paper, by=cast.chen, at=AT)

    def test_who_wrote_one_of_its_texts_does_not_check_either(self, cast: Any, draft: Any) -> None:
        actions.save_text(paper=draft, seen=1, title="新标题", body=BODY, by=cast.chen, at=AT)
        actions.submit_paper(paper=draft, by=cast.fang, at=AT)
        with pytest.raises(OwnPaper):
            actions.check_paper(paper=draft, by=cast.chen, at=AT)

    def test_what_the_system_drafted_is_still_checked_and_issued_by_people(
        self, cast: Any, organ: Any
    ) -> None:
        paper = drafted(cast, by=None)
        actions.submit_paper(paper=paper, by=None, at=AT)
        with pytest.raises(OwnPaper):
            actions.check_paper(paper=paper, by=None, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        actions.issue_paper(paper=paper, by=cast.lin, at=AT)


class TestSubmitting:
    def test_a_notice_goes_to_somebody(self, cast: Any) -> None:
        with pytest.raises(NoRecipient):
            actions.submit_paper(paper=drafted(cast, recipients=[]), by=cast.fang, at=AT)

    @pytest.mark.parametrize("kind", [PaperKind.REPORT, PaperKind.AGENDA])
    def test_a_report_or_an_agenda_need_not(self, cast: Any, kind: PaperKind) -> None:
        paper = drafted(cast, recipients=[], kind=kind)
        assert actions.submit_paper(paper=paper, by=cast.fang, at=AT).phase is State.CHECKING

    @pytest.mark.parametrize("move", ["send_back", "withdraw"])
    def test_going_back_has_a_reason(self, cast: Any, to_issue: Any, move: str) -> None:
        act = {"send_back": actions.send_back_paper, "withdraw": actions.withdraw_paper}[move]
        who = cast.lin if move == "send_back" else cast.fang
        with pytest.raises(MissingReason):
            act(paper=to_issue, by=who, at=AT, note=" ")


class TestCosigning:
    @pytest.fixture
    def asked(self, cast: Any, organ: Any) -> Paper:
        paper = drafted(cast, cosigners=[cast.water, cast.town])
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        return actions.check_paper(paper=paper, by=cast.chen, at=AT)

    def test_the_last_agreement_sends_it_on(self, cast: Any, asked: Any) -> None:
        first, second = asked.opinions.order_by("pk")
        actions.answer_opinion(opinion=first, agreed=True, words="同意。", by=cast.wu, at=AT)
        assert Paper.objects.get(pk=asked.pk).phase is State.COSIGNING
        actions.answer_opinion(opinion=second, agreed=True, by=cast.he, at=AT)
        assert Paper.objects.get(pk=asked.pk).phase is State.TO_ISSUE

    def test_an_objection_sends_it_back_and_the_others_lapse(self, cast: Any, asked: Any) -> None:
        first, second = asked.opinions.order_by("pk")
        actions.answer_opinion(opinion=first, agreed=False, words="期限太紧", by=cast.wu, at=AT)
        second.refresh_from_db()
        assert (first.phase, second.phase) == (OpinionState.OBJECTED, OpinionState.LAPSED)
        assert Paper.objects.get(pk=asked.pk).phase is State.DRAFTING
        assert asked.moves.last().note == "青川县水利局：期限太紧"
        with pytest.raises(IllegalMove):
            actions.answer_opinion(opinion=second, agreed=True, by=cast.he, at=AT)

    def test_it_is_asked_anew_of_the_next_text(self, cast: Any, asked: Any) -> None:
        actions.answer_opinion(
            opinion=asked.opinions.order_by("pk")[0], agreed=False, words="期限太紧", by=cast.wu, at=AT
        )
        paper = Paper.objects.get(pk=asked.pk)
        actions.save_text(paper=paper, seen=1, title=paper.title, body=BODY[:2], by=cast.fang, at=AT)
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        assert {one.text_number for one in paper.opinions.filter(state=OpinionState.ASKED)} == {2}
        assert paper.opinions.count() == 4

    def test_who_was_asked_sees_the_text_they_were_asked_about_and_no_later_draft(
        self, cast: Any, asked: Any
    ) -> None:
        def seen() -> list[bool]:
            return [policies.seen_by(who).filter(pk=asked.pk).exists() for who in (cast.wu, cast.he)]

        assert seen() == [True, True]
        opinion = asked.opinions.get(department=cast.water)
        actions.answer_opinion(opinion=opinion, agreed=False, words="期限太紧", by=cast.wu, at=AT)
        assert seen() == [True, False]  # what 吴 answered; 何 was not heard and is asked no more
        paper = Paper.objects.get(pk=asked.pk)
        actions.save_text(paper=paper, seen=1, title="另一稿", body=BODY[:2], by=cast.fang, at=AT)
        assert seen() == [False, False]
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        assert seen() == [True, True]

    def test_what_is_withdrawn_before_they_answer_is_theirs_no_more(self, cast: Any, asked: Any) -> None:
        actions.withdraw_paper(paper=asked, by=cast.fang, at=AT, note="不再需要")
        assert not policies.seen_by(cast.wu).filter(pk=asked.pk).exists()

    def test_an_objection_has_a_reason(self, cast: Any, asked: Any) -> None:
        with pytest.raises(MissingReason):
            actions.answer_opinion(opinion=asked.opinions.order_by("pk")[0], agreed=False, by=cast.wu, at=AT)

    @pytest.mark.parametrize("who", ["lin", "chen", "he", "zhou"])
    def test_nobody_speaks_for_another_department(self, cast: Any, asked: Any, who: str) -> None:
        opinion = asked.opinions.get(department=cast.water)
        with pytest.raises(Forbidden):
            actions.answer_opinion(opinion=opinion, agreed=True, by=getattr(cast, who), at=AT)

    @pytest.mark.parametrize("state", [one for one in OpinionState if OPINION_FLOW.is_final(one)])
    @pytest.mark.parametrize("agreed", [True, False])
    def test_an_answer_is_given_once(self, cast: Any, asked: Any, state: OpinionState, agreed: bool) -> None:
        opinion = asked.opinions.get(department=cast.water)
        Opinion.objects.filter(pk=opinion.pk).update(state=state)
        opinion.refresh_from_db()
        with pytest.raises(IllegalMove):
            actions.answer_opinion(opinion=opinion, agreed=agreed, words="迟到", by=cast.wu, at=AT)


class TestReceiving:
    def party(self, paper: Paper, department: Any) -> Any:
        return paper.parties.get(department=department, role=PartyRole.RECIPIENT)

    def test_a_department_signs_once(self, cast: Any, issued: Any) -> None:
        party = self.party(issued, cast.water)
        receipt = actions.receive_paper(party=party, by=cast.wu, at=LATER)
        assert (receipt.by, receipt.at) == (cast.wu, LATER)
        with pytest.raises(AlreadyReceived):
            actions.receive_paper(party=party, by=cast.wu, at=LATER)

    @pytest.mark.parametrize("who", ["lin", "chen", "fang", "he", "zhou"])
    def test_nobody_signs_for_another_department(self, cast: Any, issued: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            actions.receive_paper(party=self.party(issued, cast.water), by=getattr(cast, who), at=AT)

    def test_nothing_is_signed_for_before_it_is_issued(self, cast: Any, to_issue: Any) -> None:
        with pytest.raises(NotIssued, match="待签发"):
            actions.receive_paper(party=self.party(to_issue, cast.water), by=cast.wu, at=AT)

    def test_the_last_receipt_ends_the_deadline(self, cast: Any, organ: Any) -> None:
        paper = drafted(cast, receipt_due_on=TODAY + timedelta(days=3))
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        actions.issue_paper(paper=paper, by=cast.lin, at=AT)
        for department, who in ((cast.water, cast.wu), (cast.town, cast.he)):
            [deadline] = workflow.deadlines_of(paper.ref)
            assert deadline.phase is workflow.DeadlineState.RUNNING
            actions.receive_paper(party=self.party(paper, department), by=who, at=AT)
        [deadline] = workflow.deadlines_of(paper.ref)
        assert deadline.phase is workflow.DeadlineState.MET

    def test_an_archived_paper_may_still_be_signed_for(self, cast: Any, issued: Any) -> None:
        actions.archive_paper(paper=issued, by=cast.chen, at=AT)
        actions.receive_paper(party=self.party(issued, cast.water), by=cast.wu, at=AT)


class TestInstructing:
    def test_a_leader_writes_on_what_was_issued(self, cast: Any, issued: Any) -> None:
        made = actions.instruct(paper=issued, words="请水利局月底前办结。", by=cast.lin, at=AT)
        assert (made.by, made.district) == (cast.lin, cast.county)

    @pytest.mark.parametrize("who", ["chen", "fang", "wu", "he", "zhou"])
    def test_others_do_not(self, cast: Any, issued: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            actions.instruct(paper=issued, words="请办理。", by=getattr(cast, who), at=AT)

    def test_not_on_a_draft_and_not_without_words(self, cast: Any, draft: Any, issued: Any) -> None:
        with pytest.raises(NotIssued):
            actions.instruct(paper=drafted(cast), words="请办理。", by=cast.lin, at=AT)
        with pytest.raises(MissingReason):
            actions.instruct(paper=issued, words=" ", by=cast.lin, at=AT)


class TestIssuing:
    def test_what_goes_out_is_frozen_whole(self, cast: Any, to_issue: Any) -> None:
        issue = actions.issue_paper(paper=to_issue, by=cast.lin, at=AT)
        assert (issue.printed_number, issue.issued_on) == ("青环〔2026〕1号", TODAY)
        assert (issue.blocks, issue.printed_figures) == (BODY, (SHARE, LATE))
        assert issue.recipients == ["青川县水利局", "青石镇人民政府"]
        assert issue.title == newest_text(to_issue).title

    def test_a_letter_is_counted_apart(self, cast: Any, organ: Any) -> None:
        numbers = []
        for kind in (PaperKind.NOTICE, PaperKind.LETTER, PaperKind.BULLETIN):
            paper = drafted(cast, kind=kind)
            actions.submit_paper(paper=paper, by=cast.fang, at=AT)
            actions.check_paper(paper=paper, by=cast.chen, at=AT)
            numbers.append(actions.issue_paper(paper=paper, by=cast.lin, at=AT).printed_number)
        assert numbers == ["青环〔2026〕1号", "青环函〔2026〕1号", "青环〔2026〕2号"]

    def test_the_year_is_beijings_and_begins_anew(self, cast: Any, organ: Any) -> None:
        numbers = []
        for at in (AT.replace(month=12, day=31, hour=15), AT.replace(month=12, day=31, hour=16)):
            paper = drafted(cast)
            actions.submit_paper(paper=paper, by=cast.fang, at=AT)
            actions.check_paper(paper=paper, by=cast.chen, at=AT)
            numbers.append(actions.issue_paper(paper=paper, by=cast.lin, at=at).printed_number)
        assert numbers == ["青环〔2026〕1号", "青环〔2027〕1号"]

    def test_without_a_word_there_is_no_number(self, cast: Any) -> None:
        paper = drafted(cast)
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        with pytest.raises(NoOrganWord, match="青川县生态环境局"):
            actions.issue_paper(paper=paper, by=cast.lin, at=AT)

    def test_it_goes_on_after_the_numbers_given_out_on_paper(self, cast: Any) -> None:
        facts = {"district": cast.county, "department": cast.bureau, "name": "局", "sign": "局文件"}
        actions.register_organ(**facts, word="青环", used_up_to=17, by=cast.lin, at=AT)
        paper = drafted(cast)
        actions.submit_paper(paper=paper, by=cast.fang, at=AT)
        actions.check_paper(paper=paper, by=cast.chen, at=AT)
        assert actions.issue_paper(paper=paper, by=cast.lin, at=AT).number == 18
        with pytest.raises(BadPaper, match="已由系统编过号"):
            actions.register_organ(**facts, word="青环", used_up_to=3, by=cast.lin, at=AT)

    def test_two_organs_do_not_share_a_word(self, cast: Any, organ: Any) -> None:
        facts = {"name": "青川县人民政府", "sign": "青川县人民政府文件", "word": "青环"}
        with pytest.raises(BadPaper, match="已被别的机关使用"):
            actions.register_organ(district=cast.county, department=None, by=cast.lin, at=AT, **facts)

    def test_changed_figures_are_not_printed_unseen(
        self, cast: Any, to_issue: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lookups = {"plans.value": lambda figure: replace(figure, value="95.6")}
        monkeypatch.setattr(ledger, "_LOOKUPS", lookups)
        with pytest.raises(ChangedFigures, match="优良天数比例"):
            actions.issue_paper(paper=to_issue, by=cast.lin, at=AT)
        to_issue.refresh_from_db()
        issue = actions.issue_paper(paper=to_issue, by=cast.lin, at=AT, as_printed=True)
        assert issue.printed_figures[0].value == "95.4"
