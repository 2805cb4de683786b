"""The money of plans and of one project: sums, entries, receipts and payments, taking one back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.funds import actions, policies, queries
from qingshan.funds.figures import money_figure
from qingshan.funds.forms.money import NAMED_SOURCES, MoneyForm, ReverseForm
from qingshan.funds.lists import ENTRIES, dress_entries
from qingshan.funds.models import GrantBid
from qingshan.funds.positions import Position, positions
from qingshan.funds.rules import fund_name
from qingshan.funds.views.frame import REFUSALS, attached, frame
from qingshan.funds.views.pictures import bars, chart_of_years, sums_shown
from qingshan.funds.vocabulary import EntryKind, SourceLevel
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Door, answer_form, as_of, offer, page_or_part, show_list
from qingshan.plans import public as plans


@needs("plans.view")
def home(request: HttpRequest) -> HttpResponse:
    """List the plans with their money, and how many warnings each has."""
    day = as_of(request)
    counts: dict[int, int] = {}
    for warned in queries.watch(on=day, user=request.user).warnings:
        if warned.project is not None:
            counts[warned.project.plan.pk] = counts.get(warned.project.plan.pk, 0) + 1
    rows = []
    for version in plans.visible_versions(user=request.user, on=day):
        found = queries.summary_of(plan=version.subject, on=day, user=request.user)
        simulated = version.subject.simulated
        rows.append(
            (version, sums_shown(found.whole, on=day, simulated=simulated), counts.get(version.subject_id, 0))
        )
    return page_or_part(request, "funds/home", frame(request, rows=rows))


@needs("plans.view")
def summary(request: HttpRequest, code: str) -> HttpResponse:
    """Show the money of a plan by chapter, by source, by year."""
    day = as_of(request)
    plan = plans.plan_for(user=request.user, code=code, on=day)
    found = queries.summary_of(plan=plan.subject, on=day, user=request.user)
    simulated = plan.subject.simulated
    context = frame(
        request,
        plan=plan,
        simulated=simulated,
        whole=sums_shown(found.whole, on=day, simulated=simulated),
        groups=[
            (
                _("按章"),
                [bars(row, found.most_yuan, on=day, simulated=simulated) for row in found.by_chapter],
            ),
            (
                _("按来源"),
                [bars(row, found.most_yuan, on=day, simulated=simulated) for row in found.by_source],
            ),
            (_("按年度"), [bars(row, found.most_yuan, on=day, simulated=simulated) for row in found.by_year]),
        ],
        chart=chart_of_years(found.by_year),
        projects=_shown(request, plan, day),
        doors=[
            Door(_("资金流水"), reverse("funds:entries", args=[code])),
            *_import_door(request, code),
        ],
    )
    return page_or_part(request, "funds/summary", context)


def _shown(request: HttpRequest, plan: Any, day: Any) -> list[dict[str, Any]]:
    """The projects with their money; each leads to its page of money."""
    return [_project_row(one, on=day) for one in positions(on=day, plan=plan.subject, user=request.user)]


def _project_row(one: Position, *, on: Any) -> dict[str, Any]:
    held = one.held
    given: dict[str, Any] = {"on": on, "simulated": held.plan.simulated}
    told = _("%d 笔资金合计") % len(one.lines)
    return {
        "held": held,
        "url": reverse("funds:project", args=[held.plan.code, held.code]),
        "invested": money_figure(
            held.investment_yuan, source=_("规划文本"), missing=_("规划文本没有印出投资额"), **given
        ),
        "planned": money_figure(one.planned_yuan, source=told, **given),
        "received": money_figure(one.received_yuan, source=told, **given),
        "paid": money_figure(one.paid_yuan, source=told, **given),
    }


@needs("plans.view")
def project(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Show the money of one project: lines, entries, grants, warnings."""
    day = as_of(request)
    plan = plans.plan_for(user=request.user, code=code, on=day)
    held = queries.position_for(user=request.user, plan=plan.subject, code=work_code, on=day)
    found = queries.funding_of(project=held.held.project, on=day)
    may_enter = plans.may(request.user, "report_project", held.held.project)
    enter = reverse("funds:enter", args=[code, work_code])
    simulated = plan.subject.simulated
    context = frame(
        request,
        plan=plan,
        simulated=simulated,
        held=held.held,
        row=_project_row(held, on=day),
        lines=[_line_row(line, on=day, simulated=simulated) for line in found.lines],
        entries=_entry_rows(found.entries, simulated=simulated),
        grants=[
            (bid, policies.may(request.user, "view", bid))
            for bid in found.grants
            if _names(bid, held.held.project)
        ],
        warnings=found.warnings,
        may_enter=may_enter,
        doors=[Door(_("登记到位或支付"), enter, primary=True)] if may_enter else [],
    )
    return page_or_part(request, "funds/project", context)


def _names(bid: GrantBid, project: Any) -> bool:
    return bid.items.filter(project=project).exists()


