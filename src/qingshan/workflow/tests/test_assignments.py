"""Who has what to do, and since when."""

from datetime import date

import pytest

from qingshan.areas import public as areas
from qingshan.jobs.models import OutboxEvent
from qingshan.kernel.refs import Ref
from qingshan.workflow.actions import BadAssignment, assign, end_assignment, hand_over, undo_hand_over
from qingshan.workflow.queries import assigned_to, assignments_of, hand_overs_of, holders

pytestmark = pytest.mark.django_db
JAN, JUN, DEC = date(2026, 1, 5), date(2026, 6, 1), date(2026, 12, 1)


@pytest.fixture
def give(at, cast):
    def give(about, duty="keeper", from_on=JAN, **to):
        return assign(about=about, duty=duty, from_on=from_on, by=cast.lin, at=at, **to)

    return give


class TestAssigning:
    def test_a_person_has_it_from_the_day_on(self, give, measure, cast):
        give(measure, user=cast.chen)
        assert holders(measure, date(2026, 1, 4)) == ()
        assert [(held.user, held.duty) for held in holders(measure, JAN)] == [(cast.chen, "keeper")]
        assert not assigned_to(cast.zhou, JAN).exists()

    def test_what_a_post_has_goes_with_the_post(self, give, measure, cast, post, at):
        held = areas.appoint(user=cast.chen, post=post, from_on=JAN, by=cast.lin, at=at)
        areas.leave(holding=held, on=JUN, by=cast.lin, at=at)
        areas.appoint(user=cast.lin, post=post, from_on=JUN, by=cast.lin, at=at)
        give(measure, post=post)
        assert [held.user for held in holders(measure, date(2026, 5, 31))] == [cast.chen]
        assert [held.user for held in holders(measure, JUN)] == [cast.lin]
        assert assigned_to(cast.lin, JUN).count() == 1
        assert assigned_to(cast.chen, JUN).count() == 0

    def test_an_empty_post_answers_with_nobody_but_the_assignment_shows(self, give, measure, post):
        give(measure, post=post)
        assert holders(measure, JAN) == ()
        assert assignments_of(measure).get().post == post

    def test_to_both_or_to_nobody_is_refused(self, give, measure, cast, post):
        with pytest.raises(BadAssignment):
            give(measure)
        with pytest.raises(BadAssignment):
            give(measure, user=cast.chen, post=post)

    def test_the_same_twice_is_refused(self, give, measure, cast):
        give(measure, user=cast.chen)
        with pytest.raises(BadAssignment, match="已经分派"):
            give(measure, user=cast.chen)
        give(measure, duty="reviewer", user=cast.chen)

    def test_an_ended_assignment_stays_in_the_history(self, give, measure, cast, at):
        given = give(measure, user=cast.chen)
        end_assignment(assignment=given, on=JUN, reason="岗位调整", by=cast.lin, at=at)
        assert [held.user for held in holders(measure, date(2026, 5, 31))] == [cast.chen]
        assert holders(measure, JUN) == ()
        assert assignments_of(measure).get().end_reason == "岗位调整"
        with pytest.raises(BadAssignment):
            end_assignment(assignment=given, on=DEC, reason="", by=cast.lin, at=at)

    def test_it_cannot_end_before_it_began(self, give, measure, cast, at):
        with pytest.raises(BadAssignment, match="早于起始日期"):
            end_assignment(
                assignment=give(measure, user=cast.chen), on=date(2025, 1, 1), reason="", by=None, at=at
            )


