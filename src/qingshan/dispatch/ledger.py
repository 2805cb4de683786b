"""What an accepted row becomes in the ledger, and what a false one is corrected by.

The ledger asks for two persons and gets them: who handed the row in enters the report, who accepted the row
approves it. What the ledger refuses is refused here, in its own words, and nothing is written.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, can
from qingshan.dispatch.errors import LedgerRefused
from qingshan.dispatch.models import FalseReport, Row
from qingshan.dispatch.policies import REPORTING
from qingshan.dispatch.vocabulary import ItemKind
from qingshan.documents.public import RefusedFile, attach, documents_for, open_document
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks
from qingshan.workflow.public import working_calendar

__all__ = ["correct", "enter"]

_REFUSALS = (plans.LedgerRefusal, plans.NoSuchRecord, tasks.TaskRefusal, Forbidden, RefusedFile)
#: Working days a department has to put a false report on a task right.
_TO_CORRECT = 5


def enter(row: Row, *, by: Any, at: datetime) -> tuple[Ref | None, str]:
    """Enter what a row says as a report of its reporter, approved by who accepts it.

    Returns
    -------
    tuple of Ref or None, str
        The report made. None where the ledger takes none any more, and why: a task that was handed in or
        closed meanwhile.

    Raises
    ------
    LedgerRefused
        The ledger does not take it; the words are its own.
    """
    try:
        made = _task_report(row, at) if row.is_task else _plan_report(row, by, at)
        if made is None:
            return None, _("任务已提交审核或办结，不再另记进展。")
        _carry_evidence(row, made, at)
    except _REFUSALS as refused:
        raise LedgerRefused(row.title, _why(row, refused)) from refused
    return made, ""


def _why(row: Row, refused: Exception) -> str:
    if isinstance(refused, Forbidden) and not _still_reports(row):
        told = _("填报人 %s 现在无权填报这一项；请退回，由现任经办人员重新提交。")
        return told % str(row.reported_by)
    return str(refused)


def _still_reports(row: Row) -> bool:
    return bool(row.reported_by) and can(
        row.reported_by, REPORTING[ItemKind(row.kind)], district_id=row.round.district_id,
        department_ids={row.part.department_id},
    )  # fmt: skip


def speaks_of(row: Row, at: datetime) -> date:
    """Return the day as which a row speaks: the last of the period, or today while that lies ahead."""
    return min(row.round.ends_on, beijing_day(at))


def _plan_report(row: Row, by: Any, at: datetime) -> Ref:
    report = plans.enter_report(
        subject=plans.subject_of(row.subject), on=speaks_of(row, at),
        work_state=plans.WorkState(row.work_state), text=row.text, percent=row.percent,
        difficulties=row.difficulties, department=row.part.department,
        by=row.reported_by, at=at,
    )  # fmt: skip
    plans.submit_report(report=report, by=row.reported_by, at=at)
    plans.approve_report(report=report, by=by, at=at, note=_("%s调度") % row.round.period_name)
    return report.ref


def _task_report(row: Row, at: datetime) -> Ref | None:
    task = tasks.open_tasks(district=row.round.district, only=[int(row.subject.key)])[0].task
    if task.phase is not tasks.TaskState.UNDER_WAY:
        return None
    return tasks.report_on_task(
        task=task, on=speaks_of(row, at), text=row.text, percent=row.percent, difficulties=row.difficulties,
        key=f"dispatch-row-{row.pk}", by=row.reported_by, at=at,
    ).ref  # fmt: skip


def _carry_evidence(row: Row, report: Ref, at: datetime) -> None:
    """Attach the row's files to the report as well: its readers need not know rounds."""
    for document in documents_for(None, row.ref):
        with open_document(None, document.pk).file as file:
            upload = ContentFile(file.read(), name=document.newest.file_name)
        attach(upload, to=report, by=row.reported_by, at=at, title=document.title, kind=document.kind)


def correct(finding: FalseReport, *, by: Any, at: datetime) -> Ref | None:
    """Put the ledger right after a finding was confirmed: a new report of who found it; a task is pressed.

    Where the confirming person keeps the ledger the report counts at once; where not, it waits in the
    ledger's own list of reviews for somebody who does.

    Raises
    ------
    LedgerRefused
    """
    row = finding.row
    try:
        if row.is_task:
            _press(finding, by, at)
            return None
        report = plans.enter_report(
            subject=plans.subject_of(row.subject), on=finding.on, percent=finding.percent,
            work_state=plans.WorkState(finding.work_state),
            text=_("经核实更正：%s") % finding.reason, by=finding.found_by, at=at,
        )  # fmt: skip
        plans.submit_report(report=report, by=finding.found_by, at=at)
        if can(by, "plans.edit", district_id=row.round.district_id):
            plans.approve_report(report=report, by=by, at=at, note=_("认定虚报后更正"))
    except _REFUSALS as refused:
        raise LedgerRefused(row.title, refused) from refused
    return report.ref


def _press(finding: FalseReport, by: Any, at: datetime) -> None:
    """A task's reports are its department's alone: it is asked by a slip to put them right."""
    task = tasks.open_tasks(district=finding.row.round.district, only=[int(finding.row.subject.key)])[0].task
    if task.phase is tasks.TaskState.CLOSED:
        tasks.reopen_task(task=task, by=by, at=at, note=_("虚报：%s") % finding.reason)
    if task.phase is tasks.TaskState.IN_REVIEW:
        tasks.send_back_task(task=task, by=by, at=at, note=_("虚报：%s") % finding.reason)
    today = beijing_day(at)
    due = working_calendar().estimate_working_days(today, _TO_CORRECT).on
    tasks.supervise_task(
        task=task, kind=tasks.SupervisionKind.SLIP,
        note=_("经核实，所报进展与事实不符，请更正：%s") % finding.reason,
        due_on=max(due, today + timedelta(days=1)), by=by, at=at,
    )  # fmt: skip
