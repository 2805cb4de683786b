"""Taking a snapshot of a plan from the ledger: approved facts as of a day, and nothing that waits."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.areas.public import district_on
from qingshan.levels.errors import BadSubmission
from qingshan.levels.snapshots import Head, IndicatorLine, ProjectLine, Snapshot, Tally, WorkLine
from qingshan.plans.public import (
    IndicatorRow,
    Plan,
    PlanProgress,
    ProgressRow,
    ProjectMoney,
    progress_of,
    project_money,
)
from qingshan.tasks.public import task_tally

__all__ = ["snapshot_of"]

#: What is frozen is written in one language, whoever presses the button.
_LANGUAGE = "zh-hans"


def snapshot_of(*, plan: Plan, on: date) -> Snapshot:
    """Return the progress of a plan as of a day (进展快照).

    Only what counts is in it: values, statements and reports that a second person approved, targets and
    records as they held on the day. Tasks are counted as they stood at the end of the day.

    Raises
    ------
    BadSubmission
        The plan was not there on that day.
    """
    with translation.override(_LANGUAGE):
        return _taken(plan, on)


def _taken(plan: Plan, on: date) -> Snapshot:
    try:
        found = progress_of(plan=plan, on=on)
    except Http404:
        raise BadSubmission(_("规划“%(plan)s”在 %(on)s 尚不存在。") % {"plan": plan.code, "on": on}) from None
    money = project_money(plan=plan, on=on)
    tasks = task_tally(district_id=plan.district_id, on=on)
    return Snapshot(
        plan=_head(found, on),
        as_of=on,
        indicators=tuple(_indicator(row) for row in found.indicators),
        measures=tuple(_work(row) for row in found.measures),
        projects=tuple(_project(row, money[row.code]) for row in found.projects),
        commitments=tuple(_work(row) for row in found.commitments),
        tasks=Tally(tasks.open, tasks.in_review, tasks.closed, tasks.overdue),
    )


def _head(found: PlanProgress, on: date) -> Head:
    version, district = found.version, found.plan.district
    held = district_on(district, on)
    return Head(
        code=found.plan.code,
        name=version.name,
        short_name=version.short_name,
        level=str(version.level),
        period_from=version.period_from,
        period_to=version.period_to,
        base_year=version.base_year,
        district_code=held.code if held else district.code,
        district_name=held.name if held else district.name,
        simulated=found.plan.simulated,
    )


def _indicator(row: IndicatorRow) -> IndicatorLine:
    year, latest = row.standing.target_year, row.standing.latest
    target = row.targets.get(year) if year is not None else None
    return IndicatorLine(
        code=row.code,
        name=row.name,
        category=row.category,
        unit=row.unit,
        attribute=str(row.attribute_label),
        target_year=year,
        target=target.words if target else "",
        year=row.latest_year,
        value=_said(row) if latest else "",
        kind=str(latest.get_kind_display()) if latest else "",
        as_of=latest.as_of if latest else None,
        source=latest.source if latest else "",
        status=str(row.status.value),
        method=str(row.method),
    )


def _said(row: IndicatorRow) -> str:
    """The number as the ledger has it, with its own unit where that is another; else its words."""
    figure = row.latest
    if figure.value is None:
        return figure.text
    return f"{figure.value:f}" + (f" {figure.unit}" if figure.unit != row.unit else "")


def _work(row: ProgressRow) -> WorkLine:
    return WorkLine(
        code=row.code,
        name=row.name,
        group=row.group,
        asked=row.asked,
        due_on=row.due_on,
        state=str(row.state.value),
        percent=_percent(row),
        reported_on=row.progress.as_of,
        departments=tuple(share.name for share in row.shares),
    )


def _project(row: ProgressRow, money: ProjectMoney) -> ProjectLine:
    return ProjectLine(
        code=row.code,
        name=row.name,
        group=row.group,
        years=str(row.years),
        state=str(row.state.value),
        percent=_percent(row),
        reported_on=row.progress.as_of,
        investment_yuan=money.investment_yuan,
        planned_yuan=money.planned_yuan,
        received_yuan=money.received_yuan,
        paid_yuan=money.paid_yuan,
        departments=tuple(share.name for share in row.shares),
    )


def _percent(row: ProgressRow) -> int | None:
    value = row.progress.value
    return None if value is None else int(value)
