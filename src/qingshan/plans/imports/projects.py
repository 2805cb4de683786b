"""Projects from a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.pages.public import Column
from qingshan.plans.actions import add_project, link_indicator, revise_project
from qingshan.plans.imports.columns import code, names, text, wan_in_yuan, whole, year
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.imports.rows import Filled, Problems
from qingshan.plans.models.project import BASELINE_FIELDS, wan
from qingshan.plans.vocabulary import ResponsibilityRole

COLUMNS = (
    Column(gettext_lazy("编号"), "code", code, gettext_lazy("本规划内不重复的编号"), required=True),
    Column(gettext_lazy("次序"), "order", whole, gettext_lazy("整数；空着按行次")),
    Column(gettext_lazy("名称"), "name", text(200), gettext_lazy("项目名称"), required=True),
    Column(gettext_lazy("分组"), "group", text(120), gettext_lazy("可空")),
    Column(gettext_lazy("建设内容"), "content", text(4000), gettext_lazy("可空")),
    Column(gettext_lazy("起始年"), "start_year", year, gettext_lazy("四位年份")),
    Column(gettext_lazy("完成年"), "end_year", year, gettext_lazy("不早于起始年")),
    Column(
        gettext_lazy("总投资（万元）"), "investment_yuan", wan_in_yuan, gettext_lazy("不小于零，最多四位小数")
    ),
    Column(gettext_lazy("牵头单位"), "lead", names, gettext_lazy("一个已登记的单位")),
    Column(gettext_lazy("责任单位"), "departments", names, gettext_lazy("已登记的单位，用顿号分开")),
    Column(gettext_lazy("支撑指标"), "indicators", names, gettext_lazy("本规划的指标编号，用顿号分开")),
)
_PLAIN = ("order", "name", "group", *BASELINE_FIELDS)


def examine(shelf: Shelf, rows: list[Filled]) -> Problems:
    """Refuse years out of order, unknown departments and indicators, and silent re-baselining."""
    errors = shelf.unknown_departments(rows, "lead", "departments")
    for row in rows:
        start, end = row.facts.get("start_year"), row.facts.get("end_year")
        if start and end and end < start:
            errors.append(row.problem("end_year", _("不早于起始年 %d") % start))
        if len(row.facts.get("lead") or ()) > 1:
            errors.append(row.problem("lead", _("只能有一个牵头单位")))
        if strange := [code for code in row.facts.get("indicators") or () if code not in shelf.indicators]:
            errors.append(row.problem("indicators", _("没有指标 %s") % "、".join(strange)))
        version = shelf.projects.get(row.facts.get("code") or "")
        for name in BASELINE_FIELDS if version else ():
            found = row.facts.get(name)
            if found is not None and found != getattr(version, name):
                errors.append(row.problem(name, _("与现行内容不同；已有项目的改动须走“项目调整”")))
    return errors, []


def enter(shelf: Shelf, facts: Mapping[str, Any], by: Any, at: datetime, reason: str) -> None:
    """Enter one project, or its next version; empty cells leave what is there."""
    plan, held = shelf.plan, shelf.projects.get(facts["code"])
    given = {name: facts[name] for name in _PLAIN if facts.get(name) is not None}
    if held is None:
        given.setdefault("order", shelf.next_order("project", len(shelf.projects)))
        project = add_project(
            plan=plan.subject, code=facts["code"], facts=given, valid_from=plan.valid_from, by=by, at=at,
            reason=reason,
        )  # fmt: skip
    else:
        project = held.subject
        changes = {name: found for name, found in given.items() if name not in BASELINE_FIELDS}
        revise_project(
            project=project, changes=changes, seen=held.number, by=by, at=at, reason=reason,
            valid_from=max(held.valid_from, plan.valid_from),
        )  # fmt: skip
    roles = dict.fromkeys(facts.get("lead") or (), ResponsibilityRole.LEAD)
    others = ResponsibilityRole.JOINT if roles else ResponsibilityRole.NAMED
    for name in facts.get("departments") or ():
        roles.setdefault(name, others)
    shelf.assign(project, roles, by=by, at=at, reason=reason)
    for served in facts.get("indicators") or ():
        link_indicator(project=project, indicator=shelf.indicators[served].subject, by=by, at=at)


def held(shelf: Shelf) -> list[list[Any]]:
    """Return the plan's projects as rows of the template."""
    return [
        [
            code,
            one.order,
            one.name,
            one.group,
            one.content,
            one.start_year,
            one.end_year,
            None if one.investment_yuan is None else wan(one.investment_yuan),
            _departments(one, {ResponsibilityRole.LEAD}),
            _departments(one, {ResponsibilityRole.JOINT, ResponsibilityRole.NAMED}),
            "、".join(
                link.indicator.code for link in one.subject.indicator_links.select_related("indicator")
            ),
        ]
        for code, one in shelf.projects.items()
    ]


def _departments(version: Any, roles: set[ResponsibilityRole]) -> str:
    duties = version.subject.responsibilities.filter(valid_to__isnull=True, role__in=roles)
    return "、".join(duty.department.name for duty in duties.select_related("department"))
