"""Reading: everything the owner of the token may see, as of any day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from qingshan.kernel.refs import Ref
from qingshan.pages.public import today
from qingshan.plans import queries
from qingshan.plans.api import schemas as out
from qingshan.plans.api import shown
from qingshan.plans.models import PlanVersion, ProjectResponsibility
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import MeasureKind

router = Router(tags=["规划"])

# ninja says of these functions that they are generic types; their own examples call them so
AsOf: Any = Query(None, description="截至日期，如 2025-06-30；不填为今天")  # type: ignore[type-arg]
Limit: Any = Query(100, ge=1, le=500, description="一页多少条")  # type: ignore[type-arg]
Offset: Any = Query(0, ge=0, description="从第几条起")  # type: ignore[type-arg]


def _plan(request: HttpRequest, code: str, on: date) -> PlanVersion:
    return queries.plan_for(user=request.user, code=code, on=on)


@router.get("/plans", response=list[out.PlanOut], summary="可见的规划")
def plans(request: HttpRequest, as_of: date | None = AsOf) -> Any:
    """Return the plans the caller sees, as they stood on a day."""
    found = queries.visible_versions(user=request.user, on=as_of or today())
    return [shown.plan(version) for version in found]


@router.get("/plans/{code}", response=out.PlanOut, summary="一部规划")
def plan(request: HttpRequest, code: str, as_of: date | None = AsOf) -> Any:
    """Return one plan's head."""
    return shown.plan(_plan(request, code, as_of or today()))


@router.get("/plans/{code}/overview", response=out.OverviewOut, summary="总览")
def overview(request: HttpRequest, code: str, as_of: date | None = AsOf) -> Any:
    """Return how the plan stands: health, what is behind, what waits, what is due."""
    on = as_of or today()
    found = queries.plan_overview(user=request.user, plan=_plan(request, code, on), on=on)
    return out.OverviewOut(
        health=[out.HealthOut(status=str(one.status.value), count=one.count) for one in found.health],
        behind=[one.what for one in found.behind],
        waiting=[one.what for one in found.waiting],
        due=[
            out.DueOut(
                what=one.what,
                kind=one.kind,
                due_on=one.due_on,
                whose=shown.shares(one.whose),
                overdue=one.overdue,
            )
            for one in found.due
        ],
        silent=found.silent,
        missing=[one.what for one in found.missing],
        conflicts=found.conflicts,
    )


@router.get("/plans/{code}/indicators", response=list[out.IndicatorOut], summary="指标")
def indicators(request: HttpRequest, code: str, as_of: date | None = AsOf) -> Any:
    """Return all indicators with baseline, targets, latest value and verdict."""
    on = as_of or today()
    rows = queries.indicator_rows(user=request.user, plan=_plan(request, code, on), on=on)
    return [shown.indicator(row) for row in rows]


@router.get("/plans/{code}/indicators/{indicator_code}", response=out.IndicatorDetailOut, summary="一项指标")
def indicator(request: HttpRequest, code: str, indicator_code: str, as_of: date | None = AsOf) -> Any:
    """Return one indicator with its targets, path and values."""
    on = as_of or today()
    detail = queries.indicator_detail(
        user=request.user, plan=_plan(request, code, on), code=indicator_code, on=on
    )
    return shown.indicator_detail(detail)


@router.get("/plans/{code}/measures", response=out.MeasuresOut, summary="措施")
def measures(
    request: HttpRequest,
    code: str,
    as_of: date | None = AsOf,
    state: WorkState | None = None,
    limit: int = Limit,
    offset: int = Offset,
) -> Any:
    """Return a page of measures, in reading order."""
    on = as_of or today()
    rows = queries.measures_for(user=request.user, plan=_plan(request, code, on), on=on)
    rows = _sifted(rows.filter(kind=MeasureKind.MEASURE), state)
    page = queries.with_shares(rows[offset : offset + limit], on)
    return out.MeasuresOut(total=rows.count(), items=[shown.measure(row) for row in page])


