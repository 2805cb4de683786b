"""Projects: entered and changed, money by year and source, milestones, links to indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions.records import (
    add_record,
    entered,
    first_version,
    identity,
    newest,
    next_version,
    read_version,
)
from qingshan.plans.errors import BadFacts, LedgerRefusal, MissingReason, OutsidePlan
from qingshan.plans.keeping import require_unkept
from qingshan.plans.locks import require_open
from qingshan.plans.models import (
    Indicator,
    Milestone,
    MilestoneVersion,
    Money,
    MoneyVersion,
    Plan,
    Project,
    ProjectIndicator,
    ProjectVersion,
)
from qingshan.plans.models.project import BASELINE_FIELDS
from qingshan.plans.states import MILESTONE_FLOW


@transaction.atomic
def add_project(
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Project:
    """Enter a project (新增项目).

    Parameters
    ----------
    facts : mapping
        Fields of `ProjectVersion`; money in yuan (``investment_yuan``).
    """
    policies.require(by, "edit", plan)
    years_in_order(facts.get("start_year"), facts.get("end_year"))
    return add_record(
        Project, ProjectVersion, plan=plan, code=code, facts={"counts_as": code, **facts},
        valid_from=valid_from, by=by, at=at, reason=reason, action="plans.add_project",
    )  # fmt: skip


@transaction.atomic
def revise_project(
    *,
    project: Project,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> ProjectVersion:
    """Change a project (变更项目); years, money and content go through `propose_rebaselining`.

    Raises
    ------
    LedgerRefusal
        One of `BASELINE_FIELDS` is among the changes.
    """
    policies.require(by, "edit", project.plan)
    if set(changes) & set(BASELINE_FIELDS):
        raise LedgerRefusal(_("年限、投资和建设内容的改变须走“项目调整”，由另一人批准。"))
    return next_version(
        ProjectVersion, project, changes, seen=seen, valid_from=valid_from or beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_project",
    )  # fmt: skip


def years_in_order(start: int | None, end: int | None) -> None:
    """Refuse a project that ends before it begins."""
    if start is not None and end is not None and end < start:
        raise BadFacts({_("完成年"): [_("%(end)d 早于起始年 %(start)d") % {"end": end, "start": start}]})


@transaction.atomic
def set_money(
    *,
    project: Project,
    year: int,
    funds: str,
    amounts: Mapping[str, int | None],
    by: Any,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
    valid_from: date | None = None,
    kept: bool = False,
) -> MoneyVersion:
    """Enter or change what was planned, received and paid from one source in a year (资金填报).

    Parameters
    ----------
    amounts : mapping
        Some of ``planned_yuan``, ``received_yuan``, ``paid_yuan``; whole yuan, None where unknown.
    seen : int, optional
        Number of the version that was read. Without it what is given is added to the line as it stands;
        a change needs a reason.
    kept : bool
        The sums come from who keeps the line entry by entry (`register_keeper`).

    Raises
    ------
    BadFacts
        A negative amount, or not whole yuan.
    LedgerRefusal
        The line is kept entry by entry, and a sum was typed over it.
    StaleVersion
        Somebody else has entered another amount meanwhile.
    """
    policies.require(by, "report_project", project)
    wrong = {name: [_("不能小于零")] for name, yuan in amounts.items() if yuan is not None and yuan < 0}
    if wrong:
        raise BadFacts(wrong)
    if not kept:
        require_unkept(project, year, funds, amounts)
    day = valid_from or beijing_day(at)
    if not Money.objects.filter(project=project, year=year, funds=funds).exists():
        require_open(project.plan, day)
        money = identity(Money, project=project, year=year, funds=funds)
        version = first_version(MoneyVersion, money, amounts, valid_from=day, by=by, at=at, reason=reason)
        entered("plans.set_money", money.ref, by=by, at=at, year=year, funds=funds)
        return version
    money = Money.objects.get(project=project, year=year, funds=funds)
    read = newest(MoneyVersion, money).number if seen is None else seen
    return next_version(
        MoneyVersion, money, amounts, seen=read, valid_from=day, by=by, at=at, reason=reason,
        action="plans.set_money",
    )  # fmt: skip


@transaction.atomic
def add_milestone(
    *, project: Project, code: str, name: str, due_on: date, by: Any, at: datetime, reason: str = ""
) -> Milestone:
    """Enter a dated step of a project (新增节点)."""
    policies.require(by, "report_project", project)
    require_open(project.plan, beijing_day(at))
    milestone = identity(Milestone, project=project, code=code)
    first_version(
        MilestoneVersion, milestone, {"name": name, "due_on": due_on}, valid_from=beijing_day(at),
        by=by, at=at, reason=reason,
    )  # fmt: skip
    entered("plans.add_milestone", milestone.ref, by=by, at=at, name=name, due_on=due_on)
    return milestone


@transaction.atomic
def move_milestone(
    *,
    milestone: Milestone,
    move: str,
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    on: date | None = None,
) -> MilestoneVersion:
    """Pass a milestone to its next state (节点状态变更); ``on`` is the day it was reached."""
    policies.require(by, "report_project", milestone)
    held = read_version(MilestoneVersion, milestone, seen)
    after = MILESTONE_FLOW.after(held.state, move)
    day = on or beijing_day(at)
    if day > beijing_day(at):
        raise BadFacts({_("到达日期"): [_("%s 在今天之后") % day]})
    return next_version(
        MilestoneVersion, milestone, {"state": after, "reached_on": day if move == "reach" else None},
        seen=seen, valid_from=beijing_day(at), by=by, at=at, reason=reason, action="plans.move_milestone",
    )  # fmt: skip


@transaction.atomic
def revise_milestone(
    *, milestone: Milestone, changes: Mapping[str, Any], seen: int, by: Any, at: datetime, reason: str
) -> MilestoneVersion:
    """Change a milestone's name or day (变更节点)."""
    policies.require(by, "report_project", milestone)
    if "state" in changes:
        raise LedgerRefusal(_("状态按流程变更，不能直接修改。"))
    return next_version(
        MilestoneVersion, milestone, changes, seen=seen, valid_from=beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_milestone",
    )  # fmt: skip


