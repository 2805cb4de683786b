"""What waits for a second person, as the review page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureVersion,
    Plan,
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
    subjects: list[Any] = [
        *(one.indicator for one in found.values),
        *(one.indicator for one in found.not_evaluable),
        *(one.subject for one in found.reports),
        *(one.project for one in found.rebaselinings),
    ]
    names = _names([*subjects, *(one.plan for one in subjects)], on)
    return [
        *(_value(one, names) for one in found.values),
        *(_statement(one, names) for one in found.not_evaluable),
        *(_report(one, names) for one in found.reports),
        *(_rebaselining(one, names) for one in found.rebaselinings),
    ]


_VERSIONS: dict[type, Any] = {
    Plan: PlanVersion,
    Indicator: IndicatorVersion,
    Measure: MeasureVersion,
    Project: ProjectVersion,
    Commitment: CommitmentVersion,
}
Names = Mapping[Any, str]


def _names(records: Iterable[Any], on: date) -> Names:
    """Return what each record is called on a day, in one query for each kind of record."""
    known: dict[Any, str] = {}
    asked: dict[type[Any], dict[int, Any]] = {}
    for record in records:
        known[record] = record.code
        asked.setdefault(type(record), {})[record.pk] = record
    for model, given in asked.items():
        held = _VERSIONS[model].objects.filter(subject_id__in=given, valid_from__lte=on)
        known |= {given[one.subject_id]: str(one) for one in held.order_by("number")}
    return known


def _value(value: Any, names: Names) -> WaitingRow:
    indicator = value.indicator
    url = reverse("plans:value", args=[indicator.plan.code, indicator.code, value.pk])
    figure = value_figure(value, unit=value.unit, simulated=indicator.plan.simulated, origin=url)
    return WaitingRow(
        kind="value",
        kind_label=_("数值"),
        key=value.pk,
        what=f"{names[indicator]} {value.year}",
        plan=names[indicator.plan],
        figure=figure,
        text=f"{value.kind.label}，{value.source}",
        entered_by=value.entered_by,
        entered_at=value.entered_at,
        url=url,
    )


def _statement(statement: Any, names: Names) -> WaitingRow:
    indicator = statement.indicator
    return WaitingRow(
        kind="not-evaluable",
        kind_label=_("不予评估"),
        key=statement.pk,
        what=f"{names[indicator]} {statement.year}",
        plan=names[indicator.plan],
        figure=None,
        text=f"{statement.reason}（{statement.evidence}）",
        entered_by=statement.entered_by,
        entered_at=statement.entered_at,
        url=reverse("plans:indicator", args=[indicator.plan.code, indicator.code]),
    )


def _report(report: Any, names: Names) -> WaitingRow:
    plan, subject = report.subject.plan, report.subject
    return WaitingRow(
        kind="report",
        kind_label=_("进展报告"),
        key=report.pk,
        what=names[subject],
        plan=names[plan],
        figure=None,
        text=f"{report.on} {report.work_state.label}：{report.text}",
        entered_by=report.entered_by,
        entered_at=report.entered_at,
        url=reverse("plans:report", args=[plan.code, report.pk]),
    )


def _rebaselining(proposal: Any, names: Names) -> WaitingRow:
    project = proposal.project
    return WaitingRow(
        kind="rebaselining",
        kind_label=_("项目调整"),
        key=proposal.pk,
        what=names[project],
        plan=names[project.plan],
        figure=None,
        text=proposal.reason,
        entered_by=proposal.entered_by,
        entered_at=proposal.entered_at,
        url=reverse("plans:project", args=[project.plan.code, project.code]),
    )
