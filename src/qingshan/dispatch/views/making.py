"""Opening, extending, cancelling, closing and re-opening a round; its rhythm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.dispatch import actions, policies
from qingshan.dispatch.errors import DispatchRefusal
from qingshan.dispatch.forms import ExtendForm, NothingForm, OpenForm, ReasonForm, ReopenForm, RhythmForm
from qingshan.dispatch.models import Rhythm, Round
from qingshan.dispatch.views.frame import frame, opened
from qingshan.dispatch.vocabulary import Period
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of
from qingshan.plans import public as plans
from qingshan.workflow.public import working_calendar

__all__ = ["cancel", "close", "extend", "new", "reopen", "rhythm"]

_REFUSALS = (DispatchRefusal, IllegalMove)
#: What the form proposes: so many working days to report.
_DAYS = 5


def _plans(request: HttpRequest) -> dict[str, Any]:
    """The plans somebody may run rounds of, by code."""
    seen = plans.visible_versions(user=request.user, on=as_of(request))
    capability = policies.CAPABILITIES["run"][0]
    return {
        one.subject.code: one
        for one in seen
        if can(request.user, capability, district_id=one.subject.district_id)
    }


@needs("plans.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    found = _plans(request)
    today = beijing_day(timezone.now())
    begin = {
        "period": Period.MONTH, "within": today, "plan": request.GET.get("plan", ""),
        "due_on": working_calendar().estimate_working_days(today, _DAYS).on,
    }  # fmt: skip
    form = OpenForm(
        request.POST or None, plans=[(code, one.name) for code, one in found.items()], initial=begin
    )

    def act(data: Any) -> Round:
        return actions.open_round(
            plan=found[data["plan"]].subject, period=Period(data["period"]), within=data["within"],
            due_on=data["due_on"], note=data["note"], with_tasks=data["with_tasks"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    rhythms = [(one.name, reverse("dispatch:rhythm", args=[code])) for code, one in found.items()]
    return answer_form(
        request, form, act, template="dispatch/new", refusals=_REFUSALS,
        context={
            "title": _("发起调度"), "submit": _("发起"), "cancel": reverse("dispatch:list"),
            "rhythms": rhythms, "draft": "round",
        },
        done=lambda made: reverse("dispatch:round", args=[made.pk]) if made else reverse("dispatch:list"),
        said=_("调度已发起，各单位会收到通知。"),
    )  # fmt: skip


@needs("plans.edit")
def rhythm(request: HttpRequest, code: str) -> HttpResponse:
    """Let rounds of a plan open by themselves."""
    plan = _plans(request).get(code)
    if plan is None:
        raise Http404
    held = Rhythm.objects.filter(plan=plan.subject).first()
    names = ("period", "opens_on_day", "days_to_report", "with_tasks", "active")
    begin = {name: getattr(held, name) for name in names} if held else {}
    form = RhythmForm(request.POST or None, initial=begin)

    def act(data: Any) -> Rhythm:
        facts = {**data, "period": Period(data["period"])}
        return actions.set_rhythm(plan=plan.subject, by=request.user, at=timezone.now(), **facts)

    return answer_form(
        request, form, act, template="dispatch/form", refusals=_REFUSALS,
        context={
            "title": _("定期调度"), "subtitle": plan.name, "simulated": plan.subject.simulated,
            "cancel": reverse("dispatch:list"),
        },
        done=reverse("dispatch:list"), said=_("定期调度已保存。"),
    )  # fmt: skip


@needs("plans.view")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the departments more time."""
    found = opened(request, pk)

    def act(data: Any) -> Round:
        return actions.extend_round(round=found, by=request.user, at=timezone.now(), **data)

    form = ExtendForm(request.POST or None, initial={"due_on": found.due_on})
    return _answered(request, found, "run", form, act, _("延长期限"), _("填报期限已延长。"))


@needs("plans.view")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a round opened by mistake."""
    found = opened(request, pk)

    def act(data: Any) -> Round:
        return actions.cancel_round(round=found, reason=data["note"], by=request.user, at=timezone.now())

    form = ReasonForm(request.POST or None)
    return _answered(request, found, "run", form, act, _("撤销本轮"), _("本轮调度已撤销。"))


@needs("plans.view")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round, after it is confirmed."""
    found = opened(request, pk)

    def act(data: Any) -> Any:
        return actions.close_round(round=found, by=request.user, at=timezone.now())

    form = NothingForm(request.POST if request.method == "POST" else None)
    hint = _("关闭后，本轮数据固定；通报、按规则应发的函和会议议程会自动拟稿，由您送审。未报的事项记为未报。")
    return _answered(request, found, "run", form, act, _("关闭本轮"), _("本轮调度已关闭，公文已拟稿。"), hint)


@needs("plans.view")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed round again."""
    found = opened(request, pk)

    def act(data: Any) -> Round:
        return actions.reopen_round(
            round=found, reason=data["note"], due_on=data["due_on"], by=request.user, at=timezone.now()
        )

    form = ReopenForm(request.POST or None)
    hint = _("上次关闭时的数据仍然保留；已拟的公文不会自动改动。")
    return _answered(request, found, "reopen", form, act, _("重新打开"), _("本轮调度已重新打开。"), hint)


def _answered(
    request: HttpRequest,
    found: Round,
    verb: str,
    form: Any,
    act: Callable[[Any], Any],
    title: str,
    said: str,
    hint: str = "",
) -> HttpResponse:
    policies.require(request.user, verb, found)
    return answer_form(
        request, form, act, template="dispatch/form", refusals=_REFUSALS,
        context=frame(request, found, title=title, submit=title, hint=hint, tabs=()),
        done=reverse("dispatch:round", args=[found.pk]), said=said,
    )  # fmt: skip
