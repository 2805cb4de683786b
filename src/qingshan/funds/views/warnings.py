"""Warnings of a day: the list with counts, its workbook, and the task made of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.areas.public import department_names, departments_in
from qingshan.funds import actions, queries
from qingshan.funds.figures import money_figure
from qingshan.funds.forms.fields import department_choices
from qingshan.funds.forms.money import PressForm
from qingshan.funds.views.frame import REFUSALS, frame
from qingshan.funds.vocabulary import Rule
from qingshan.funds.watching import FundsWarning
from qingshan.kernel.figure import Figure
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import Sheet, answer_form, as_of, offer, page_or_part, write_workbook
from qingshan.plans import public as plans


@dataclass(frozen=True, slots=True)
class _Row:
    """A warning as the page shows it."""

    warning: FundsWarning
    about: str
    url: str
    plan: str
    department: str
    amount: Figure | None
    task: str
    press: str


@needs("plans.view")
def warnings(request: HttpRequest) -> HttpResponseBase:
    """List the warnings of the day, and count them by department."""
    day = as_of(request)
    found = queries.watch(on=day, user=request.user)
    sought = {name: request.GET.get(name, "") for name in ("rule", "plan")}
    kept = [one for one in found.warnings if _matches(one, sought)]
    rows = _rows(request, kept, day)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, day, request.GET.urlencode())
    known = {one.project.plan.code: one.project.plan for one in found.warnings if one.project}
    context = frame(
        request,
        rows=rows,
        counts=queries.counted_by_department(kept, day),
        unjudged=[one for one in found.unjudged if not sought["rule"] or one.rule == sought["rule"]],
        rules=[(rule.value, rule.label) for rule in Rule],
        plans=_plan_names(request, known, day),
        sought=sought,
        filtered=any(sought.values()),
    )
    return page_or_part(request, "funds/warnings", context)


def _plan_names(request: HttpRequest, known: Mapping[str, Any], day: date) -> list[tuple[str, str]]:
    versions = plans.visible_versions(user=request.user, on=day).filter(subject__code__in=known)
    return [(version.subject.code, version.short_name) for version in versions]


def _matches(one: FundsWarning, sought: Mapping[str, str]) -> bool:
    if sought["rule"] and one.rule != sought["rule"]:
        return False
    return not sought["plan"] or (one.project is not None and one.project.plan.code == sought["plan"])


def _rows(request: HttpRequest, found: Iterable[FundsWarning], day: date) -> list[_Row]:
    given = list(found)
    tasks = queries.tasks_of(given)
    names = department_names({one.lead_id for one in given if one.lead_id}, day)
    return [
        _Row(
            warning=one,
            about=one.project.name if one.project else str(one.bid),
            url=_page(one),
            plan=one.project.plan.code if one.project else "",
            department=names.get(one.lead_id or 0, ""),
            amount=None if one.amount_yuan is None else _amount(one, day),
            task=tasks.get(one.key, ""),
            press=_press_url(request, one) if one.key not in tasks else "",
        )
        for one in given
    ]


def _page(one: FundsWarning) -> str:
    if one.project is not None:
        return reverse("funds:project", args=[one.project.plan.code, one.project.code])
    return reverse("funds:bid", args=[one.bid.code])


def _amount(one: FundsWarning, day: date) -> Figure:
    simulated = one.project.plan.simulated if one.project else one.bid.district.simulated
    return money_figure(one.amount_yuan, on=day, source=one.says, simulated=simulated, origin=_page(one))


def _press_url(request: HttpRequest, one: FundsWarning) -> str:
    """The page that makes a task of it, for those who may assign and supervise there."""
    able = all(
        can(request.user, capability, district_id=one.district_id)
        for capability in ("tasks.assign", "tasks.supervise")
    )
    return f"{reverse('funds:press')}?{urlencode({'key': one.key})}" if able else ""


def _workbook(rows: list[_Row], day: date, query: str) -> FileResponse:
    head = [
        _("类别"), _("项目或申报"), _("责任单位"), _("情况"), _("金额（万元）"), _("处理要求"), _("督办任务"),
    ]  # fmt: skip
    table = [
        [
            str(row.warning.rule.label), row.about, row.department, row.warning.says,
            row.amount.value if row.amount else None, row.warning.advice, row.task,
        ]
        for row in rows
    ]  # fmt: skip
    file = write_workbook(
        [Sheet(_("资金预警"), [head, *table], (16, 32, 24, 60, 14, 50, 20))], as_of=day, query=query
    )
    return FileResponse(file, as_attachment=True, filename=f"{_('资金预警')}-{day:%Y%m%d}.xlsx")


@needs("tasks.supervise")
def press(request: HttpRequest) -> HttpResponse:
    """Make a supervised task of a warning."""
    today = beijing_day(timezone.now())
    key = (request.POST if request.method == "POST" else request.GET).get("key", "")
    warning = queries.warning_by_key(user=request.user, key=key, on=today)
    departments = {str(one.pk): one for one in departments_in(warning.district_id, today)}
    form = PressForm(request.POST or None, initial={"key": key, "lead": str(warning.lead_id or "")})
    offer(form, "lead", [("", "—"), *department_choices(departments.values(), today)])

    def act(data: Any) -> Any:
        return actions.press_warning(
            warning=warning, lead=departments[data["lead"]], due_on=data["due_on"], note=data["note"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    back = reverse("funds:warnings")
    context = frame(
        request, title=_("转督办"), subtitle=warning.says, cancel=back, submit=_("转督办"),
        intro=_("处理要求：%s") % warning.advice,
    )  # fmt: skip
    return answer_form(
        request, form, act, template="funds/form", context=context, refusals=REFUSALS,
        done=lambda task: reverse("tasks:task", args=[task.code]) if task else back,
        said=_("已转督办，承办单位已收到通知。"),
    )  # fmt: skip
