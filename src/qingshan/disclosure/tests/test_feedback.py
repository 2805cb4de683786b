"""Feedback: never lost, one task, answered by two people; its sender stays sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from qingshan.accounts.public import Forbidden
from qingshan.audit import public as audit
from qingshan.disclosure import actions, queries
from qingshan.disclosure.actions.receiving import ASKING, LIMITS, SENDING
from qingshan.disclosure.consumers import follow_task, make_task_of_feedback
from qingshan.disclosure.errors import (
    CannotMerge,
    DisclosureRefusal,
    MissingReason,
    NotTaken,
    SecondPerson,
    SentBefore,
    TooMany,
    UnknownRecord,
)
from qingshan.disclosure.events import FeedbackReceived
from qingshan.disclosure.models import Attempt, Feedback, FeedbackMove
from qingshan.disclosure.sealing import CannotOpen, code_for, is_code_for, opened, sealed
from qingshan.disclosure.states import FEEDBACK_FLOW, FeedbackState
from qingshan.disclosure.tests.conftest import AT, KEY, LATER, deliver, finish, send
from qingshan.kernel.flow import IllegalMove
from qingshan.messages import public as messages
from qingshan.tasks import public as tasks

State = FeedbackState
OTHER = "f" * 32

#: Who may make which move: planner 陈 and leader 林 sort and check; 吴's department works and answers.
ALLOWED = {
    "assign": {"lin", "chen"},
    "merge": {"lin", "chen"},
    "dismiss": {"lin", "chen"},
    "restore": {"lin", "chen"},
    "draft": {"lin", "chen", "wu"},
    "send_back": {"lin", "chen"},
    "answer": {"lin", "chen"},
    "reopen": {"lin", "chen"},
}
EVERYBODY = ("lin", "chen", "wu", "zheng", "he", "zhou")
MOVES = [(state, move) for state in State for move in FEEDBACK_FLOW.moves_from(state) if move in ALLOWED]


def _assign(feedback: Any, by: Any) -> Any:
    return actions.assign_feedback(
        feedback=feedback, lead=feedback.page.office, due_on=date(2026, 12, 20), by=by, at=LATER
    )


def _merge(feedback: Any, by: Any) -> Any:
    other = Feedback.objects.exclude(pk=feedback.pk).first() or send(feedback.page, key=OTHER, at=LATER)
    return actions.merge_feedback(feedback=feedback, into=other, by=by, at=LATER)


def _draft(feedback: Any, by: Any) -> Any:
    return actions.draft_answer(feedback=feedback, answer="已清运。", by=by, at=LATER)


CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "assign": _assign,
    "merge": _merge,
    "dismiss": lambda one, by: actions.dismiss_feedback(feedback=one, by=by, at=LATER, note="广告"),
    "restore": lambda one, by: actions.restore_feedback(feedback=one, by=by, at=LATER, note="误判"),
    "draft": _draft,
    "send_back": lambda one, by: actions.send_back_answer(feedback=one, by=by, at=LATER, note="未答到点"),
    "answer": lambda one, by: actions.approve_answer(feedback=one, by=by, at=LATER),
    "reopen": lambda one, by: actions.reopen_answer(feedback=one, by=by, at=LATER, note="日期有误"),
}


@pytest.fixture
def at_state(cast: Any, received: Any) -> Callable[[FeedbackState], Any]:
    """Bring feedback to a state by the moves that lead there."""

    def bring(state: FeedbackState) -> Any:
        one = received
        if state is State.RECEIVED:
            return one
        if state is State.DISMISSED:
            return actions.dismiss_feedback(feedback=one, by=cast.chen, at=AT, note="广告")
        if state is State.MERGED:
            other = send(one.page, key=OTHER)
            return actions.merge_feedback(feedback=one, into=other, by=cast.chen, at=AT)
        one = actions.assign_feedback(
            feedback=one, lead=cast.water, due_on=date(2026, 12, 20), by=cast.chen, at=AT
        )
        if state is State.UNDER_WAY:
            return one
        one = finish(cast, one)
        if state is State.TO_ANSWER:
            return one
        one = actions.draft_answer(feedback=one, answer="已清运。", by=cast.wu, at=AT)
        if state is State.ANSWER_IN_REVIEW:
            return one
        return actions.approve_answer(feedback=one, by=cast.lin, at=AT)

    return bring


class TestEveryMove:
    @pytest.mark.parametrize(("state", "move"), MOVES, ids=str)
    def test_each_of_the_cast_may_or_may_not(
        self, cast: Any, at_state: Any, undone: Any, state: FeedbackState, move: str
    ) -> None:
        pk = at_state(state).pk
        for who in EVERYBODY:
            with undone():
                feedback = Feedback.objects.get(pk=pk)
                if who in ALLOWED[move]:
                    CALLS[move](feedback, getattr(cast, who))
                    assert Feedback.objects.get(pk=pk).phase is FEEDBACK_FLOW.after(state, move)
                else:
                    with pytest.raises(Forbidden):
                        CALLS[move](feedback, getattr(cast, who))
                    assert Feedback.objects.get(pk=pk).phase is state

    @pytest.mark.parametrize("state", list(State))
    def test_what_the_table_does_not_hold_is_refused(
        self, cast: Any, at_state: Any, undone: Any, state: FeedbackState
    ) -> None:
        pk = at_state(state).pk
        for move in sorted({move for move in ALLOWED if (state, move) not in MOVES}):
            with undone(), pytest.raises(IllegalMove):
                CALLS[move](Feedback.objects.get(pk=pk), cast.lin)

    @pytest.mark.parametrize(
        ("state", "move"),
        [
            (State.RECEIVED, "dismiss"),
            (State.DISMISSED, "restore"),
            (State.ANSWER_IN_REVIEW, "send_back"),
            (State.ANSWERED, "reopen"),
        ],
    )
    def test_what_is_against_the_sender_or_the_writer_needs_a_reason(
        self, cast: Any, at_state: Any, state: FeedbackState, move: str
    ) -> None:
        call = {
            "dismiss": actions.dismiss_feedback, "restore": actions.restore_feedback,
            "send_back": actions.send_back_answer, "reopen": actions.reopen_answer,
        }[move]  # fmt: skip
        with pytest.raises(MissingReason):
            call(feedback=at_state(state), by=cast.lin, at=LATER, note=" ")

    def test_who_wrote_the_answer_does_not_approve_it(self, cast: Any, to_answer: Any) -> None:
        drafted = actions.draft_answer(feedback=to_answer, answer="已清运。", by=cast.chen, at=AT)
        with pytest.raises(SecondPerson):
            actions.approve_answer(feedback=drafted, by=cast.chen, at=LATER)
        assert actions.approve_answer(feedback=drafted, by=cast.lin, at=LATER).phase is State.ANSWERED


class TestReceiving:
    def test_the_same_form_twice_is_one(self, published: Any) -> None:
        first, second = send(published.page), send(published.page, at=LATER)
        assert first == second
        assert (Feedback.objects.count(), Attempt.objects.count()) == (1, 1)
        deliver()
        assert tasks.Task.objects.filter(source=tasks.TaskSource.FEEDBACK).count() == 1

    def test_the_same_form_with_other_words_is_said_to_be_new(self, published: Any) -> None:
        send(published.page)
        with pytest.raises(SentBefore, match="F990121-2026-00001"):
            send(published.page, text="另一件事情。")

    def test_numbers_run_on_and_codes_differ(self, published: Any) -> None:
        numbers = [send(published.page, key=key * 32).number for key in "abc"]
        assert [number[-5:] for number in numbers] == ["00001", "00002", "00003"]
        assert len({code_for(key * 32) for key in "abc"}) == 3

    def test_numbers_run_on_past_the_places_they_are_printed_in(self, published: Any) -> None:
        for number, key in (("99999", KEY), ("100000", OTHER)):
            made = send(published.page, key=key)
            Feedback.objects.filter(pk=made.pk).update(number=f"F990121-2026-{number}")
        assert send(published.page, key="e" * 32).number == "F990121-2026-100001"

    def test_a_page_that_is_shut_or_takes_none_takes_nothing(self, cast: Any, published: Any) -> None:
        page = actions.set_up_page(
            plan=published.page.plan, office=cast.bureau, by=cast.chen, at=AT, takes_feedback=False
        )
        with pytest.raises(NotTaken):
            send(page)
        page = actions.set_up_page(plan=page.plan, office=cast.bureau, by=cast.chen, at=AT)
        actions.close_page(page=page, by=cast.lin, at=AT, reason="核对")
        with pytest.raises(NotTaken):
            send(page)

    def test_it_concerns_only_what_is_public(self, published: Any) -> None:
        assert send(published.page, part="indicators", code="A1").concerns == "优良天数比例"
        with pytest.raises(UnknownRecord):
            send(published.page, key=OTHER, part="indicators", code="A9")
        assert Feedback.objects.count() == 1


class TestSlowingDown:
    def test_the_sixth_within_an_hour_from_one_address_waits(self, published: Any) -> None:
        for number in range(5):
            send(published.page, key=f"{number:032x}", at=AT + timedelta(minutes=number))
        with pytest.raises(TooMany) as refused:
            send(published.page, key=OTHER, at=AT + timedelta(minutes=10))
        assert refused.value.until == AT + timedelta(hours=1)
        assert send(published.page, key=OTHER, at=AT + timedelta(minutes=61)).pk

    def test_a_day_has_a_limit_too(self, db: None) -> None:
        most = LIMITS[SENDING][1][0]
        for hour in range(most):
            actions.count_attempt(what=SENDING, address="192.0.2.7", at=AT + timedelta(hours=hour))
        with pytest.raises(TooMany):
            actions.count_attempt(what=SENDING, address="192.0.2.7", at=AT + timedelta(hours=most))

    def test_another_address_and_another_form_are_counted_apart(self, db: None) -> None:
        for _time in range(5):
            actions.count_attempt(what=SENDING, address="192.0.2.7", at=AT)
        actions.count_attempt(what=SENDING, address="192.0.2.8", at=AT)
        actions.count_attempt(what=ASKING, address="192.0.2.7", at=AT)

    def test_no_address_is_kept_and_counts_go_after_a_day(self, db: None) -> None:
        actions.count_attempt(what=SENDING, address="192.0.2.7", at=AT)
        assert "192.0.2.7" not in Attempt.objects.get().sender
        actions.count_attempt(what=SENDING, address="192.0.2.8", at=AT + timedelta(hours=25))
        assert Attempt.objects.count() == 1


class TestTask:
    def test_it_becomes_a_draft_for_who_answers_for_the_record(self, cast: Any, received: Any) -> None:
        task = tasks.task_for(user=cast.chen, code=received.task.code)
        detail = tasks.task_detail(task=task, on=date(2026, 11, 20))
        assert (task.phase, task.source, str(task.source_ref)) == (
            tasks.TaskState.DRAFT, tasks.TaskSource.FEEDBACK, str(received.ref),
        )  # fmt: skip
        assert detail.lead == cast.water
        assert "涉及：污水处理厂扩建" in detail.terms.content

    def test_what_concerns_no_record_goes_to_the_office(self, cast: Any, published: Any) -> None:
        send(published.page)
        deliver()
        task = Feedback.objects.get().task
        assert tasks.task_detail(task=task, on=date(2026, 11, 20)).lead == cast.bureau

    def test_the_task_knows_nothing_of_the_sender(self, received: Any) -> None:
        terms = tasks.task_detail(task=received.task, on=date(2026, 11, 20)).terms
        assert "13900001234" not in f"{terms.title}{terms.content}{received.task.source_by}"

    def test_news_delivered_twice_makes_one_task_and_tells_once(self, cast: Any, received: Any) -> None:
        event = FeedbackReceived(received.pk, received.received_at)
        make_task_of_feedback(event, at=LATER)
        make_task_of_feedback(event, at=LATER)
        assert tasks.Task.objects.count() == 1
        told = [one for one in _told(cast.chen) if one.template == "disclosure.feedback_received"]
        assert len(told) == 1

    def test_assigned_in_the_room_of_tasks_it_follows(self, cast: Any, received: Any) -> None:
        tasks.assign_task(task=received.task, by=cast.lin, at=AT)
        deliver()
        received.refresh_from_db()
        assert received.phase is State.UNDER_WAY

    def test_taken_off_in_the_room_of_tasks_it_comes_back_and_gets_another(
        self, cast: Any, under_way: Any
    ) -> None:
        former = under_way.task
        tasks.cancel_task(task=former, by=cast.lin, at=AT, note="并入他项")
        deliver()
        under_way.refresh_from_db()
        assert under_way.phase is State.RECEIVED
        again = _assign(under_way, cast.chen)
        assert (again.phase, again.task != former) == (State.UNDER_WAY, True)

    def test_opened_again_its_answer_waits_again(self, cast: Any, drafted: Any) -> None:
        tasks.reopen_task(task=drafted.task, by=cast.lin, at=LATER, note="复查发现")
        deliver()
        drafted.refresh_from_db()
        assert drafted.phase is State.UNDER_WAY

    def test_late_news_of_a_step_that_was_taken_back_changes_nothing(self, cast: Any, to_answer: Any) -> None:
        tasks.reopen_task(task=to_answer.task, by=cast.lin, at=LATER, note="复查发现")
        deliver()
        event = tasks.TaskMoved(to_answer.task_id, "close", "in_review", "closed", "", None, AT)
        follow_task(event, at=LATER)
        to_answer.refresh_from_db()
        assert to_answer.phase is State.UNDER_WAY

    def test_dismissed_its_draft_is_dropped_and_restored_it_has_one_again(
        self, cast: Any, received: Any
    ) -> None:
        actions.dismiss_feedback(feedback=received, by=cast.chen, at=AT, note="广告")
        assert received.task.phase is tasks.TaskState.CANCELLED
        back = actions.restore_feedback(feedback=received, by=cast.chen, at=LATER, note="误判")
        assert back.task.phase is tasks.TaskState.DRAFT


def _told(user: Any) -> Any:
    return messages.inbox(user)


class TestMerging:
    def test_the_sender_of_a_merged_one_reads_the_others_answer(self, cast: Any, answered: Any) -> None:
        twin = send(answered.page, key=OTHER, text="河边的垃圾一直没清。")
        actions.merge_feedback(feedback=twin, into=answered, by=cast.chen, at=LATER)
        told = queries.asked(number=twin.number, code=code_for(OTHER))
        assert told is not None
        assert (told.text, told.answer, told.state) == (
            "河边的垃圾一直没清。", "垃圾已清运。", State.ANSWERED,
        )  # fmt: skip

    def test_not_into_itself_nor_into_what_is_merged_or_dismissed(self, cast: Any, received: Any) -> None:
        twin = send(received.page, key=OTHER)
        with pytest.raises(CannotMerge):
            actions.merge_feedback(feedback=twin, into=twin, by=cast.chen, at=LATER)
        actions.dismiss_feedback(feedback=received, by=cast.chen, at=AT, note="广告")
        with pytest.raises(CannotMerge):
            actions.merge_feedback(feedback=twin, into=received, by=cast.chen, at=LATER)

    def test_what_others_were_merged_into_is_not_merged_itself(self, cast: Any, received: Any) -> None:
        twin, third = send(received.page, key=OTHER), send(received.page, key="e" * 32)
        actions.merge_feedback(feedback=twin, into=received, by=cast.chen, at=LATER)
        with pytest.raises(CannotMerge):
            actions.merge_feedback(feedback=received, into=third, by=cast.chen, at=LATER)


class TestAsking:
    def test_before_the_answer_is_approved_nobody_outside_reads_it(self, drafted: Any) -> None:
        told = queries.asked(number=drafted.number, code=code_for(KEY))
        assert told is not None
        assert (told.state, told.answer) == (State.ANSWER_IN_REVIEW, "")

    def test_approved_it_is_read_with_number_and_code(self, answered: Any) -> None:
        told = queries.asked(number=answered.number.lower(), code=code_for(KEY).lower())
        assert told is not None
        assert told.answer == "垃圾已清运。"

    def test_taken_back_to_be_corrected_it_is_not_read(self, cast: Any, answered: Any) -> None:
        actions.reopen_answer(feedback=answered, by=cast.lin, at=LATER, note="日期有误")
        told = queries.asked(number=answered.number, code=code_for(KEY))
        assert told is not None
        assert told.answer == ""
        assert not queries.answered_publicly(answered.page).exists()

    def test_a_dismissed_one_tells_why(self, cast: Any, received: Any) -> None:
        actions.dismiss_feedback(feedback=received, by=cast.chen, at=AT, note="不属本规划")
        told = queries.asked(number=received.number, code=code_for(KEY))
        assert told is not None
        assert told.dismissal == "不属本规划"

    @pytest.mark.parametrize("code", ["", "0000000000", code_for(OTHER)])
    def test_a_wrong_code_and_a_wrong_number_tell_the_same(self, received: Any, code: str) -> None:
        assert queries.asked(number=received.number, code=code) is None
        assert queries.asked(number="F990121-2026-99999", code=code_for(KEY)) is None

    def test_a_code_is_forgiven_spaces_case_and_letters_that_look_like_digits(self) -> None:
        code = code_for(KEY)
        typed = f" {code[:5].lower()}-{code[5:]} ".replace("0", "O").replace("1", "l")
        assert is_code_for(KEY, typed)


class TestSealedSender:
    def test_the_contact_is_nowhere_in_the_database(self, received: Any) -> None:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            for table in tables:
                cursor.execute(f'SELECT * FROM "{table}"')
                assert "13900001234" not in str(cursor.fetchall()), table

    def test_the_planner_opens_it_with_a_reason_and_it_is_audited(self, cast: Any, received: Any) -> None:
        with pytest.raises(MissingReason):
            actions.read_contact(feedback=received, reason=" ", by=cast.chen, at=AT)
        told = actions.read_contact(feedback=received, reason="核实地点", by=cast.chen, at=AT)
        entry = next(one for one in audit.trail(received.ref) if one.action == "disclosure.read_contact")
        assert (told, audit.detail_of(entry)["reason"]) == ("13900001234", "核实地点")

    @pytest.mark.parametrize("who", ["lin", "wu", "zheng", "he", "zhou"])
    def test_nobody_else_does(self, cast: Any, under_way: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            actions.read_contact(feedback=under_way, reason="想知道", by=getattr(cast, who), at=AT)

    def test_sealed_under_another_key_it_stays_shut(self, settings: Any) -> None:
        kept = sealed("13900001234")
        assert opened(kept) == "13900001234"
        settings.SECRET_KEY = "another"
        with pytest.raises(CannotOpen):
            opened(kept)

    def test_nothing_left_is_nothing_sealed(self) -> None:
        assert (sealed(""), opened("")) == ("", "")


class TestWhoSees:
    def test_before_it_is_given_out_who_sorts_sees_it(self, cast: Any, received: Any) -> None:
        seen = {
            name: queries.feedback_for(user=getattr(cast, name)).exists()
            for name in ("lin", "chen", "wu", "zheng", "he", "zhou")
        }
        assert seen == {
            "lin": True, "chen": True, "wu": False, "zheng": False, "he": False, "zhou": False,
        }  # fmt: skip

    def test_given_out_also_who_sees_the_task(self, cast: Any, under_way: Any) -> None:
        seen = {
            name: queries.feedback_for(user=getattr(cast, name)).exists()
            for name in ("lin", "chen", "wu", "zheng", "he", "zhou")
        }
        assert seen == {
            "lin": True, "chen": True, "wu": True, "zheng": False, "he": True, "zhou": False,
        }  # fmt: skip


class TestPublicAnswer:
    def test_it_needs_a_question_in_the_bureaus_words(self, cast: Any, to_answer: Any) -> None:
        with pytest.raises(DisclosureRefusal, match="用本单位的话"):
            actions.draft_answer(feedback=to_answer, answer="已清运。", is_public=True, by=cast.wu, at=AT)
        with pytest.raises(DisclosureRefusal, match="请填写答复"):
            actions.draft_answer(feedback=to_answer, answer=" ", by=cast.wu, at=AT)

    def test_counts_tell_how_much_came_and_how_long_it_took(self, cast: Any, answered: Any) -> None:
        send(answered.page, key=OTHER)
        counts = queries.counts_of(Feedback.objects.all())
        assert (counts.received, counts.answered, counts.under_way, counts.days) == (2, 1, 1, 0)

    def test_every_step_is_kept_with_who_took_it(self, answered: Any) -> None:
        steps = FeedbackMove.objects.filter(feedback=answered).values_list("move", "by__display_name")
        assert list(steps) == [("assign", "陈"), ("finish", None), ("draft", "吴"), ("answer", "林")]