@router.get("/plans/{code}/commitments", response=out.CommitmentsOut, summary="承诺")
def commitments(
    request: HttpRequest,
    code: str,
    as_of: date | None = AsOf,
    state: WorkState | None = None,
    limit: int = Limit,
    offset: int = Offset,
) -> Any:
    """Return a page of commitments."""
    on = as_of or today()
    rows = _sifted(queries.commitments_for(user=request.user, plan=_plan(request, code, on), on=on), state)
    page = queries.with_shares(rows[offset : offset + limit], on)
    return out.CommitmentsOut(total=rows.count(), items=[shown.commitment(row) for row in page])


@router.get("/plans/{code}/projects", response=out.ProjectsOut, summary="项目")
def projects(
    request: HttpRequest,
    code: str,
    as_of: date | None = AsOf,
    state: WorkState | None = None,
    limit: int = Limit,
    offset: int = Offset,
) -> Any:
    """Return a page of project rows."""
    on = as_of or today()
    rows = _sifted(queries.projects_for(user=request.user, plan=_plan(request, code, on), on=on), state)
    page = queries.with_shares(rows[offset : offset + limit], on, ProjectResponsibility)
    return out.ProjectsOut(total=rows.count(), items=[shown.project(row) for row in page])


def _sifted(rows: Any, state: WorkState | None) -> Any:
    return rows if state is None else rows.filter(state=state)


#: Kind in the address -> how the record is found.
_DETAILS: dict[str, Any] = {
    "indicators": queries.indicator_detail,
    "measures": queries.measure_detail,
    "commitments": queries.commitment_detail,
    "projects": queries.project_detail,
}


@router.get("/plans/{code}/{kind}/{record_code}/history", response=list[out.StepOut], summary="变更历史")
def history(request: HttpRequest, code: str, kind: str, record_code: str, as_of: date | None = AsOf) -> Any:
    """Return the versions of an indicator, measure, commitment or project, newest first."""
    on = as_of or today()
    if kind not in _DETAILS:
        raise NoSuchRecord(f"{kind}/{record_code}")
    detail = _DETAILS[kind](user=request.user, plan=_plan(request, code, on), code=record_code, on=on)
    return [shown.step(one) for one in detail.steps]


@router.get("/targets/{key}/history", response=list[out.StepOut], summary="目标的变更历史")
def target_history(request: HttpRequest, key: int, as_of: date | None = AsOf) -> Any:
    """Return the versions of a target, newest first."""
    ref = Ref("plans", "target", str(key))
    return [shown.step(one) for one in queries.steps_of(user=request.user, ref=ref, on=as_of or today())]


@router.get("/search", response=list[out.HitOut], summary="查找")
def search(request: HttpRequest, q: str, as_of: date | None = AsOf) -> Any:
    """Look for words in names, contents and passages; at least two characters."""
    found = queries.search(user=request.user, text=q, on=as_of or today())
    return [out.HitOut.model_validate(hit, from_attributes=True) for hit in found]


@router.get("/catalogue", response=list[out.CatalogueOut], summary="指标库")
def catalogue(request: HttpRequest, as_of: date | None = AsOf) -> Any:
    """Return the definitions of the indicator catalogue."""
    return [shown.catalogue(version) for version in queries.catalogue_entries(on=as_of or today())]


@router.get("/departments/{department_id}", response=out.DepartmentOut, summary="一个单位的职责")
def department(request: HttpRequest, department_id: int, as_of: date | None = AsOf) -> Any:
    """Return what a department answers for, also by succession."""
    page = queries.department_page(user=request.user, department_id=department_id, on=as_of or today())
    return out.DepartmentOut(
        department_id=department_id,
        name=page.version.name if page.version else page.department.name,
        predecessors=[one.name for one in page.predecessors],
        indicators=[f"{row.standing.version.plan.code}/{row.code}" for row in page.indicators],
        measures=_codes(page.measures),
        commitments=_codes(page.commitments),
        projects=_codes(page.projects),
    )


def _codes(rows: Any) -> list[str]:
    return [f"{row.plan.code}/{row.subject.code}" for row in rows]