@transaction.atomic
def link_indicator(*, project: Project, indicator: Indicator, by: Any, at: datetime) -> ProjectIndicator:
    """Say that a project serves an indicator (项目关联指标)."""
    policies.require(by, "edit", project.plan)
    if project.plan_id != indicator.plan_id:
        raise OutsidePlan
    link, new = ProjectIndicator.objects.get_or_create(
        project=project, indicator=indicator, defaults={"recorded_by": by, "recorded_at": at}
    )
    if new:
        entered("plans.link_indicator", project.ref, by=by, at=at, indicator=indicator.ref)
    return link


@transaction.atomic
def unlink_indicator(*, link: ProjectIndicator, by: Any, at: datetime, reason: str) -> None:
    """Take a link back (取消关联); the audit keeps that it was there."""
    policies.require(by, "edit", link.project.plan)
    detail = {"indicator": link.indicator.ref, "reason": reason}
    audit.record("plans.unlink_indicator", link.project.ref, by=by, at=at, detail=detail)
    link.delete()


@transaction.atomic
def set_linked_indicators(
    *, project: Project, indicators: Sequence[Indicator], by: Any, at: datetime, reason: str = ""
) -> None:
    """Let a project serve exactly these indicators (关联指标): link what is new, unlink what is left out.

    Raises
    ------
    MissingReason
        A link is to be taken back and no reason was given.
    """
    for indicator in indicators:
        link_indicator(project=project, indicator=indicator, by=by, at=at)
    for link in project.indicator_links.exclude(indicator__in=indicators):
        if not reason.strip():
            raise MissingReason
        unlink_indicator(link=link, by=by, at=at, reason=reason)
