"""The reserve: the list, one project, proposing, revising, readiness, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import Forbidden, needs
from qingshan.funds import actions, policies, queries
from qingshan.funds.figures import money_figure
from qingshan.funds.forms.fields import department_choices, wan_text
from qingshan.funds.forms.reserve import ProposeForm, ReadinessForm, ReserveFacts, ReviseReserveForm, TakeForm
from qingshan.funds.lists import RESERVE, dress_reserve
from qingshan.funds.models import ReserveEntry
from qingshan.funds.states import RESERVE_FLOW
from qingshan.funds.views.frame import REFUSALS, attached, frame, own_departments
from qingshan.funds.views.steps import answered
from qingshan.funds.vocabulary import Readiness
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import (
    Door,
    MovePage,
    NoteForm,
    ReasonForm,
    answer_form,
    as_of,
    asked_move,
    offer,
    page_or_part,
    show_list,
)
from qingshan.plans import public as plans


@needs("plans.view")
def reserve(request: HttpRequest) -> HttpResponseBase:
    """List the reserve."""
    rows = queries.reserve_for(user=request.user)
    doors = (
        [Door(_("申报储备项目"), reverse("funds:propose"), primary=True)] if own_departments(request) else []
    )
    return show_list(request, RESERVE, rows, frame(request, doors=doors), dress=dress_reserve(request))


@needs("projects.report")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a project for the reserve."""
    departments = {str(one.pk): one for one in own_departments(request)}
    if not departments:
        raise Forbidden(policies.CAPABILITIES["propose"])
    form = ProposeForm(request.POST or None)
    offer(form, "department", department_choices(departments.values(), as_of(request)))

    def act(data: Any) -> ReserveEntry:
        return actions.propose_entry(
            department=departments[data["department"]], facts=form.facts(), by=request.user, at=timezone.now()
        )

    context = frame(request, title=_("申报储备项目"), cancel=reverse("funds:reserve"), submit=_("申报"))
    return answer_form(
        request, form, act, template="funds/form", context=context, refusals=REFUSALS,
        done=lambda made: reverse("funds:entry", args=[made.code]) if made else reverse("funds:reserve"),
        said=_("已申报，等待另一人评审。"),
    )  # fmt: skip


