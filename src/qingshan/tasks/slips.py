"""A supervision slip on paper (督办单): drafted from a task, with its progress as a figure of the ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.papers import public as papers
from qingshan.tasks import policies
from qingshan.tasks.models import Task
from qingshan.tasks.queries import TaskDetail, task_detail

__all__ = ["draft_slip", "figure_of", "issuer_of", "may_draft_slip"]

_PROGRESS = "progress"


def issuer_of(user: Any) -> Any:
    """Return the department in whose name somebody drafts a slip: their own."""
    return getattr(user, "department", None)


def may_draft_slip(user: Any, task: Task) -> bool:
    """Return whether somebody may supervise a task and draft papers for their department."""
    issuer = issuer_of(user)
    return policies.may(user, "supervise", task) and papers.may_draft(user, task.district_id, issuer)


@transaction.atomic
def draft_slip(*, task: Task, demand: str, answer_by: date, by: Any, at: datetime) -> papers.Paper:
    """Draft a slip about a task to its departments (起草督办单); it goes out as every paper does.

    Parameters
    ----------
    demand : str
        What is asked of them.
    answer_by : date
        By when they answer; also by when they sign for it.

    Raises
    ------
    Forbidden
        Who may not supervise it, or not draft papers.
    PaperRefusal
    """
    policies.require(by, "supervise", task)
    on = beijing_day(at)
    detail = task_detail(task=task, on=on)
    # A paper is Chinese, whatever language its drafter reads the pages in.
    with translation.override(settings.LANGUAGE_CODE):
        return _drafted(task, detail, demand, answer_by, on, by=by, at=at)


def _drafted(
    task: Task, detail: TaskDetail, demand: str, answer_by: date, on: date, *, by: Any, at: datetime
) -> papers.Paper:
    figures = [one] if (one := _progress(task)) else []
    body = _body(detail, figures, demand, answer_by, on)
    return papers.draft_paper(
        kind=papers.PaperKind.SLIP, district=task.district, department=issuer_of(by),
        title=_("关于督办“%s”的通知") % detail.terms.title, body=body,
        figures=figures, recipients=[detail.lead] if detail.lead else [], copies_to=detail.joint,
        about=task.ref, receipt_due_on=answer_by, by=by, at=at,
    )  # fmt: skip


def _body(
    detail: TaskDetail, figures: list[papers.PrintedFigure], demand: str, answer_by: date, on: date
) -> list[papers.Block]:
    told = {
        "title": detail.terms.title, "code": detail.task.code, "due": _day(detail.terms.due_on),
        "today": _day(on), "state": detail.task.phase.label, "answer": _day(answer_by),
    }  # fmt: skip
    stands = (
        _("由你单位牵头办理的“%(title)s”（%(code)s），办结期限为%(due)s，截至%(today)s%(state)s。") % told
    )
    if figures:
        stands += _("最近一次填报的进度为%s。") % papers.mark(_PROGRESS)
    return [
        papers.Heading(_("一、办理情况")),
        papers.Paragraph(stands),
        papers.Heading(_("二、督办要求")),
        papers.Paragraph(demand),
        papers.Paragraph(_("请于%(answer)s前书面回复办理情况。") % told),
    ]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def figure_of(printed: papers.PrintedFigure) -> papers.PrintedFigure | None:
    """Return what the last report of a task says today, in the place of a printed progress."""
    task = Task.objects.select_related("district").filter(pk=Ref.read(printed.source).key).first()
    return _progress(task) if task else None


def _progress(task: Task) -> papers.PrintedFigure | None:
    last = task.reports.filter(percent__isnull=False).first()
    if last is None:
        return None
    return papers.PrintedFigure(
        _PROGRESS, _("任务进度"), str(last.percent), "%", as_of=last.on, source=str(task.ref),
        url=reverse("tasks:task", args=[task.code]), simulated=task.district.simulated,
    )  # fmt: skip
