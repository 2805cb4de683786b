"""Writing the answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.disclosure import actions, policies, queries
from qingshan.disclosure.forms.feedback import AnswerForm
from qingshan.disclosure.models import Feedback
from qingshan.disclosure.states import FEEDBACK_FLOW
from qingshan.disclosure.views.sorting import REFUSALS
from qingshan.pages.public import answer_form


@needs("tasks.view")
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Write the answer, or write it anew after it came back."""
    found = queries.feedback_of(user=request.user, number=number)
    policies.require_answer(request.user, found)
    if request.method != "POST" and not FEEDBACK_FLOW.allows(found.phase, "draft"):
        raise Http404
    held = {name: getattr(found, name) for name in ("answer", "is_public", "public_question")}
    here = reverse("disclosure:feedback", args=[number])

    def act(data: Any) -> Feedback:
        return actions.draft_answer(feedback=found, by=request.user, at=timezone.now(), **data)

    return answer_form(
        request, AnswerForm(request.POST or None, initial=held), act, template="disclosure/feedback_form",
        context={
            "feedback": found, "simulated": found.page.plan.simulated, "cancel": here,
            "title": FEEDBACK_FLOW.label("draft"), "submit": _("提交审核"), "draft": "answer",
        },
        done=here, said=_("答复已提交审核。"), refusals=REFUSALS,
    )  # fmt: skip
