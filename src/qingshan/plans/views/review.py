"""What waits for a second person, sifted and paged, and the decision on each entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.pages.public import AlreadySubmitted, as_of, new_token, once, page_or_part
from qingshan.plans import actions
from qingshan.plans.forms.review import ReviewFilter
from qingshan.plans.forms.values import SendBackForm
from qingshan.plans.queries import entries
from qingshan.plans.queries import review as waiting
from qingshan.plans.views.refusals import REFUSED, refusal_in_words

#: Entries on a page: each has a form of its own, so fewer than in a list.
PER_PAGE = 20


@needs("values.approve", "plans.approve", "plans.edit")
def review(request: HttpRequest) -> HttpResponse:
    """List what waits for this person's decision, over all plans, and let it be decided there."""
    day = as_of(request)
    form = ReviewFilter(request.GET, offered=waiting.offered(user=request.user, on=day))
    found = waiting.waiting_for(user=request.user, **form.sought())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": waiting.rows_of(page.object_list, day),
        "page": page,
        "shown_pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "filters": form,
        "filtered": form.narrows,
        "once": new_token(),
    }
    return page_or_part(request, "plans/review", context)


#: Kind in the address -> the name of the action's argument, what approves and what sends back.
_DECISIONS: dict[str, tuple[str, Callable[..., Any], Callable[..., Any]]] = {
    "value": ("value", actions.approve_value, actions.send_back_value),
    "report": ("report", actions.approve_report, actions.send_back_report),
    "not-evaluable": ("statement", actions.approve_not_evaluable, actions.send_back_not_evaluable),
    "rebaselining": ("proposal", actions.approve_rebaselining, actions.send_back_rebaselining),
    "adjustment": ("proposal", actions.approve_adjustment, actions.send_back_adjustment),
}


@require_POST
@needs("values.approve", "plans.approve", "plans.edit")
def decide(request: HttpRequest, kind: str, key: int, decision: str) -> HttpResponse:
    """Approve an entry, or send it back with a reason; never one's own."""
    entry = entries.to_decide(user=request.user, kind=kind, key=key)
    name, approve, send_back = _DECISIONS[kind]
    given: dict[str, Any] = {name: entry, "by": request.user, "at": timezone.now()}
    form = SendBackForm(request.POST)
    try:
        with once(request):
            if decision == "approve":
                approve(**given, note=request.POST.get("note", "")[:500])
                messages.success(request, _("已审核通过。"))
            elif form.is_valid():
                send_back(**given, note=form.cleaned_data["note"])
                messages.success(request, _("已退回录入人。"))
            else:
                messages.error(request, _("退回要写理由，最多 500 字。"))
    except AlreadySubmitted:
        messages.info(request, _("已经办理过，没有重复办理。"))
    except REFUSED as refused:
        messages.error(request, refusal_in_words(refused))
    back = request.POST.get("back", "")
    same_house = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if same_house else "plans:review")