@needs("plans.view")
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Show one project of the reserve."""
    found = queries.entry_for(user=request.user, code=code)
    detail = queries.reserve_detail(user=request.user, entry=found, on=as_of(request))
    context = frame(
        request,
        detail=detail,
        entry=found,
        simulated=found.district.simulated,
        estimated=_estimate(detail),
        doors=_doors(request, found),
    )
    return page_or_part(request, "funds/entry", context)


def _estimate(detail: Any) -> Any:
    return money_figure(
        detail.version.estimated_yuan, on=detail.version.valid_from, source=_("申报单位估算"),
        simulated=detail.entry.district.simulated,
    )  # fmt: skip


_PRIMARY = ("review", "admit", "take", "propose")


def _doors(request: HttpRequest, found: ReserveEntry) -> list[Door]:
    """What the person may do to the project now, in the order of the work."""
    may = {verb: policies.may(request.user, verb, found) for verb in ("propose", "decide", "admit")}
    doors = [
        Door(RESERVE_FLOW.label(move), reverse("funds:step", args=[found.code, move]), move in _PRIMARY)
        for move in RESERVE_FLOW.moves_from(found.phase)
        if may[policies.VERBS_OF_RESERVE[move]]
    ]
    if may["propose"] and not RESERVE_FLOW.is_final(found.phase):
        doors.append(Door(_("登记前期工作"), reverse("funds:check", args=[found.code])))
    if may["propose"] and actions.may_be_revised(found):
        doors.append(Door(_("修改"), reverse("funds:revise", args=[found.code])))
    return doors


@needs("projects.report")
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a project of the reserve is."""
    found = queries.entry_for(user=request.user, code=code)
    policies.require(request.user, "propose", found)
    held = queries.reserve_detail(user=request.user, entry=found, on=as_of(request)).version
    begin = {name: getattr(held, name) for name in ReserveFacts.base_fields}
    begin |= {"estimated_yuan": wan_text(held.estimated_yuan), "seen_version": held.number}
    form = ReviseReserveForm(request.POST or None, initial=begin)

    def act(data: Any) -> Any:
        return actions.revise_entry(
            entry=found, seen=data["seen_version"], changes=form.facts(), reason=data["reason"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _answered(request, found, form, act, _("修改储备项目"), _("已修改，原内容留在变更历史中。"))


@needs("projects.report")
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Enter how far a preparation has come."""
    found = queries.entry_for(user=request.user, code=code)
    policies.require(request.user, "propose", found)
    form = ReadinessForm(
        request.POST or None, request.FILES or None, initial={"on": beijing_day(timezone.now())}
    )

    def act(data: Any) -> Any:
        now = timezone.now()
        made = actions.record_readiness(
            entry=found, matter=Readiness(data["matter"]), done=data["done"], on=data["on"],
            document_number=data["document_number"], note=data["note"], by=request.user, at=now,
        )  # fmt: skip
        title = data["document_number"] or str(Readiness(data["matter"]).label)
        attached(data["attachment"], to=found.ref, by=request.user, at=now, title=title)
        return made

    return _answered(request, found, form, act, _("登记前期工作"), _("前期工作已登记。"))


_STEPS = {
    "review": MovePage(NoteForm, actions.review_entry, gettext_lazy("评审通过。")),
    "send_back": MovePage(ReasonForm, actions.send_back_entry, gettext_lazy("已退回申报单位。")),
    "propose": MovePage(NoteForm, actions.propose_again, gettext_lazy("已重新申报。")),
    "admit": MovePage(NoteForm, actions.admit_entry, gettext_lazy("已入库。")),
    "take": MovePage(TakeForm, actions.take_into_plan, gettext_lazy("已纳入规划项目。")),
    "release": MovePage(ReasonForm, actions.release_entry, gettext_lazy("已退回储备；规划项目保留。")),
    "finish": MovePage(NoteForm, actions.finish_entry, gettext_lazy("已标记完成。")),
    "withdraw": MovePage(ReasonForm, actions.withdraw_entry, gettext_lazy("已退出储备。")),
}


@needs("plans.view")
def step(request: HttpRequest, code: str, move: str) -> HttpResponse:
    """Take a step of a project's life, after it is confirmed on its page."""
    found = queries.entry_for(user=request.user, code=code)
    made = asked_move(
        request, found, move, pages=_STEPS, flow=RESERVE_FLOW, verbs=policies.VERBS_OF_RESERVE,
        require=policies.require,
    )  # fmt: skip
    form = made.filled(request)
    arguments = _offered(request, found, form) if isinstance(form, TakeForm) else dict

    def act(data: Any) -> Any:
        return made.act(entry=found, by=request.user, at=timezone.now(), **arguments(data))

    return _answered(request, found, form, act, RESERVE_FLOW.label(move), str(made.said))


def _offered(request: HttpRequest, found: ReserveEntry, form: TakeForm) -> Callable[[Any], dict[str, Any]]:
    """Offer the plans and projects of its district; return what makes arguments of the answer."""
    day = beijing_day(timezone.now())
    versions = plans.visible_versions(user=request.user, on=day).filter(subject__district=found.district)
    known = {version.subject.code: version for version in versions}
    projects = {
        str(one.project.pk): one
        for version in known.values()
        for one in plans.funded_projects(plan=version.subject, on=day, user=request.user)
    }
    offer(form, "plan", [("", "—"), *((code, one.short_name) for code, one in known.items())])
    named = ((key, f"{known[one.plan.code].short_name}：{one.name}") for key, one in projects.items())
    offer(form, "project", [("", "—"), *named])

    def arguments(data: Any) -> dict[str, Any]:
        chosen = projects.get(data["project"])
        plan = known.get(data["plan"])
        return {
            "project": chosen.project if chosen else None,
            "plan": plan.subject if plan else None,
            **{name: data[name] for name in ("code", "start_year", "end_year", "note")},
        }

    return arguments


def _answered(
    request: HttpRequest, found: ReserveEntry, form: Any, act: Callable[[Any], Any], title: str, said: str
) -> HttpResponse:
    name = queries.reserve_detail(user=request.user, entry=found, on=as_of(request)).version.name
    back = reverse("funds:entry", args=[found.code])
    return answered(request, found, form, act, title=title, subtitle=name, back=back, said=said, entry=found)
