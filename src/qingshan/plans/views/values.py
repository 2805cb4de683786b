"""Entering a value, correcting one, and one value with its origin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Door, as_of, new_token, page_or_part
from qingshan.plans import actions, policies
from qingshan.plans.acts import ACTS
from qingshan.plans.forms.values import ValueForm
from qingshan.plans.queries import entries
from qingshan.plans.views.answering import answered
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.facts import value_facts
from qingshan.plans.views.frame import frame, opened


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

    return answered(
        request,
        plan,
        form,
        act,
        title=_("更正数值") if corrects else _("录入数值"),
        subtitle=version.name,
        back=reverse("plans:indicator", args=[code, indicator_code]),
        said=_("数值已提交，由另一人审核后生效。"),
        submit=_("提交审核"),
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
