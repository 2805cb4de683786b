"""What waits for a second person, as the review page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.plans.figures import value_figure
from qingshan.plans.models import (
    Commitment,
    CommitmentVersion,
    IndicatorVersion,
    Measure,
    MeasureVersion,
    PlanVersion,
    Project,
    ProjectVersion,
)
from qingshan.plans.queries import ToReview


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An entry to be decided: what it is, what it says, who entered it, where to read more."""

    kind: str
    kind_label: str
    key: int
    what: str
    plan: str
    figure: Figure | None
    text: str
    entered_by: Any
    entered_at: datetime
    url: str


def waiting_rows(found: ToReview, on: date) -> list[WaitingRow]:
    """Return the entries as rows: values, years left out, reports, changes of projects."""
    return [
        *(_value(one, on) for one in found.values),
        *(_statement(one, on) for one in found.not_evaluable),
        *(_report(one, on) for one in found.reports),
        *(_rebaselining(one, on) for one in found.rebaselinings),
    ]


def _name(versions: Any, subject: Any, on: date) -> str:
    held = versions.objects.filter(subject=subject, valid_from__lte=on).order_by("-number").first()
    return str(held if held else subject.code)


def _value(value: Any, on: date) -> WaitingRow:
    indicator = value.indicator
    url = reverse("plans:value", args=[indicator.plan.code, indicator.code, value.pk])
    figure = value_figure(value, unit=value.unit, simulated=indicator.plan.simulated, origin=url)
    return WaitingRow(
        kind="value",
        kind_label=_("数值"),
        key=value.pk,
        what=f"{_name(IndicatorVersion, indicator, on)} {value.year}",
        plan=_name(PlanVersion, indicator.plan, on),
        figure=figure,
        text=f"{value.kind.label}，{value.source}",
        entered_by=value.entered_by,
        entered_at=value.entered_at,
        url=url,
    )


def _statement(statement: Any, on: date) -> WaitingRow:
    indicator = statement.indicator
    return WaitingRow(
        kind="not-evaluable",
        kind_label=_("不予评估"),
        key=statement.pk,
        what=f"{_name(IndicatorVersion, indicator, on)} {statement.year}",
        plan=_name(PlanVersion, indicator.plan, on),
        figure=None,
        text=f"{statement.reason}（{statement.evidence}）",
        entered_by=statement.entered_by,
        entered_at=statement.entered_at,
        url=reverse("plans:indicator", args=[indicator.plan.code, indicator.code]),
    )


_VERSIONS: dict[type, Any] = {
    Measure: MeasureVersion,
    Project: ProjectVersion,
    Commitment: CommitmentVersion,
}


def _report(report: Any, on: date) -> WaitingRow:
    plan, subject = report.subject.plan, report.subject
    return WaitingRow(
        kind="report",
        kind_label=_("进展报告"),
        key=report.pk,
        what=_name(_VERSIONS[type(subject)], subject, on),
        plan=_name(PlanVersion, plan, on),
        figure=None,
        text=f"{report.on} {report.work_state.label}：{report.text}",
        entered_by=report.entered_by,
        entered_at=report.entered_at,
        url=reverse("plans:report", args=[plan.code, report.pk]),
    )


def _rebaselining(proposal: Any, on: date) -> WaitingRow:
    project = proposal.project
    return WaitingRow(
        kind="rebaselining",
        kind_label=_("项目调整"),
        key=proposal.pk,
        what=_name(ProjectVersion, project, on),
        plan=_name(PlanVersion, project.plan, on),
        figure=None,
        text=proposal.reason,
        entered_by=proposal.entered_by,
        entered_at=proposal.entered_at,
        url=reverse("plans:project", args=[project.plan.code, project.code]),
    )
