"""Records and rows of the queries as the schemas of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingshan.history.public import Step
from qingshan.kernel.figure import Figure
from qingshan.plans.api import schemas as out
from qingshan.plans.figures import money_figure
from qingshan.plans.models import CatalogueIndicatorVersion, PlanVersion, ProgressReport, Value
from qingshan.plans.queries import IndicatorDetail, IndicatorRow, Share, TargetRow
from qingshan.plans.targets import quantity_in_words, typed_in_words


def plan(version: PlanVersion) -> out.PlanOut:
    """Return a plan's head."""
    own = {name: getattr(version, name) for name in _PLAN_FIELDS}
    return out.PlanOut(
        **own,
        code=version.subject.code,
        level=str(version.level.value),
        state=str(version.state.value),
        district_code=version.subject.district.code,
        district=version.subject.district.name,
        simulated=version.subject.simulated,
        version=version.number,
    )


_PLAN_FIELDS = (
    "name", "short_name", "kind", "period_from", "period_to", "base_year", "issuer", "document_number",
    "approved_on", "issued_on", "in_force_on",
)  # fmt: skip


def figure(shown: Figure) -> out.FigureOut:
    """Return a figure whole."""
    return out.FigureOut(
        value=None if shown.value is None else str(shown.value),
        text=shown.text,
        unit=shown.unit,
        as_of=shown.as_of,
        source=shown.source,
        simulated=shown.simulated,
        origin=shown.origin,
        missing=shown.missing,
    )


def shares(found: Iterable[Share]) -> list[out.ShareOut]:
    """Return who answers for something."""
    return [
        out.ShareOut(department_id=one.department_id, name=one.name, role=str(one.role.value), was=one.was)
        for one in found
    ]


def indicator(row: IndicatorRow) -> out.IndicatorOut:
    """Return an indicator with its verdict."""
    return out.IndicatorOut(**_indicator(row))


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    version = row.version
    return {
        "code": row.code,
        "table": row.table.code if row.table else None,
        "order": version.order,
        "counts_as": version.counts_as,
        "category": row.category,
        "subcategory": row.subcategory,
        "name": row.name,
        "unit": row.unit,
        "attribute": version.attribute,
        "direction": version.direction,
        "catalogue": version.catalogue.code if version.catalogue else None,
        "baseline_year": version.baseline_year,
        "baseline": figure(row.baseline),
        "latest_year": row.latest_year,
        "latest": figure(row.latest),
        "targets": {year: cell.words for year, cell in row.targets.items()},
        "status": str(row.status.value),
        "method": row.method,
        "cautions": [str(one.value) for one in row.cautions],
        "responsible": shares(row.shares),
        "version": version.number,
    }


def indicator_detail(detail: IndicatorDetail) -> out.IndicatorDetailOut:
    """Return an indicator with targets, path and values."""
    return out.IndicatorDetailOut(
        **_indicator(detail.row),
        target_details=[_target(one) for one in detail.targets],
        path=[
            out.PathOut(year=point.year, value=str(point.value), printed=point.printed)
            for point in detail.path
        ],
        values=[value(one.value, counts=one.counts) for one in detail.values],
        pending=[value(one) for one in detail.pending],
        not_evaluable={year: one.reason for year, one in detail.row.standing.excluded.items()},
    )


def _target(row: TargetRow) -> out.TargetOut:
    typed = row.version.typed
    return out.TargetOut(
        year=row.target.year,
        words=row.words,
        raw=row.version.raw,
        kind=str(typed.kind.value) if typed else "",
        operator=str(typed.operator.value) if typed and typed.operator else None,
        value=str(typed.value) if typed and typed.value is not None else None,
        unit=typed.unit if typed else "",
        waiting=row.waiting,
        status=str(row.verdict.status.value),
        method=row.verdict.method,
        version=row.version.number,
    )


def value(found: Value, *, counts: bool = False) -> out.ValueOut:
    """Return a value."""
    return out.ValueOut(
        id=found.pk,
        year=found.year,
        period_start=found.period_start,
        period_end=found.period_end,
        kind=str(found.kind.value),
        number=None if found.number is None else str(found.number),
        text=found.text,
        unit=found.unit,
        finding=found.finding,
        condition=found.condition,
        as_of=found.as_of,
        known_on=found.known_on,
        source=found.source,
        note=found.note,
        state=str(found.state.value),
        counts=counts,
        corrects=found.corrects_id,
    )


def _work(row: Any) -> dict[str, Any]:
    return {
        "code": row.subject.code,
        "state": str(row.state.value),
        "percent": row.percent,
        "reported_on": row.reported_on,
        "responsible": shares(row.shares),
        "version": row.number,
    }


def measure(row: Any) -> out.MeasureOut:
    """Return a measure; the row carries its shares."""
    return out.MeasureOut(**_work(row), label=row.label, title=row.title, summary=row.summary, role=row.role)


def commitment(row: Any) -> out.CommitmentOut:
    """Return a commitment; the row carries its shares."""
    return out.CommitmentOut(
        **_work(row),
        kind=row.kind,
        topic=row.topic,
        metric=row.metric,
        words=typed_in_words(row.typed) if row.typed else "",
        deadline=row.deadline,
        due_on=row.due_on,
        scope=row.scope,
    )


def project(row: Any) -> out.ProjectOut:
    """Return a project row; the row carries its shares."""
    invested = money_figure(
        row.investment_yuan, as_of=row.valid_from, source=row.reason, simulated=row.plan.simulated
    )
    return out.ProjectOut(
        **_work(row),
        kind=row.kind,
        counts_as=row.counts_as,
        label=row.label,
        name=row.name,
        group=row.group,
        content=row.content,
        quantities=[quantity_in_words(one) for one in row.quantities],
        start_year=row.start_year,
        end_year=row.end_year,
        investment=figure(invested),
    )


def catalogue(version: CatalogueIndicatorVersion) -> out.CatalogueOut:
    """Return a definition; what is kept one a line becomes a list."""
    lines = {name: getattr(version, name).splitlines() for name in _LINES}
    words = {name: getattr(version, name) for name in _WORDS}
    return out.CatalogueOut(code=version.subject.code, **words, **lines)


_LINES = ("aliases", "data_departments", "standards", "rules")
_WORDS = ("name", "direction", "unit", "definition", "formula_words", "formula_symbols")


def step(found: Step) -> out.StepOut:
    """Return one step of a record's history."""
    version = found.version
    return out.StepOut(
        number=version.number,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        recorded_at=version.recorded_at,
        recorded_by=str(version.recorded_by or ""),
        reason=version.reason,
        changes=[f"{change.label}：{change.before} → {change.after}" for change in found.changes],
    )


def report(found: ProgressReport) -> out.ReportOut:
    """Return a report of progress."""
    return out.ReportOut(
        id=found.pk,
        on=found.on,
        work_state=str(found.work_state.value),
        percent=found.percent,
        text=found.text,
        difficulties=found.difficulties,
        state=str(found.state.value),
    )
