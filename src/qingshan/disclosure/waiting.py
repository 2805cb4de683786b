"""What the public side wants of a person: editions to approve, feedback to sort and answer (公开待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.disclosure import policies
from qingshan.disclosure.models import Edition
from qingshan.disclosure.queries.feedback import feedback_for
from qingshan.disclosure.states import EditionState, FeedbackState
from qingshan.pages.public import Waiting
from qingshan.plans.public import head_of

__all__ = ["waiting"]


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return editions that somebody else prepared, and feedback by what is to be done with it."""
    prepared = Edition.objects.filter(state=EditionState.TO_APPROVE).select_related("page__plan")
    for edition in prepared:
        if policies.may(user, "approve", edition.page):
            name = head_of(plan=edition.page.plan, on=edition.as_of)["short_name"]
            url = reverse("disclosure:preview", args=[edition.pk])
            yield Waiting(_("审定公开内容：%s") % name, url)
    found = list(feedback_for(user=user).filter(state__in=_ASKED))
    for state, (verb, label) in _ASKED.items():
        rows = [one for one in found if one.phase is state and policies.may(user, verb, one.page)]
        yield Waiting(str(label), reverse("disclosure:feedback_list"), len(rows))


_ASKED = {
    FeedbackState.RECEIVED: ("triage", gettext_lazy("受理公众反馈")),
    FeedbackState.ANSWER_IN_REVIEW: ("check", gettext_lazy("审核公众反馈的答复")),
}
