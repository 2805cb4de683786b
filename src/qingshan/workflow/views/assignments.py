"""What is assigned to whom: to oneself, to a person one manages, and about a record."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, User, users_who_can
from qingshan.areas.public import departments_in, posts_in
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of, page_or_part
from qingshan.workflow import actions, queries
from qingshan.workflow.forms import AssignForm, EndForm
from qingshan.workflow.models import Assignment
from qingshan.workflow.policies import may_manage
from qingshan.workflow.subjects import Subject, described


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show what is assigned to oneself, and for whoever manages people: their desks."""
    own = queries.person_to_see(request.user, request.user.pk)
    if own is None:
        raise Http404
    return _desk(request, own, desks=queries.desks_of(own))


@login_required
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show what is assigned to a person one manages."""
    found = queries.person_to_see(request.user, user_id)
    if found is None:
        raise Http404
    return _desk(request, found)


def _desk(request: HttpRequest, whose: User, desks: list[queries.Desk] | None = None) -> HttpResponse:
    day = as_of(request)
    managed = may_manage(request.user, whose)
    context = {
        "whose": whose,
        "own": whose.pk == request.user.pk,
        "rows": queries.shown_to(request.user, queries.assigned_to(whose, day), day),
        "hand_overs": queries.hand_overs_of(whose),
        "may_hand_over": managed and queries.open_by_name(whose, beijing_day(timezone.now())).exists(),
        "desks": desks or [],
    }
    return page_or_part(request, "workflow/desk", context)


@login_required
def record(request: HttpRequest, about: Ref) -> HttpResponse:
    """Show who has a record's duties, and who had them when."""
    subject = _seen(request, about)
    context = {
        "about": about,
        "subject": subject,
        "rows": [queries.Shown(one, subject) for one in queries.assignments_of(about)],
        "holders": queries.holders(about, as_of(request)),
    }
    return page_or_part(request, "workflow/record", context)


@login_required
def assign_record(request: HttpRequest, about: Ref) -> HttpResponse:
    """Give a record to a person or a post."""
    subject = _assignable(request, about)
    today = beijing_day(timezone.now())
    form = AssignForm(
        request.POST or None,
        people=users_who_can("plans.view", district_id=subject.district_id),
        posts=[post for one in departments_in(subject.district_id, today) for post in posts_in(one)],
        initial={"from_on": today},
    )

    def act(data: Any) -> Any:
        return actions.assign(
            about=about,
            duty=data["duty"],
            from_on=data["from_on"],
            note=data["note"],
            by=request.user,
            at=timezone.now(),
            **form.holder(),
        )

    return _answered(request, form, act, about, subject, _("分派到人"), _("已分派。"))


@login_required
def end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """End an assignment from a day on."""
    held = Assignment.objects.filter(pk=assignment_id, to_on__isnull=True).first()
    if held is None:
        raise Http404
    subject = _assignable(request, held.subject)
    form = EndForm(request.POST or None, initial={"on": beijing_day(timezone.now())})

    def act(data: Any) -> Any:
        return actions.end_assignment(assignment=held, by=request.user, at=timezone.now(), **data)

    return _answered(request, form, act, held.subject, subject, _("终止分派"), _("分派已终止。"))


def _seen(request: HttpRequest, about: Ref) -> Subject:
    subject = described(request.user, [about], as_of(request)).get(about)
    if subject is None:
        raise Http404
    return subject


def _assignable(request: HttpRequest, about: Ref) -> Subject:
    subject = _seen(request, about)
    if not subject.may_assign:
        raise Forbidden("plans.edit", subject.name)
    return subject


def _answered(
    request: HttpRequest, form: Any, act: Any, about: Ref, subject: Subject, title: str, said: str
) -> HttpResponse:
    back = reverse("workflow:record", args=[about])
    return answer_form(
        request,
        form,
        act,
        template="workflow/form",
        context={"title": title, "subtitle": f"{subject.kind} · {subject.name}", "cancel": back},
        done=back,
        said=said,
        refusals=(actions.BadAssignment,),
    )
