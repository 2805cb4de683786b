"""Bids for grants: the list, one bid, drafting, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import Forbidden, needs
from qingshan.funds import actions, policies, queries
from qingshan.funds.actions import Asked
from qingshan.funds.figures import money_figure
from qingshan.funds.forms.bids import BidForm, GrantForm
from qingshan.funds.forms.fields import department_choices, wan_text
from qingshan.funds.lists import BIDS, dress_bids
from qingshan.funds.models import GrantBid
from qingshan.funds.states import BID_FLOW, BidState
from qingshan.funds.views.frame import REFUSALS, attached, frame, own_departments
from qingshan.funds.views.steps import answered
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
def bids(request: HttpRequest) -> HttpResponseBase:
    """List the bids."""
    rows = queries.bids_for(user=request.user)
    doors = [Door(_("拟定申报"), reverse("funds:draft"), primary=True)] if own_departments(request) else []
    return show_list(request, BIDS, rows, frame(request, doors=doors), dress=dress_bids(request))


@needs("projects.report")
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a bid on a call."""
    departments = {str(one.pk): one for one in own_departments(request)}
    if not departments:
        raise Forbidden(policies.CAPABILITIES["propose"])
    district_id = next(iter(departments.values())).district_id
    known = _projects(request, district_id)
    begin = {"year": beijing_day(timezone.now()).year, "items": _first(request)}
    form = BidForm(request.POST or None, about=_choices(known), initial=begin)
    offer(form, "department", department_choices(departments.values(), as_of(request)))

    def act(data: Any) -> GrantBid:
        return actions.draft_bid(
            department=departments[data["department"]], terms=form.terms(), items=_asked(form, known),
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    context = frame(request, title=_("拟定专项资金申报"), cancel=reverse("funds:bids"), submit=_("保存"))
    return answer_form(
        request, form, act, template="funds/form", context=context, refusals=REFUSALS,
        done=lambda made: reverse("funds:bid", args=[made.code]) if made else reverse("funds:bids"),
        said=_("申报已拟定；核对后由规划管理员报出。"),
    )  # fmt: skip


def _first(request: HttpRequest) -> list[dict[str, str]]:
    """The project of the reserve from whose page one came."""
    code = request.GET.get("entry", "")
    return [{"about": f"entry/{code}"}] if code else []


@dataclass(frozen=True, slots=True)
class _Known:
    """A project that may stand in a bid."""

    name: str
    entry: Any = None
    project: Any = None


def _projects(request: HttpRequest, district_id: int) -> Mapping[str, _Known]:
    """The reserve and the plans' projects of a district, by the word of the form."""
    day = beijing_day(timezone.now())
    found: dict[str, _Known] = {}
    for code, name in queries.biddable(user=request.user, district_id=district_id).items():
        told = _("储备 %(code)s %(name)s") % {"code": code, "name": name}
        found[f"entry/{code}"] = _Known(told, entry=queries.entry_for(user=request.user, code=code))
    for version in plans.visible_versions(user=request.user, on=day).filter(subject__district_id=district_id):
        for one in plans.funded_projects(plan=version.subject, on=day, user=request.user):
            told = f"{version.short_name}：{one.name}"
            found[f"project/{one.project.pk}"] = _Known(told, project=one.project)
    return found


def _choices(known: Mapping[str, _Known]) -> list[tuple[str, Any]]:
    return [(key, one.name) for key, one in known.items()]


def _asked(form: BidForm, known: Mapping[str, _Known]) -> list[Asked]:
    return [
        Asked(yuan or 0, entry=known[about].entry, project=known[about].project)
        for about, yuan in form.asked()
    ]


@needs("plans.view")
def bid(request: HttpRequest, code: str) -> HttpResponse:
    """Show one bid."""
    found = queries.bid_for(user=request.user, code=code)
    detail = queries.bid_detail(user=request.user, bid=found, on=as_of(request))
    context = frame(
        request,
        bid=found,
        detail=detail,
        simulated=found.district.simulated,
        items=_rows(detail, as_of(request)),
        asked=_figure(detail.asked_yuan, found, as_of(request), _("各项目合计")),
        granted=_figure(found.granted_yuan, found, as_of(request), found.grant_number),
        doors=_doors(request, found),
    )
    return page_or_part(request, "funds/bid", context)


def _figure(yuan: int | None, found: GrantBid, day: Any, source: str) -> Any:
    return money_figure(
        yuan, on=found.granted_on or day, source=source, simulated=found.district.simulated,
        missing=_("没有下达"),
    )  # fmt: skip


def _rows(detail: Any, day: Any) -> list[dict[str, Any]]:
    given: dict[str, Any] = {"on": day, "simulated": detail.bid.district.simulated}
    return [
        {
            "row": row,
            "asked": money_figure(row.item.asked_yuan, source=_("申报单位"), **given),
            "granted": money_figure(row.item.granted_yuan, source=detail.bid.grant_number, **given),
            "received": money_figure(row.received_yuan, source=_("按资金流水合计"), **given),
            "paid": money_figure(row.paid_yuan, source=_("按资金流水合计"), **given),
        }
        for row in detail.items
    ]


_PRIMARY = ("submit", "grant")


def _doors(request: HttpRequest, found: GrantBid) -> list[Door]:
    """What the person may do to the bid now, in the order of the work."""
    may = {verb: policies.may(request.user, verb, found) for verb in ("propose", "decide")}
    doors = [
        Door(BID_FLOW.label(move), reverse("funds:bid_step", args=[found.code, move]), move in _PRIMARY)
        for move in BID_FLOW.moves_from(found.phase)
        if may[policies.VERBS_OF_BIDS[move]]
    ]
    if may["propose"] and found.phase is BidState.DRAFT:
        doors.append(Door(_("修改"), reverse("funds:change_bid", args=[found.code])))
    return doors


@needs("projects.report")
def change_bid(request: HttpRequest, code: str) -> HttpResponse:
    """Change a bid that is still a draft."""
    found = queries.bid_for(user=request.user, code=code)
    policies.require(request.user, "propose", found)
    known = _projects(request, found.district_id)
    begin: dict[str, Any] = {name: getattr(found, name) for name in actions.TERMS}
    begin["department"] = str(found.department_id)
    begin["items"] = [
        {
            "about": f"entry/{one.entry.code}" if one.entry else f"project/{one.project_id}",
            "asked_yuan": wan_text(one.asked_yuan),
        }
        for one in found.items.select_related("entry")
    ]
    form = BidForm(request.POST or None, about=_choices(known), initial=begin)
    offer(form, "department", department_choices([found.department], as_of(request)))

    def act(_data: Any) -> GrantBid:
        return actions.change_bid(
            bid=found, terms=form.terms(), items=_asked(form, known), by=request.user, at=timezone.now()
        )

    return _answered(request, found, form, act, _("修改申报"), _("申报已修改。"))


_STEPS = {
    "submit": MovePage(NoteForm, actions.submit_bid, gettext_lazy("已申报。")),
    "shortlist": MovePage(NoteForm, actions.shortlist_bid, gettext_lazy("已登记入围。")),
    "refuse": MovePage(ReasonForm, actions.refuse_bid, gettext_lazy("已登记未获批。")),
    "grant": MovePage(GrantForm, actions.grant_bid, gettext_lazy("已登记下达，各项目的计划资金已列入台账。")),
    "close": MovePage(NoteForm, actions.close_bid, gettext_lazy("已办结。")),
    "withdraw": MovePage(ReasonForm, actions.withdraw_bid, gettext_lazy("申报已撤回。")),
}


@needs("plans.view")
def bid_step(request: HttpRequest, code: str, move: str) -> HttpResponse:
    """Take a step of a bid's life, after it is confirmed on its page."""
    found = queries.bid_for(user=request.user, code=code)
    made = asked_move(
        request, found, move, pages=_STEPS, flow=BID_FLOW, verbs=policies.VERBS_OF_BIDS,
        require=policies.require,
    )  # fmt: skip
    if move == "grant":
        return _grant(request, found)

    def act(data: Any) -> Any:
        return made.act(bid=found, by=request.user, at=timezone.now(), **data)

    return _answered(request, found, made.filled(request), act, BID_FLOW.label(move), str(made.said))


def _grant(request: HttpRequest, found: GrantBid) -> HttpResponse:
    """Enter the grant, with the letter and each project's part."""
    detail = queries.bid_detail(user=request.user, bid=found, on=as_of(request))
    begin = {"granted_on": beijing_day(timezone.now())}
    posted = request.POST if request.method == "POST" else None
    form = GrantForm(posted, request.FILES or None, detail=detail, initial=begin)

    def act(data: Any) -> Any:
        now = timezone.now()
        granted = actions.grant_bid(
            bid=found, granted_on=data["granted_on"], grant_number=data["grant_number"],
            closes_on=data["closes_on"], allotted=form.allotted(), note=data["note"], by=request.user, at=now,
        )  # fmt: skip
        attached(data["letter"], to=found.ref, by=request.user, at=now, title=data["grant_number"])
        return granted

    return _answered(request, found, form, act, BID_FLOW.label("grant"), str(_STEPS["grant"].said))


def _answered(
    request: HttpRequest, found: GrantBid, form: Any, act: Callable[[Any], Any], title: str, said: str
) -> HttpResponse:
    back = reverse("funds:bid", args=[found.code])
    return answered(
        request, found, form, act, title=title, subtitle=found.call, back=back, said=said, bid=found
    )
