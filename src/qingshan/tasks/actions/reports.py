"""Reporting on a task, once however often a broken line sends it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import policies
from qingshan.tasks.errors import BadTask, StaleTask
from qingshan.tasks.events import TaskReported
from qingshan.tasks.models import Task, TaskReport
from qingshan.tasks.states import TaskState

__all__ = ["report_on_task"]

_FULL = 100


@transaction.atomic
def report_on_task(
    *,
    task: Task,
    on: date,
    text: str,
    key: str,
    by: Any,
    at: datetime,
    percent: int | None = None,
    difficulties: str = "",
) -> TaskReport:
    """Say how far a task has come (填报进展); evidence is attached to the report's ``ref``.

    Parameters
    ----------
    key : str
        Made by the sender's device for this report. The same person's same key again returns the report
        that was entered, and enters nothing.

    Raises
    ------
    StaleTask
        The task is not under way.
    BadTask
        The day lies ahead, the percentage is not 0 to 100, or nothing is said.
    Forbidden
    """
    policies.require(by, "report", task)
    if sent := TaskReport.objects.filter(by=by, key=key).first():
        return sent
    if task.phase is not TaskState.UNDER_WAY:
        raise StaleTask(str(task.phase.label))
    _refuse(on, text, percent, beijing_day(at))
    report = TaskReport.objects.create(
        task=task, on=on, text=text.strip(), percent=percent, difficulties=difficulties.strip(),
        department=getattr(by, "department", None), by=by, at=at, key=key,
    )  # fmt: skip
    audit.record("tasks.report", task.ref, by=by, at=at, detail={"report": report.pk, "percent": percent})
    announce(TaskReported(task.pk, report.pk, by.pk, at), at=at)
    return report


def _refuse(on: date, text: str, percent: int | None, today: date) -> None:
    wrong: dict[str, list[str]] = {}
    if on > today:
        wrong[_("截至日期")] = [_("%(day)s 在今天（%(today)s）之后") % {"day": on, "today": today}]
    if percent is not None and not 0 <= percent <= _FULL:
        wrong[_("进度（%）")] = [_("%d 不在 0 到 100 之间") % percent]
    if not text.strip():
        wrong[_("进展")] = [_("请写明进展")]
    if wrong:
        raise BadTask(wrong)
