"""Deadlines: set, extended, met, reminded of."""

from datetime import date, timedelta

import pytest

from qingshan.jobs.models import OutboxEvent
from qingshan.jobs.public import Progress
from qingshan.kernel.flow import IllegalMove
from qingshan.workflow.actions import (
    BadDeadline,
    StaleDeadline,
    end_deadline,
    extend_deadline,
    set_deadline,
)
from qingshan.workflow.background import announce_deadlines
from qingshan.workflow.models import Deadline
from qingshan.workflow.queries import deadlines_of, running_deadlines, working_calendar
from qingshan.workflow.states import DeadlineState
from qingshan.workflow.terms import Term
from qingshan.workflow.working_days import YearNotLoaded

pytestmark = pytest.mark.django_db
START = date(2026, 11, 9)


@pytest.fixture
def deadline(measure, at, cast):
    """Ten working days from Monday, 9 November 2026: due on Monday, 23 November."""
    return set_deadline(
        about=measure,
        name="报送进展",
        starts_on=START,
        term=Term.read("10个工作日"),
        calendar=working_calendar(),
        by=cast.lin,
        at=at,
    )


class TestSetting:
    def test_the_day_follows_from_the_term(self, deadline):
        assert (deadline.due_on, str(deadline.term)) == (date(2026, 11, 23), "10个工作日")

    def test_a_term_over_a_year_not_loaded_sets_nothing(self, measure, at):
        with pytest.raises(YearNotLoaded):
            set_deadline(
                about=measure,
                name="年报",
                starts_on=START,
                term=Term.read("3个月"),
                calendar=working_calendar(),
                by=None,
                at=at,
            )
        assert not Deadline.objects.exists()

    @pytest.mark.parametrize("given", [{}, {"term": Term.read("3日"), "due_on": START}])
    def test_either_a_term_or_a_day_is_needed(self, given, measure, at):
        with pytest.raises(BadDeadline):
            set_deadline(about=measure, name="x", starts_on=START, by=None, at=at, **given)

    def test_a_day_before_the_beginning_is_refused(self, measure, at):
        with pytest.raises(BadDeadline, match="早于起算日"):
            set_deadline(
                about=measure, name="x", starts_on=START, due_on=START - timedelta(1), by=None, at=at
            )

    def test_a_second_of_the_same_name_waits_for_the_first_to_end(self, deadline, measure, at):
        given = {"about": measure, "name": "报送进展", "starts_on": START, "due_on": START, "by": None}
        with pytest.raises(BadDeadline, match="已有计时中"):
            set_deadline(at=at, **given)
        end_deadline(deadline=deadline, move="lift", on=START, by=None, at=at)
        set_deadline(at=at, **given)
        assert deadlines_of(measure).count() == 2


class TestChanging:
    def test_an_extension_keeps_the_day_before_it_and_the_reason(self, deadline, cast, at):
        extend_deadline(
            deadline=deadline, due_on=date(2026, 12, 1), reason="等待省级数据", by=cast.lin, at=at
        )
        (change,) = deadline.changes.all()
        assert (change.before, change.after, change.by) == (
            date(2026, 11, 23),
            date(2026, 12, 1),
            cast.lin,
        )
        assert deadline.due_on == date(2026, 12, 1)
        assert deadline.term is None

    @pytest.mark.parametrize(("day", "reason"), [(23, "理由"), (22, "理由"), (30, "  ")])
    def test_an_extension_goes_forward_and_says_why(self, deadline, at, day, reason):
        with pytest.raises(BadDeadline):
            extend_deadline(deadline=deadline, due_on=date(2026, 11, day), reason=reason, by=None, at=at)

    def test_two_people_extending_the_same_reading_do_not_both_succeed(self, deadline, at):
        other = Deadline.objects.get(pk=deadline.pk)
        extend_deadline(deadline=deadline, due_on=date(2026, 12, 1), reason="甲", by=None, at=at)
        with pytest.raises(StaleDeadline):
            extend_deadline(deadline=other, due_on=date(2026, 12, 9), reason="乙", by=None, at=at)

    def test_a_met_deadline_can_be_reopened_and_a_lifted_one_cannot(self, deadline, at):
        given = {"on": START, "by": None, "at": at}
        met = end_deadline(deadline=deadline, move="meet", **given)
        assert (met.state, met.ended_on) == (DeadlineState.MET, START)
        assert not met.is_overdue(date(2027, 1, 1))
        again = end_deadline(deadline=met, move="reopen", **given)
        assert (again.state, again.ended_on) == (DeadlineState.RUNNING, None)
        lifted = end_deadline(deadline=again, move="lift", **given)
        with pytest.raises(IllegalMove):
            end_deadline(deadline=lifted, move="reopen", **given)

    def test_it_is_overdue_from_the_day_after(self, deadline):
        assert not deadline.is_overdue(date(2026, 11, 23))
        assert deadline.is_overdue(date(2026, 11, 24))


class TestReminding:
    def tell(self, on, at):
        return announce_deadlines(on=on, at=at, progress=Progress())

    def test_word_goes_out_three_working_days_before_and_once(self, deadline, at):
        assert self.tell(date(2026, 11, 17), at) == {"near": 0, "passed": 0}
        assert self.tell(date(2026, 11, 18), at) == {"near": 1, "passed": 0}
        assert self.tell(date(2026, 11, 19), at) == {"near": 0, "passed": 0}
        event = OutboxEvent.objects.get()
        assert event.name == "workflow.DeadlineNear"
        assert event.payload["working_days_left"] == 3

    def test_word_goes_out_once_when_it_has_passed(self, deadline, at):
        assert self.tell(date(2026, 11, 24), at) == {"near": 0, "passed": 1}
        assert self.tell(date(2026, 11, 25), at) == {"near": 0, "passed": 0}

    def test_an_extended_deadline_is_news_again(self, deadline, at):
        self.tell(date(2026, 11, 24), at)
        extend_deadline(deadline=deadline, due_on=date(2026, 11, 26), reason="补充", by=None, at=at)
        assert self.tell(date(2026, 11, 25), at) == {"near": 1, "passed": 0}
        assert self.tell(date(2026, 11, 27), at) == {"near": 0, "passed": 1}

    def test_a_met_deadline_is_quiet(self, deadline, at):
        end_deadline(deadline=deadline, move="meet", on=START, by=None, at=at)
        assert self.tell(date(2026, 11, 30), at) == {"near": 0, "passed": 0}

    def test_near_the_end_of_the_last_loaded_year_the_count_is_marked_as_estimated(self, measure, at):
        set_deadline(about=measure, name="年报", starts_on=START, due_on=date(2027, 1, 1), by=None, at=at)
        self.tell(date(2026, 12, 30), at)
        assert OutboxEvent.objects.get().payload["estimated"] is True

    def test_the_list_of_running_deadlines_begins_with_the_most_urgent(self, deadline, measure, at):
        set_deadline(about=measure, name="另一件", starts_on=START, due_on=START, by=None, at=at)
        names = [one.name for one in running_deadlines(due_until=date(2026, 12, 31))]
        assert names == ["另一件", "报送进展"]
