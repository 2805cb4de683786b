"""Reading the calendar, who has what to do, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from qingshan.accounts.public import User, users_who_can
from qingshan.areas import public as areas
from qingshan.kernel.refs import Ref
from qingshan.workflow.calendar_files import bundled, read_arrangement
from qingshan.workflow.duties import duty_label
from qingshan.workflow.models import Assignment, CalendarYear, Deadline, HandOver
from qingshan.workflow.policies import district_of, may_manage
from qingshan.workflow.states import DeadlineState
from qingshan.workflow.subjects import Subject, described
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
    return holders_of_each([about], on)[about]


def holders_of_each(abouts: Iterable[Ref], on: date) -> dict[Ref, tuple[Holder, ...]]:
    """Return the `holders` of several records, asked for at once."""
    found: dict[Ref, list[Holder]] = {about: [] for about in abouts}
    held = Assignment.objects.filter(_in_force(on), about__in=[str(about) for about in found])
    for one in held.select_related("user", "post").order_by("from_on", "pk"):
        if one.user is not None:
            found[one.subject].append(Holder(one.user, one.duty))
        elif one.post is not None:
            people = areas.holders_of(one.post, on)
            found[one.subject] += [Holder(each.user, one.duty, one.post) for each in people]
    return {about: tuple(people) for about, people in found.items()}


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


@dataclass(frozen=True, slots=True)
class Shown:
    """An assignment beside what it is about; ``subject`` is None where the reader may not see the record."""

    assignment: Assignment
    subject: Subject | None

    @property
    def duty(self) -> str:
        """The duty in words."""
        return duty_label(self.assignment.duty)

    @property
    def in_words(self) -> str:
        """What it is about and the duty, in one line."""
        what = "" if self.subject is None else f"{self.subject.kind} · {self.subject.name}"
        return _("%(what)s（%(duty)s）") % {"what": what, "duty": self.duty}


def shown_to(reader: Any, assignments: Iterable[Assignment], on: date) -> list[Shown]:
    """Return assignments with what they are about, as far as the reader sees it."""
    given = list(assignments)
    known = described(reader, {one.subject for one in given}, on)
    return [Shown(one, known.get(one.subject)) for one in given]


def open_by_name(person: Any, on: date) -> QuerySet[Assignment]:
    """Return what a person has on a day by name, not by post, and has not given away."""
    found = Assignment.objects.filter(user=person, from_on__lte=on, to_on__isnull=True)
    return found.order_by("about", "pk")


@dataclass(frozen=True, slots=True)
class Desk:
    """A person somebody manages, and how much is assigned to them by name."""

    person: User
    count: int


def desks_of(manager: Any) -> list[Desk]:
    """Return whom somebody manages of those who have something by name, the fullest desk first."""
    counts = dict(
        Assignment.objects.filter(user__isnull=False, to_on__isnull=True)
        .values_list("user_id")
        .annotate(count=Count("pk"))
    )
    people = User.objects.filter(pk__in=counts).select_related("department", "district")
    found = [Desk(one, counts[one.pk]) for one in people if may_manage(manager, one)]
    return sorted(found, key=lambda desk: (-desk.count, str(desk.person)))


def person_to_see(user: Any, key: int | None) -> User | None:
    """Return a person whose assignments somebody may see: oneself, or whom they manage."""
    person = User.objects.filter(pk=key or 0).select_related("department", "district").first()
    return person if person is not None and (person.pk == user.pk or may_manage(user, person)) else None


def receivers_for(person: User) -> list[User]:
    """Return who may take over from a person: whoever works with the plans of the same district, but them."""
    found = users_who_can("plans.view", district_id=district_of(person))
    return [one for one in found if one.pk != person.pk and one.is_simulated == person.is_simulated]


def hand_over_to_see(user: Any, key: int) -> HandOver | None:
    """Return a hand-over that somebody gave, received or manages."""
    people = "from_user__department", "to_user__department", "by", "undoes__from_user", "undoes__to_user"
    done = HandOver.objects.filter(pk=key).select_related(*people).first()
    if done is None:
        return None
    own = user.pk in (done.from_user_id, done.to_user_id)
    return done if own or may_manage(user, done.from_user) or may_manage(user, done.to_user) else None
