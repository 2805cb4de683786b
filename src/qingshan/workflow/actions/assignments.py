"""Who has what to do: assigning, ending, handing over a desk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Post
from qingshan.audit import public as audit
from qingshan.jobs import public as jobs
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.workflow.duties import duty_label
from qingshan.workflow.events import DeskHandedOver
from qingshan.workflow.models import Assignment, HandOver


class BadAssignment(ValueError):
    """The assignment asked for cannot be: the words say what was found and what is allowed."""


@transaction.atomic
def assign(
    *,
    about: Ref,
    duty: str,
    from_on: date,
    by: Any,
    at: datetime,
    user: Any = None,
    post: Post | None = None,
    note: str = "",
) -> Assignment:
    """Give something to a person, or to whoever holds a post (分派).

    Parameters
    ----------
    duty : str
        What they have to do with it: the caller's word, such as ``keeper`` or ``reviewer``.
    post : Post
        Preferred over a person: when the holder changes, the duty stays.

    Raises
    ------
    BadAssignment
        Neither or both of person and post, or the same was already assigned to them.
    """
    if (user is None) == (post is None):
        raise BadAssignment(_("一项分派要么给人员，要么给岗位"))
    assignment = Assignment(
        about=str(about),
        duty=duty,
        user=user,
        post=post,
        from_on=from_on,
        assigned_by=by,
        assigned_at=at,
        note=note,
    )
    try:
        with transaction.atomic():
            assignment.save()
    except IntegrityError:
        told = _("“%(duty)s”已经分派给同一人员或岗位；不必重复分派")
        raise BadAssignment(told % {"duty": duty_label(duty)}) from None
    to = f"user {user.pk}" if user is not None else f"post {post.pk if post else ''}"
    audit.record("workflow.assign", about, by=by, at=at, detail={"duty": duty, "to": to, "from_on": from_on})
    return assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, on: date, reason: str, by: Any, at: datetime) -> Assignment:
    """End an assignment (终止分派): from this day on it is no longer theirs.

    Raises
    ------
    BadAssignment
        It has already ended, or would end before it began.
    """
    if on < assignment.from_on:
        told = _("终止日期 %(on)s 早于起始日期 %(from_on)s")
        raise BadAssignment(told % {"on": on, "from_on": assignment.from_on})
    moved = Assignment.objects.filter(pk=assignment.pk, to_on__isnull=True).update(
        to_on=on, end_reason=reason
    )
    if moved != 1:
        raise BadAssignment(_("这项分派已经终止"))
    detail = {"duty": assignment.duty, "on": on, "reason": reason}
    audit.record("workflow.end_assignment", assignment.subject, by=by, at=at, detail=detail)
    assignment.refresh_from_db()
    return assignment


@transaction.atomic
def hand_over(
    *,
    from_user: Any,
    to_user: Any,
    on: date,
    by: Any,
    at: datetime,
    note: str = "",
    only: Collection[int] | None = None,
) -> HandOver:
    """Hand one person's open assignments over to another (工作交接).

    What is assigned to a post is not touched: it goes with the post by itself. What the receiver
    already has in the same duty ends for the giver and is not doubled.

    Parameters
    ----------
    only : collection of int, optional
        Numbers of the assignments that go over; all that are open when it is not given.

    Raises
    ------
    BadAssignment
        Both are the same person, there is nothing to hand over, or one of those named is no longer the
        giver's.
    """
    if from_user.pk == to_user.pk:
        raise BadAssignment(_("移交人和接收人不能是同一人"))
    going = _going(from_user, on, only)
    done = HandOver.objects.create(
        from_user=from_user, to_user=to_user, on=on, count=len(going), note=note, by=by, at=at
    )
    _pass(going, done, reason=_("工作交接：%s") % note if note else _("工作交接"))
    _tell(done)
    return done


def _going(giver: Any, on: date, only: Collection[int] | None) -> list[Assignment]:
    """The open assignments that go over, locked until it is done."""
    mine = Assignment.objects.select_for_update().filter(user=giver, from_on__lte=on, to_on__isnull=True)
    found = list((mine if only is None else mine.filter(pk__in=only)).order_by("pk"))
    if only is not None and len(found) != len(set(only)):
        gone = len(set(only)) - len(found)
        raise BadAssignment(_("所选事项中有 %d 项已不在移交人名下；请重新打开页面，按现状选择") % gone)
    if not found:
        raise BadAssignment(_("截至 %s，移交人名下没有可移交的事项") % on)
    return found


def _pass(going: list[Assignment], done: HandOver, *, reason: str) -> None:
    """End them for the giver and begin them for the receiver, who gets none twice."""
    theirs = set(
        Assignment.objects.filter(user=done.to_user, to_on__isnull=True).values_list("about", "duty")
    )
    Assignment.objects.filter(pk__in=[one.pk for one in going]).update(
        to_on=done.on, end_reason=reason, given_in=done
    )
    Assignment.objects.bulk_create(
        Assignment(
            about=one.about,
            duty=one.duty,
            user=done.to_user,
            from_on=done.on,
            assigned_by=done.by,
            assigned_at=done.at,
            note=one.note,
            hand_over=done,
        )
        for one in going
        if (one.about, one.duty) not in theirs
    )


@transaction.atomic
def undo_hand_over(*, done: HandOver, by: Any, at: datetime, reason: str) -> HandOver:
    """Take a hand-over back (撤销交接): it was a mistake. From today on all is the giver's again.

    The days in between stay as they were; the taking back is a hand-over of its own, and the giver is told.

    Raises
    ------
    BadAssignment
        No reason, it was taken back before, or the receiver has passed something of it on or ended it.
    """
    if not reason.strip():
        raise BadAssignment(_("请写明撤销的理由"))
    if not may_be_undone(done):
        raise BadAssignment(_("这次交接已经撤销，或其中的事项此后又有变动；请另行办理交接"))
    day = max(done.on, beijing_day(at))
    given = list(done.given.order_by("pk"))
    back = HandOver.objects.create(
        from_user=done.to_user, to_user=done.from_user, on=day, count=len(given), note=reason, by=by, at=at,
        undoes=done,
    )  # fmt: skip
    received = Assignment.objects.filter(hand_over=done, to_on__isnull=True)
    received.update(to_on=day, end_reason=_("撤销交接：%s") % reason, given_in=back)
    Assignment.objects.bulk_create(
        Assignment(
            about=one.about, duty=one.duty, user=done.from_user, from_on=day, assigned_by=by, assigned_at=at,
            note=one.note, hand_over=back,
        )
        for one in given
    )  # fmt: skip
    _tell(back)
    return back


def may_be_undone(done: HandOver) -> bool:
    """Whether a hand-over can still be taken back: all that came of it is as it was."""
    if done.undoes_id is not None or HandOver.objects.filter(undoes=done).exists():
        return False
    passed_on = Assignment.objects.filter(hand_over=done, to_on__isnull=False).exists()
    given = set(done.given.values_list("about", "duty"))
    again = Assignment.objects.filter(user=done.from_user, to_on__isnull=True)
    return not passed_on and given.isdisjoint(again.values_list("about", "duty"))


def _tell(done: HandOver) -> None:
    detail = {"from": done.from_user_id, "to": done.to_user_id, "on": done.on, "count": done.count}
    action = "workflow.undo_hand_over" if done.undoes_id else "workflow.hand_over"
    audit.record(action, done.ref, by=done.by, at=done.at, detail=detail | {"note": done.note})
    jobs.announce(
        DeskHandedOver(done.pk, done.from_user_id, done.to_user_id, done.count, done.on), at=done.at
    )