def _line_row(line: Any, *, on: Any, simulated: bool) -> dict[str, Any]:
    given: dict[str, Any] = {"on": on, "simulated": simulated}
    told = _("按资金流水合计") if line.kept else _("责任单位填报")
    return {
        "line": line,
        "planned": money_figure(line.planned_yuan, source=_("责任单位填报"), **given),
        "received": money_figure(line.received_yuan, source=told, **given),
        "paid": money_figure(line.paid_yuan, source=told, **given),
    }


def _entry_rows(entries: list[Any], *, simulated: bool) -> list[Any]:
    dress_entries({}, simulated=simulated)(entries)
    for one in entries:
        one.open = one.reverses_id is None and getattr(one, "reversed_by", None) is None
    return entries


@needs("projects.report")
def enter(request: HttpRequest, code: str, work_code: str) -> HttpResponse:
    """Enter a receipt or a payment of a project."""
    day = as_of(request)
    plan = plans.plan_for(user=request.user, code=code, on=day)
    held = queries.position_for(user=request.user, plan=plan.subject, code=work_code, on=day)
    subject = held.held.project
    plans.require(request.user, "report_project", subject)
    grants = {str(bid.pk): bid for bid in queries.grants_of(project=subject)}
    today = beijing_day(timezone.now())
    form = MoneyForm(
        request.POST or None, request.FILES or None,
        initial={"on": today, "year": today.year, "kind": request.GET.get("kind", EntryKind.RECEIPT)},
    )  # fmt: skip
    offer(form, "bid", [("", _("不属于专项资金")), *((key, _bid_name(bid)) for key, bid in grants.items())])
    known = dict.fromkeys([*(line.funds for line in held.lines), *NAMED_SOURCES])
    offer(form, "funds", [("", "—"), *((name, name) for name in known)])

    def act(data: Any) -> Any:
        now, bid = timezone.now(), grants.get(data["bid"])
        made = actions.enter_money(
            project=subject,
            kind=EntryKind(data["kind"]),
            year=bid.year if bid else data["year"],
            funds=fund_name(SourceLevel(bid.level)) if bid else data["funds"],
            on=data["on"],
            amount_yuan=data["amount_yuan"] or 0,
            voucher=data["voucher"],
            purpose=data["purpose"],
            bid=bid,
            by=request.user,
            at=now,
        )
        attached(data["attachment"], to=made.ref, by=request.user, at=now)
        return made

    back = reverse("funds:project", args=[code, work_code])
    context = frame(
        request, title=_("登记到位或支付"), subtitle=held.held.name, cancel=back, plan=plan,
        simulated=plan.subject.simulated, submit=_("登记"),
    )  # fmt: skip
    return answer_form(
        request, form, act, template="funds/form", context=context, done=back, refusals=REFUSALS,
        said=_("已登记，台账合计已更新。"),
    )  # fmt: skip


def _bid_name(bid: GrantBid) -> str:
    return f"{bid.call}（{bid.year}，{bid.grant_number}）"


@needs("projects.report")
def reverse_entry(request: HttpRequest, code: str, work_code: str, key: int) -> HttpResponse:
    """Take an entry back, saying why."""
    day = as_of(request)
    plan = plans.plan_for(user=request.user, code=code, on=day)
    held = queries.position_for(user=request.user, plan=plan.subject, code=work_code, on=day)
    plans.require(request.user, "report_project", held.held.project)
    entry = queries.entry_to_reverse(project=held.held.project, key=key)
    form = ReverseForm(request.POST or None, initial={"on": beijing_day(timezone.now())})

    def act(data: Any) -> Any:
        return actions.reverse_money(entry=entry, by=request.user, at=timezone.now(), **data)

    back = reverse("funds:project", args=[code, work_code])
    context = frame(
        request, title=_("冲销"), cancel=back, plan=plan, simulated=plan.subject.simulated, submit=_("冲销"),
        subtitle=f"{entry.on} {entry.get_kind_display()} {entry.voucher}",
        intro=_("原流水保留不动，另记一笔相反的流水；台账合计随之更新。"),
    )  # fmt: skip
    return answer_form(
        request, form, act, template="funds/form", context=context, done=back, said=_("已冲销。"),
        refusals=REFUSALS,
    )  # fmt: skip


def _import_door(request: HttpRequest, code: str) -> list[Door]:
    """The way to the upload, for who may enter money."""
    if not can(request.user, "projects.report"):
        return []
    return [Door(_("导入流水"), reverse("funds:import_entries", args=[code]))]


@needs("plans.view")
def entries(request: HttpRequest, code: str) -> HttpResponseBase:
    """List the receipts and payments of a plan's projects."""
    day = as_of(request)
    plan = plans.plan_for(user=request.user, code=code, on=day)
    rows = queries.entries_for(user=request.user, plan=plan.subject, on=day)
    held = plans.funded_projects(plan=plan.subject, on=day, user=request.user)
    names = {one.project.pk: (one.name, reverse("funds:project", args=[code, one.code])) for one in held}
    simulated = plan.subject.simulated
    context = frame(
        request, plan=plan, simulated=simulated,
        doors=_import_door(request, code),
    )  # fmt: skip
    return show_list(request, ENTRIES, rows, context, dress=dress_entries(names, simulated=simulated))
