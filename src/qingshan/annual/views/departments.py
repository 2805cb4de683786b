"""The year department by department: a picture of all, and a page for each that can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.annual import policies, queries
from qingshan.annual.models import AnnualPlan
from qingshan.annual.standing import DepartmentStanding, RowStanding, by_department, row_standings
from qingshan.annual.states import HEARD
from qingshan.annual.views.frame import Door, frame, opened
from qingshan.annual.vocabulary import Stand
from qingshan.areas.public import Department, department_names, lineage_of
from qingshan.pages.public import Sheet, as_of, new_token, page_or_part, write_workbook


@needs("plans.view")
def departments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far each department has come."""
    annual, day = opened(request, pk), as_of(request)
    rows = queries.versions_for(user=request.user, annual=annual, on=day)
    context = frame(request, annual, departments=by_department(rows, day), day=day, published=True)
    return page_or_part(request, "annual/departments", context)


@needs("plans.view")
def department(request: HttpRequest, pk: int, department_id: int) -> HttpResponseBase:
    """Show one department's targets and tasks of the year."""
    annual, day = opened(request, pk), as_of(request)
    name = department_names([department_id], day).get(department_id)
    seen = queries.versions_for(user=request.user, annual=annual, on=day).filter(included=True)
    rows = list(queries.of_department(seen, department_id, day))
    if name is None or not (rows or is_theirs(request.user, annual, department_id)):
        raise Http404
    standings = row_standings(rows)
    own = lineage_of([department_id], day)
    kept = _kept(department_id, name, standings, own)
    if request.GET.get("export") == "xlsx":
        return _workbook(annual, kept, standings, day)
    spoken = policies.may_answer_for(request.user, annual, {pk for row in rows for pk in row.department_ids})
    said = queries.voices(rows=rows, on=day)
    stands = {
        key: next((one.stand for one in voices if one.department_id in own), None)
        for key, voices in said.items()
    }
    context = frame(
        request,
        annual,
        actions=[Door(_("导出 Excel"), f"{request.path}?export=xlsx")],
        department=kept,
        joins=[one for one in standings if one.version.lead_id not in own],
        stands=stands,
        unsaid=sum(stand is Stand.SILENT for stand in stands.values()),
        may_accept=bool(spoken) and annual.phase in HEARD,
        day=day,
        overdue=kept.overdue(day),
        once=new_token(),
    )
    return page_or_part(request, "annual/department", context)


def has_page(user: Any, annual: AnnualPlan, department_id: int, day: date) -> bool:
    """Whether somebody is shown a department's page: it has rows that they see, or none and it is theirs."""
    seen = queries.versions_for(user=user, annual=annual, on=day).filter(included=True)
    return queries.of_department(seen, department_id, day).exists() or is_theirs(user, annual, department_id)


def is_theirs(user: Any, annual: AnnualPlan, department_id: int) -> bool:
    """Whether an empty page is shown: to who sees every row of the district, and to the department itself."""
    own = policies.own_departments(user, annual)
    if own is not None:
        return department_id in own
    return Department.objects.filter(pk=department_id, district=annual.district_id).exists()


def _kept(
    department_id: int, name: str, standings: list[RowStanding], own: frozenset[int]
) -> DepartmentStanding:
    found = DepartmentStanding(department_id, name)
    for one in standings:
        if one.version.lead_id in own:
            (found.work if one.version.subject.what.is_work else found.targets).append(one)
        else:
            found.joins += 1
    return found


def _workbook(
    annual: AnnualPlan, kept: DepartmentStanding, standings: list[RowStanding], day: date
) -> FileResponse:
    name = f"{kept.name}-{annual.year}-{_('年度计划')}"
    widths = (8, 12, 36, 44, 24, 12, 8, 10, 8)
    sheet = Sheet(_("年度计划"), list(_lines(kept, standings)), widths)
    return FileResponse(write_workbook([sheet], as_of=day), as_attachment=True, filename=f"{name}.xlsx")


def _lines(kept: DepartmentStanding, standings: list[RowStanding]) -> Iterator[list[Any]]:
    yield [
        _("序号"), _("类别"), _("事项"), _("年度目标"), _("牵头单位"), _("完成期限"), _("权重"),
        _("任务状态"), _("进度（%）"),
    ]  # fmt: skip
    for one in standings:
        row = one.version
        yield [
            row.subject.code, str(row.subject.what.label), row.name, row.goal, str(row.lead or ""),
            row.due_on, row.weight, str(one.task.phase.label) if one.task else "", one.percent,
        ]  # fmt: skip
    yield [
        "", _("合计"), "", "", kept.name, None,
        sum((one.version.weight for one in standings), start=0), "", kept.percent,
    ]  # fmt: skip
