"""The list of openings, a new one, one in full, and what it says of the plan to come."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.jobs.public import live_jobs_about
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, page_or_part, show_list
from qingshan.plans import public as plans
from qingshan.plans.public import PlanState
from qingshan.succession import actions, policies, queries
from qingshan.succession.errors import SuccessionRefusal
from qingshan.succession.forms import HeadForm
from qingshan.succession.lists import OPENINGS
from qingshan.succession.models import Opening
from qingshan.succession.states import LIVE, OpeningState
from qingshan.succession.views.frame import KIND_NAMES, doors, frame, opened
from qingshan.succession.vocabulary import Decision

__all__ = ["head", "listed", "new", "opening"]


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show the openings the person may see, and the plans whose next one they may open."""
    rows = queries.openings_for(user=request.user)
    return show_list(request, OPENINGS, rows, {"may_open": _openable(request)})


def _openable(request: HttpRequest) -> list[Any]:
    """The plans whose next one this person may open now."""
    day = beijing_day(timezone.now())
    old = (PlanState.IN_FORCE, PlanState.FINAL_EVALUATION, PlanState.CLOSED)
    taken = set(Opening.objects.filter(state__in=LIVE).values_list("plan_id", flat=True))
    return [
        plan
        for plan in plans.visible_versions(user=request.user, on=day).filter(state__in=old)
        if plan.subject_id not in taken
        and can(request.user, "plans.edit", district_id=plan.subject.district_id)
    ]


@needs("plans.edit")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the opening of a plan's next plan."""
    day = beijing_day(timezone.now())
    plan = plans.plan_for(user=request.user, code=code, on=day)
    policies.require_in(request.user, "edit", plan.subject.district_id, plan.short_name)
    form = HeadForm(request.POST or None, initial=_next(plan))

    def act(data: Any) -> Opening:
        return actions.open_next(plan=plan, head=data, by=request.user, at=timezone.now())

    def done(made: Opening | None) -> str:
        return reverse("succession:opening", args=[made.pk]) if made else reverse("succession:list")

    context = {
        "title": _("开启下一轮规划"), "submit": _("生成接续建议"), "subtitle": plan.name, "plan": plan,
        "simulated": plan.subject.simulated, "cancel": reverse("succession:list"),
    }  # fmt: skip
    said = _("接续建议已生成；请逐项选定。")
    return answer_form(
        request, form, act, template="succession/form", context=context, done=done, said=said,
        refusals=(SuccessionRefusal,),
    )  # fmt: skip


def _next(plan: Any) -> dict[str, Any]:
    """The next period: as long as the last, beginning the year after it."""
    first = plan.period_to + 1
    return {
        "code": actions.suggested_code(plan.subject.code, first),
        "period_from": first,
        "period_to": first + plan.period_to - plan.period_from,
        "base_year": plan.period_to,
    }


@needs("plans.edit", "plans.approve")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one opening: what is chosen, what is proposed, what was carried."""
    found = opened(request, pk)
    choices = list(found.choices.all())
    groups = [
        {
            "kind": kind.value, "name": name, "rows": some, "counts": _counts(some),
            "left": sum(one.decided_by_id is None for one in some),
        }
        for kind, name in KIND_NAMES.items()
        if (some := [one for one in choices if one.kind == kind])
    ]  # fmt: skip
    context = frame(
        found,
        doors=doors(request, found),
        groups=groups,
        lessons=found.lessons.all(),
        may_choose=found.phase is OpeningState.CHOOSING and policies.may(request.user, "edit", found),
        jobs=live_jobs_about(found.ref),
        old=plans.visible_versions(user=request.user, on=beijing_day(timezone.now()))
        .filter(subject=found.plan)
        .first(),
    )
    return page_or_part(request, "succession/opening", context)


def _counts(choices: list[Any]) -> list[tuple[Decision, int]]:
    counts = Counter(one.decision for one in choices)
    return [(decision, counts[decision]) for decision in Decision if counts[decision]]


@needs("plans.edit")
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an opening says of the plan to come."""
    found = opened(request, pk)
    policies.require(request.user, "edit", found)
    day = beijing_day(timezone.now())
    plan = plans.plan_for(user=request.user, code=found.plan.code, on=day)
    begin = {name: getattr(found, name) for name in HeadForm.base_fields}
    form = HeadForm(request.POST or None, initial=begin)

    def act(data: Any) -> Opening:
        return actions.revise_opening(opening=found, plan=plan, head=data, by=request.user, at=timezone.now())

    return answer_form(
        request, form, act, template="succession/form",
        context=frame(found, title=_("修改新规划信息"), submit=_("保存")),
        done=reverse("succession:opening", args=[pk]), said=_("新规划信息已修改。"),
        refusals=(SuccessionRefusal,),
    )  # fmt: skip
