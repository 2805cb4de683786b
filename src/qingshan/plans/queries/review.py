"""What waits for a second person, over all plans: sifted and cut into pages by the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import User, scope_of
from qingshan.kernel.figure import Figure
from qingshan.plans import policies
from qingshan.plans.addresses import indicator_url, project_url, report_url, value_url
from qingshan.plans.figures import value_figure
from qingshan.plans.models import (
    Commitment,
    CommitmentVersion,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureVersion,
    NotEvaluable,
    Plan,
    PlanVersion,
    ProgressReport,
    Project,
    ProjectVersion,
    Rebaselining,
    TargetAdjustment,
    Value,
)
from qingshan.plans.models.project import BASELINE_FIELDS, wan
from qingshan.plans.states import ReviewState
from qingshan.plans.targets import typed_in_words

__all__ = [
    "KINDS",
    "WaitingRow",
    "adjusted_in_words",
    "offered",
    "proposed_in_words",
    "rows_of",
    "waiting_for",
]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An entry to be decided: what it is, what it says, who entered it, where to read more."""

    kind: str
    kind_label: str | Promise
    key: int
    what: str
    plan: str
    figure: Figure | None
    text: str
    entered_by: Any
    entered_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: who decides it, and what it may speak of."""

    label: str | Promise
    model: type[models.Model]
    verb: str
    subjects: tuple[str, ...]


KINDS = {
    "value": Kind(gettext_lazy("数值"), Value, "approve_value", ("indicator",)),
    "report": Kind(gettext_lazy("进展报告"), ProgressReport, "edit", ("measure", "commitment", "project")),
    "not-evaluable": Kind(gettext_lazy("不予评估"), NotEvaluable, "approve", ("indicator",)),
    "rebaselining": Kind(gettext_lazy("项目调整"), Rebaselining, "approve", ("project",)),
    "adjustment": Kind(gettext_lazy("目标调整"), TargetAdjustment, "approve", ("target__indicator",)),
}


def waiting_for(
    *, user: Any, kind: str = "", plan: str = "", entered_by: int | None = None, newest_first: bool = False
) -> QuerySet[Any, Any]:
    """Return kind and number of what waits for this person's decision now and they did not enter.

    Parameters
    ----------
    kind : str
        A key of `KINDS`; empty: all.
    plan : str
        Code of a plan; empty: all.
    entered_by : int, optional
        Number of who entered it.
    """
    parts = [
        _kept(rows, plan, entered_by).values_list("of_kind", "pk", "submitted_at")
        for rows in _parts(user, kind)
    ]
    return _together(parts, "-" if newest_first else "")


def _kept(rows: Any, plan: str, entered_by: int | None) -> Any:
    if plan:
        rows = rows.filter(of_plan=plan)
    return rows if entered_by is None else rows.filter(entered_by_id=entered_by)


def _together(parts: list[Any], sign: str) -> QuerySet[Any, Any]:
    if not parts:
        return Value.objects.none().values_list("kind", "pk", "submitted_at")
    first, *others = parts
    found: QuerySet[Any, Any] = first.union(*others, all=True) if others else first
    return found.order_by(f"{sign}submitted_at", f"{sign}pk")


def _parts(user: Any, kind: str = "") -> Iterable[Any]:
    """The entries of each kind and subject, within this person's reach."""
    for name, what in KINDS.items():
        scope = scope_of(user, capability=policies.CAPABILITIES[what.verb])
        if scope.nothing or kind not in ("", name):
            continue
        for subject in what.subjects:
            yield (
                what.model._default_manager.filter(
                    scope.rows(district=f"{subject}__plan__district"), state=ReviewState.SUBMITTED
                )
                .exclude(entered_by_id=user.pk)
                .annotate(
                    of_kind=models.Value(name, models.CharField()),
                    of_plan=F(f"{subject}__plan__code"),
                )
                .order_by()
            )


@dataclass(frozen=True, slots=True)
class Offered:
    """By what a person's list can be sifted: the plans and the writers of what waits."""

    plans: list[tuple[str, str]]
    writers: list[tuple[int, str]]


def offered(*, user: Any, on: date) -> Offered:
    """Return the plans and the writers of what waits for this person, by name."""
    parts = [rows.values_list("of_plan", "entered_by_id") for rows in _parts(user)]
    pairs = set(parts[0].union(*parts[1:])) if parts else set()
    held = PlanVersion.objects.on(on).filter(subject__code__in={code for code, _writer in pairs})
    people = User.objects.filter(pk__in={writer for _code, writer in pairs})
    return Offered(
        plans=sorted(held.values_list("subject__code", "name"), key=lambda pair: pair[1]),
        writers=sorted(((one.pk, str(one)) for one in people), key=lambda pair: pair[1]),
    )


_WITH_PLAN = {
    name: [f"{subject}__plan" for subject in what.subjects] + ["entered_by"] for name, what in KINDS.items()
}
_VERSIONS: dict[type, Any] = {
    Plan: PlanVersion,
    Indicator: IndicatorVersion,
    Measure: MeasureVersion,
    Project: ProjectVersion,
    Commitment: CommitmentVersion,
}
Names = Mapping[Any, Any]