class TestHandingOver:
    def test_all_that_is_open_goes_to_the_other_and_the_past_stays(self, give, measure, cast, at):
        other = Ref("plans", "project", "3")
        give(measure, user=cast.chen)
        give(other, duty="reviewer", user=cast.chen)
        done = hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at, note="轮岗")
        assert done.count == 2
        assert [held.user for held in holders(measure, date(2026, 5, 31))] == [cast.chen]
        assert [held.user for held in holders(other, JUN)] == [cast.lin]
        assert list(hand_overs_of(cast.chen)) == [done]
        assert OutboxEvent.objects.get().name == "workflow.DeskHandedOver"

    def test_what_the_receiver_already_has_is_not_doubled(self, give, measure, cast, at):
        give(measure, user=cast.chen)
        give(measure, user=cast.lin)
        hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at)
        assert [held.user for held in holders(measure, JUN)] == [cast.lin]

    def test_what_belongs_to_a_post_stays_with_it(self, give, measure, cast, post, at):
        areas.appoint(user=cast.chen, post=post, from_on=JAN, by=cast.lin, at=at)
        give(measure, post=post)
        with pytest.raises(BadAssignment, match="没有可移交的事项"):
            hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at)

    def test_to_oneself_is_refused(self, cast, at):
        with pytest.raises(BadAssignment, match="不能是同一人"):
            hand_over(from_user=cast.chen, to_user=cast.chen, on=JUN, by=cast.lin, at=at)

    def test_only_what_is_chosen_goes(self, give, measure, cast, at):
        other = Ref("plans", "project", "3")
        kept, going = give(other, user=cast.chen), give(measure, user=cast.chen)
        done = hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at, only=[going.pk])
        assert (done.count, [one.pk for one in done.given.all()]) == (1, [going.pk])
        assert [one.pk for one in assigned_to(cast.chen, JUN)] == [kept.pk]

    def test_what_another_has_handed_over_meanwhile_is_refused(self, give, measure, cast, at):
        going = give(measure, user=cast.chen)
        given = {"from_user": cast.chen, "on": JUN, "by": cast.lin, "at": at, "only": [going.pk]}
        hand_over(to_user=cast.lin, **given)
        with pytest.raises(BadAssignment, match="1 项已不在移交人名下"):
            hand_over(to_user=cast.zhou, **given)


class TestTakingAHandOverBack:
    def test_all_is_the_givers_again_and_the_days_between_stay(self, give, measure, cast, at):
        give(measure, user=cast.chen)
        done = hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at)
        back = undo_hand_over(done=done, by=cast.lin, at=at, reason="名字选错")
        assert (back.undoes, back.on, back.count) == (done, date(2026, 11, 21), 1)
        assert [held.user for held in holders(measure, JUN)] == [cast.lin]
        assert [held.user for held in holders(measure, date(2026, 11, 21))] == [cast.chen]
        assert [event.name for event in OutboxEvent.objects.all()] == ["workflow.DeskHandedOver"] * 2

    def test_what_the_receiver_had_before_stays_theirs(self, give, measure, cast, at):
        give(measure, user=cast.chen)
        give(measure, user=cast.lin)
        done = hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at)
        undo_hand_over(done=done, by=cast.lin, at=at, reason="名字选错")
        assert {held.user for held in holders(measure, DEC)} == {cast.chen, cast.lin}

    def test_what_has_been_passed_on_is_not_taken_back(self, give, measure, cast, at):
        give(measure, user=cast.chen)
        done = hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at)
        hand_over(from_user=cast.lin, to_user=cast.zhou, on=DEC, by=cast.lin, at=at)
        with pytest.raises(BadAssignment, match="又有变动"):
            undo_hand_over(done=done, by=cast.lin, at=at, reason="名字选错")

    def test_it_is_taken_back_once_and_with_a_reason(self, give, measure, cast, at):
        give(measure, user=cast.chen)
        done = hand_over(from_user=cast.chen, to_user=cast.lin, on=JUN, by=cast.lin, at=at)
        with pytest.raises(BadAssignment, match="理由"):
            undo_hand_over(done=done, by=cast.lin, at=at, reason=" ")
        back = undo_hand_over(done=done, by=cast.lin, at=at, reason="名字选错")
        for again in (done, back):
            with pytest.raises(BadAssignment, match="已经撤销"):
                undo_hand_over(done=again, by=cast.lin, at=at, reason="再来")
