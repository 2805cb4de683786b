"""Who has what to do: assigning, ending, handing over a desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from qingshan.areas.public import Post
from qingshan.audit import public as audit
from qingshan.jobs import public as jobs
from qingshan.kernel.refs import Ref
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
        raise BadAssignment("一项分派要么给人员，要么给岗位")
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
        raise BadAssignment(f"{about} 的“{duty}”已经分派给同一{'人员' if user else '岗位'}") from None
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
        raise BadAssignment(f"终止日期 {on} 早于起始日期 {assignment.from_on}")
    moved = Assignment.objects.filter(pk=assignment.pk, to_on__isnull=True).update(
        to_on=on, end_reason=reason
    )
    if moved != 1:
        raise BadAssignment("这项分派已经终止")
    detail = {"duty": assignment.duty, "on": on, "reason": reason}
    audit.record("workflow.end_assignment", assignment.subject, by=by, at=at, detail=detail)
    assignment.refresh_from_db()
    return assignment


@transaction.atomic
def hand_over(*, from_user: Any, to_user: Any, on: date, by: Any, at: datetime, note: str = "") -> HandOver:
    """Hand one person's open assignments over to another (工作交接).

    What is assigned to a post is not touched: it goes with the post by itself. What the receiver
    already has in the same duty ends for the giver and is not doubled.

    Raises
    ------
    BadAssignment
        Both are the same person, or there is nothing to hand over.
    """
    if from_user.pk == to_user.pk:
        raise BadAssignment("移交人和接收人不能是同一人")
    mine = Q(user=from_user, from_on__lte=on, to_on__isnull=True)
    open_ones = list(Assignment.objects.select_for_update().filter(mine).order_by("pk"))
    if not open_ones:
        raise BadAssignment(f"截至 {on}，移交人名下没有可移交的事项")
    done = HandOver.objects.create(
        from_user=from_user, to_user=to_user, on=on, count=len(open_ones), note=note, by=by, at=at
    )
    theirs = set(Assignment.objects.filter(user=to_user, to_on__isnull=True).values_list("about", "duty"))
    Assignment.objects.bulk_create(
        Assignment(
            about=one.about,
            duty=one.duty,
            user=to_user,
            from_on=on,
            assigned_by=by,
            assigned_at=at,
            note=one.note,
            hand_over=done,
        )
        for one in open_ones
        if (one.about, one.duty) not in theirs
    )
    Assignment.objects.filter(pk__in=[one.pk for one in open_ones]).update(
        to_on=on, end_reason=f"工作交接：{note}" if note else "工作交接"
    )
    audit.record(
        "workflow.hand_over",
        done.ref,
        by=by,
        at=at,
        detail={"from": from_user.pk, "to": to_user.pk, "on": on, "count": done.count},
    )
    jobs.announce(DeskHandedOver(done.pk, from_user.pk, to_user.pk, done.count, on), at=at)
    return done