def rows_of(keys: Iterable[tuple[Any, ...]], on: date) -> list[WaitingRow]:
    """Return entries, given by kind and number, as rows in the same order."""
    wanted = [(kind, pk) for kind, pk, *_more in keys]
    found: dict[tuple[str, int], Any] = {}
    for name, what in KINDS.items():
        asked = {pk for kind, pk in wanted if kind == name}
        rows = what.model._default_manager.filter(pk__in=asked).select_related(*_WITH_PLAN[name])
        found |= {(name, row.pk): row for row in rows if asked}
    subjects = [_subject(entry) for entry in found.values()]
    names = _names([*subjects, *(one.plan for one in subjects)], on)
    return [_ROWS[key[0]](found[key], names) for key in wanted if key in found]


def _subject(entry: Any) -> Any:
    return next(
        found for name in ("indicator", "project", "subject") if (found := getattr(entry, name, None))
    )


def _names(records: Iterable[Any], on: date) -> Names:
    """Return each record's version of a day, which prints its name, in one query for each kind of record."""
    known: dict[Any, Any] = {}
    asked: dict[type[Any], dict[int, Any]] = {}
    for record in records:
        known[record] = record.code
        asked.setdefault(type(record), {})[record.pk] = record
    for model, given in asked.items():
        held = _VERSIONS[model].objects.filter(subject_id__in=given, valid_from__lte=on)
        known |= {given[one.subject_id]: one for one in held.order_by("number")}
    return known


def _row(kind: str, entry: Any, names: Names, what: str, text: str, url: str, **more: Any) -> WaitingRow:
    return WaitingRow(
        kind=kind,
        kind_label=KINDS[kind].label,
        key=entry.pk,
        what=what,
        plan=str(names[_subject(entry).plan]),
        figure=more.get("figure"),
        text=text,
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
        url=url,
    )


def _value(value: Any, names: Names) -> WaitingRow:
    indicator = value.indicator
    url = value_url(indicator.plan.code, indicator.code, value.pk)
    figure = value_figure(value, unit=value.unit, simulated=indicator.plan.simulated, origin=url)
    text = f"{value.kind.label}，{value.source}"
    return _row("value", value, names, f"{names[indicator]} {value.year}", text, url, figure=figure)


def _statement(statement: Any, names: Names) -> WaitingRow:
    indicator = statement.indicator
    what, text = f"{names[indicator]} {statement.year}", f"{statement.reason}（{statement.evidence}）"
    return _row(
        "not-evaluable", statement, names, what, text, indicator_url(indicator.plan.code, indicator.code)
    )


def _report(report: Any, names: Names) -> WaitingRow:
    subject = report.subject
    text = f"{report.on} {report.work_state.label}：{report.text}"
    return _row("report", report, names, str(names[subject]), text, report_url(subject.plan.code, report.pk))


def _rebaselining(proposal: Any, names: Names) -> WaitingRow:
    project = proposal.project
    held = names[project] if isinstance(names[project], ProjectVersion) else None
    text = f"{proposed_in_words(proposal, held)}。{_('理由：')}{proposal.reason}"
    url = project_url(project.plan.code, project.code)
    return _row("rebaselining", proposal, names, str(names[project]), text, url)


def _adjustment(proposal: Any, names: Names) -> WaitingRow:
    target, indicator = proposal.target, proposal.indicator
    text = f"{adjusted_in_words(proposal)}。{_('理由：')}{proposal.reason}"
    url = indicator_url(indicator.plan.code, indicator.code)
    return _row("adjustment", proposal, names, f"{names[indicator]} {target.year}", text, url)


def adjusted_in_words(proposal: TargetAdjustment) -> str:
    """Return what a target is, and what a proposal would make of it: ``≥92.5% → ≥93%``."""
    before, after = (
        typed_in_words(typed) if typed else _("（空）") for typed in (proposal.before, proposal.typed)
    )
    return f"{before} → {after}"


_ROWS: dict[str, Callable[[Any, Names], WaitingRow]] = {
    "value": _value,
    "report": _report,
    "not-evaluable": _statement,
    "rebaselining": _rebaselining,
    "adjustment": _adjustment,
}


def proposed_in_words(proposal: Rebaselining, held: ProjectVersion | None = None) -> str:
    """Return what a re-baselining would change a project to, field by field, and from what."""
    told = []
    for name in BASELINE_FIELDS:
        if (found := getattr(proposal, name)) in (None, ""):
            continue
        before = "" if held is None else _said(name, getattr(held, name))
        told.append(f"{_label(name)} {before} → {_said(name, found)}")
    return "；".join(told)


def _said(name: str, found: Any) -> str:
    if found in (None, ""):
        return _("（空）")
    return str(wan(found) if name == "investment_yuan" else found)


def _label(name: str) -> Any:
    if name == "investment_yuan":
        return _("总投资（万元）")
    return Rebaselining._meta.get_field(name).verbose_name  # type: ignore[union-attr]
