"""Entering, checking and correcting values; the list of what waits for a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import AlreadySubmitted, answer_form, as_of, new_token, once, page_or_part
from qingshan.plans import actions, policies, queries
from qingshan.plans.acts import ACTS
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.values import SendBackForm, ValueForm
from qingshan.plans.queries import entries
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.facts import value_facts
from qingshan.plans.views.frame import Door, frame, opened
from qingshan.plans.views.refusals import REFUSED, refusal_in_words
from qingshan.plans.views.waiting import waiting_rows


@needs("values.enter")
def enter_value(request: HttpRequest, code: str, indicator_code: str) -> HttpResponse:
    """Enter a value and hand it in for review; with ``corrects`` it is to take another's place."""
    plan = opened(request, code)
    version = entries.indicator_version(user=request.user, plan=plan, code=indicator_code, on=as_of(request))
    policies.require(request.user, "enter_value", version.subject)
    corrects = entries.value_to_correct(indicator=version.subject, key=request.GET.get("corrects", ""))
    initial = {"unit": version.unit, "year": beijing_day(timezone.now()).year}
    if corrects is not None:
        initial |= {
            name: getattr(corrects, name) for name in ("year", "kind", "number", "text", "unit", "source")
        }
    letters = entries.exclusion_letters(plan)
    form = ValueForm(request.POST or None, request.FILES or None, letters=letters, initial=initial)

    def act(data: Any) -> Any:
        now = timezone.now()
        value = actions.enter_value(
            indicator=version.subject,
            facts=form.facts(),
            corrects=corrects,
            exclusions=form.letters_chosen(),
            by=request.user,
            at=now,
        )
        attached(data["attachment"], to=value.ref, by=request.user, at=now)
        return actions.submit_value(value=value, by=request.user, at=now)

    back = reverse("plans:indicator", args=[code, indicator_code])
    title = _("更正数值") if corrects else _("录入数值")
    return answer_form(
        request,
        form,
        act,
        template="plans/form",
        context=frame(request, plan, title=title, subtitle=version.name, cancel=back, submit=_("提交审核")),
        done=back,
        said=_("数值已提交，由另一人审核后生效。"),
        refusals=(LedgerRefusal, ValueError),
    )


@needs("plans.view")
def value(request: HttpRequest, code: str, indicator_code: str, value_id: int) -> HttpResponse:
    """Show one value: where it comes from, who entered and who approved it, what it corrected."""
    plan = opened(request, code)
    found = entries.value_detail(
        user=request.user, plan=plan, code=indicator_code, key=value_id, on=as_of(request)
    )
    context = frame(
        request,
        plan,
        detail=found,
        facts=value_facts(found),
        acts=ACTS,
        once=new_token(),
        may_approve=policies.may(request.user, "approve_value", found.value),
        may_enter=policies.may(request.user, "enter_value", found.value),
        actions=[Door(_("附件"), reverse("documents:of", args=[found.value.ref]))],
    )
    return page_or_part(request, "plans/value", context)


@needs("values.approve", "plans.approve", "plans.edit")
def review(request: HttpRequest) -> HttpResponse:
    """List what waits for this person's decision, over all plans, and let it be decided there."""
    waiting = waiting_rows(queries.to_review(user=request.user), as_of(request))
    return page_or_part(request, "plans/review", {"waiting": waiting, "once": new_token()})


#: Kind in the address -> the name of the action's argument, what approves and what sends back.
_DECISIONS: dict[str, tuple[str, Callable[..., Any], Callable[..., Any]]] = {
    "value": ("value", actions.approve_value, actions.send_back_value),
    "report": ("report", actions.approve_report, actions.send_back_report),
    "not-evaluable": ("statement", actions.approve_not_evaluable, actions.send_back_not_evaluable),
    "rebaselining": ("proposal", actions.approve_rebaselining, actions.send_back_rebaselining),
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
    return redirect("plans:review")
