"""The annual plan as an official paper: a notice with its targets and its work, department by department.

A printed target keeps its link: it is a figure of the paper, under the row it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.annual import queries
from qingshan.annual.models import AnnualPlan, AnnualRowVersion
from qingshan.annual.wording import title_of
from qingshan.areas.public import Department, department_names
from qingshan.papers.public import (
    Block,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    PrintedFigure,
    Table,
    draft_paper,
    mark,
)

__all__ = ["draft_notice"]


def draft_notice(*, annual: AnnualPlan, on: date, by: Any, at: datetime) -> Paper:
    """Draft the notice of an annual plan (关于印发年度计划的通知), to the departments that lead or join in.

    The drafter's own department issues it; a drafter who sits in none drafts for the district's government.

    Raises
    ------
    Forbidden
        Who may not draft papers there.
    """
    items = queries.items_of(annual=annual, on=on)
    rows = [one.version for one in items]
    names = department_names({pk for row in rows for pk in row.department_ids}, on)
    targets = [row for row in rows if not row.subject.what.is_work]
    work = [row for row in rows if row.subject.what.is_work]
    title = _("关于印发%(plan)s%(year)d年度计划的通知") % {"plan": title_of(annual, on), "year": annual.year}
    body: list[Block] = [
        Paragraph(
            _("现将%(plan)s%(year)d年度计划印发给你们，请结合实际认真组织实施。")
            % {"plan": title_of(annual, on), "year": annual.year}
        )
    ]
    if targets:
        body += [Heading(_("一、年度目标"), 1), _targets(targets, names)]
    if work:
        ordinal = _("二、重点工作") if targets else _("一、重点工作")
        body += [Heading(ordinal, 1), _work(work, names)]
    return draft_paper(
        kind=PaperKind.NOTICE,
        district=annual.district,
        department=getattr(by, "department", None),
        title=title,
        body=body,
        figures=[_figure(annual, row, on) for row in targets if row.value],
        recipients=_recipients(rows, names),
        about=annual.ref,
        simulated=annual.district.simulated,
        by=by,
        at=at,
    )


def _targets(rows: Iterable[AnnualRowVersion], names: dict[int, str]) -> Table:
    return Table(
        _("年度目标"),
        (_("序号"), _("指标"), _("年度目标"), _("责任单位")),
        tuple(
            (row.subject.code, row.name, mark(_key(row)) if row.value else row.goal, _whose(row, names))
            for row in rows
        ),
    )


def _work(rows: Iterable[AnnualRowVersion], names: dict[int, str]) -> Table:
    return Table(
        _("重点工作"),
        (_("序号"), _("事项"), _("年度目标"), _("责任单位"), _("完成期限")),
        tuple(
            (
                row.subject.code,
                row.name,
                row.goal,
                _whose(row, names),
                row.due_on.isoformat() if row.due_on else "—",
            )
            for row in rows
        ),
    )


def _key(row: AnnualRowVersion) -> str:
    return f"row{row.subject.code}"


def _figure(annual: AnnualPlan, row: AnnualRowVersion, on: date) -> PrintedFigure:
    return PrintedFigure(
        key=_key(row),
        label=row.name,
        value=row.goal.removesuffix(row.unit),
        unit=row.unit if row.goal.endswith(row.unit) else "",
        as_of=on,
        source=str(row.subject.ref),
        url=reverse("annual:row", args=[annual.pk, row.subject.number]),
        simulated=annual.district.simulated,
    )


def _whose(row: AnnualRowVersion, names: dict[int, str]) -> str:
    return "、".join(names[pk] for pk in row.department_ids if pk in names)


def _recipients(rows: Iterable[AnnualRowVersion], names: dict[int, str]) -> list[Department]:
    ids = dict.fromkeys(pk for row in rows for pk in row.department_ids if pk in names)
    known = Department.objects.in_bulk(ids)
    return sorted((known[pk] for pk in ids), key=lambda one: names[one.pk])
