"""The desk: which plans have a public page, one page with its editions and what the ledger says by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.disclosure import actions, policies, queries
from qingshan.disclosure.errors import DisclosureRefusal
from qingshan.disclosure.forms.desk import SettingsForm
from qingshan.disclosure.models import PublicPage
from qingshan.disclosure.states import FeedbackState
from qingshan.disclosure.views.frame import doors_of_page, place_of
from qingshan.pages.public import NoteForm, ReasonForm, answer_form, as_of, page_or_part, today

_CLOSED_FEEDBACK = (FeedbackState.ANSWERED, FeedbackState.MERGED, FeedbackState.DISMISSED)


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponse:
    """The plans one sees, how far each is public, and the feedback that is open."""
    rows = queries.desk_rows(user=request.user, on=as_of(request))
    feedback = queries.feedback_for(user=request.user).exclude(state__in=_CLOSED_FEEDBACK)
    context = {
        "rows": rows,
        "sees_feedback": can(request.user, "tasks.view"),
        "open_feedback": feedback.count(),
    }
    return page_or_part(request, "disclosure/desk", context)


@needs("plans.edit", "plans.approve")
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One plan's public page from inside."""
    place = place_of(request, code)
    found = place.page
    current = queries.current_edition(found) if found else None
    in_work = queries.edition_in_work(found) if found else None
    context = place.frame(
        current=current,
        in_work=in_work,
        updates=queries.updates_of(current, today()) if current else [],
        editions=queries.every_edition(found) if found else [],
        doors=doors_of_page(place, in_work, can_open=current is not None),
        public_url=reverse("disclosure:plan", args=[code]),
    )
    return page_or_part(request, "disclosure/page", context)


@needs("plans.edit")
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """Set a page up, or change who takes in feedback."""
    place = place_of(request, code)
    policies.require(request.user, "prepare", place.page or PublicPage(plan=place.plan))
    own = getattr(request.user, "department_id", None)
    held = {"office": place.page.office_id, "takes_feedback": place.page.takes_feedback} if place.page else {}
    form = SettingsForm(
        request.POST or None, district_id=place.plan.district_id, on=today(),
        initial={"office": own, "takes_feedback": True, **held},
    )  # fmt: skip
    return answer_form(
        request,
        form,
        lambda data: actions.set_up_page(
            plan=place.plan, office=form.departments[data["office"]], takes_feedback=data["takes_feedback"],
            by=request.user, at=timezone.now(),
        ),
        template="disclosure/form",
        context=place.frame(title=_("公开页设置")),
        done=reverse("disclosure:page", args=[code]),
        said=_("设置已保存。"),
        refusals=(DisclosureRefusal,),
    )  # fmt: skip


@needs("plans.edit", "plans.approve")
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Switch a page on or off."""
    place = place_of(request, code)
    found = place.page
    if found is None:
        raise queries.NoSuchPage(code)
    if not found.is_open:
        policies.require(request.user, "approve", found)
    title = _("关闭公开页") if found.is_open else _("开放公开页")
    said = _("公开页已关闭，公众不再能看到任何一版。") if found.is_open else _("公开页已开放。")
    form: type[forms.Form] = ReasonForm if found.is_open else NoteForm

    def act(data: Mapping[str, Any]) -> PublicPage:
        now = timezone.now()
        if found.is_open:
            return actions.close_page(page=found, by=request.user, at=now, reason=data["note"])
        return actions.open_page(page=found, by=request.user, at=now)

    return answer_form(
        request, form(request.POST if request.method == "POST" else None), act, template="disclosure/form",
        context=place.frame(title=title, submit=title),
        done=reverse("disclosure:page", args=[code]), said=said, refusals=(DisclosureRefusal,),
    )  # fmt: skip
