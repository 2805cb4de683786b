"""Reading the calendar, who has what to do, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from qingshan.accounts.public import User
from qingshan.areas import public as areas
from qingshan.kernel.refs import Ref
from qingshan.workflow.calendar_files import bundled, read_arrangement
from qingshan.workflow.models import Assignment, CalendarYear, Deadline, HandOver
from qingshan.workflow.states import DeadlineState
from qingshan.workflow.working_days import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """Return the calendar in force: for each year the latest loaded edition, else the bundled file."""
    loaded = CalendarYear.objects.order_by("year", "edition").values_list("text", flat=True)
    return WorkingCalendar([*bundled(), *(read_arrangement(text) for text in loaded)])


def editions(year: int) -> list[CalendarYear]:
    """Return what was loaded here for a year, newest first; the bundled file is not among it."""
    found = CalendarYear.objects.filter(year=year).select_related("loaded_by")
    return list(found.order_by("-edition"))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has a duty on a day, themselves or through a post."""

    user: User
    duty: str
    post: areas.Post | None = None


def _in_force(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gt=on))


def holders(about: Ref, on: date) -> tuple[Holder, ...]:
    """Return who has a record's duties on a day; posts are answered by who holds them that day.

    A post nobody holds answers with nobody: the caller shows the assignment itself instead.
    """
    found: list[Holder] = []
    for one in assignments_of(about).filter(_in_force(on)):
        if one.user is not None:
            found.append(Holder(one.user, one.duty))
        elif one.post is not None:
            found += [Holder(held.user, one.duty, one.post) for held in areas.holders_of(one.post, on)]
    return tuple(found)


def assignments_of(about: Ref) -> QuerySet[Assignment]:
    """Return everything a record was ever assigned to, oldest first."""
    found = Assignment.objects.filter(about=str(about)).order_by("from_on", "pk")
    return found.select_related("user", "post", "hand_over", "assigned_by")


def assigned_to(user: Any, on: date) -> QuerySet[Assignment]:
    """Return what a person has to do on a day, by name or by post."""
    posts = areas.posts_of(user, on)
    found = Assignment.objects.filter(_in_force(on)).filter(Q(user=user) | Q(post__in=posts))
    return found.select_related("post").order_by("about", "pk")


def hand_overs_of(user: Any) -> QuerySet[HandOver]:
    """Return the hand-overs a person gave or received, newest first."""
    found = HandOver.objects.filter(Q(from_user=user) | Q(to_user=user))
    return found.select_related("from_user", "to_user").order_by("-on", "-pk")


def deadlines_of(about: Ref) -> QuerySet[Deadline]:
    """Return a record's deadlines with their changes, earliest due first."""
    found = Deadline.objects.filter(about=str(about)).prefetch_related("changes__by")
    return found.order_by("due_on", "pk")


def running_deadlines(*, due_until: date) -> QuerySet[Deadline]:
    """Return the running deadlines due on or before a day, earliest first; the passed ones are among them."""
    return Deadline.objects.filter(state=DeadlineState.RUNNING, due_on__lte=due_until).order_by(
        "due_on", "pk"
    )
