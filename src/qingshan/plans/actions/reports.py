"""Progress: reported by a department, approved by a second person, then carried into the record itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.history import public as history
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions import reviews
from qingshan.plans.actions.records import checked, entered, newest
from qingshan.plans.errors import BadFacts
from qingshan.plans.events import ProgressApproved, ProgressSentBack
from qingshan.plans.locks import require_open
from qingshan.plans.models import (
    Commitment,
    CommitmentVersion,
    Measure,
    MeasureVersion,
    ProgressReport,
    Project,
    ProjectVersion,
)
from qingshan.plans.states import WORK_FLOW, WorkState

_VERSIONS: dict[type, Any] = {
    Measure: MeasureVersion,
    Project: ProjectVersion,
    Commitment: CommitmentVersion,
}
_FIELDS: dict[type, str] = {Measure: "measure", Project: "project", Commitment: "commitment"}


@transaction.atomic
def enter_report(
    *,
    subject: Measure | Project | Commitment,
    on: date,
    work_state: WorkState,
    text: str,
    by: Any,
    at: datetime,
    percent: int | None = None,
    difficulties: str = "",
    department: Department | None = None,
) -> ProgressReport:
    """Report progress (填报进展); evidence is attached to the report's ``ref``.

    Raises
    ------
    BadFacts
        The day lies ahead, the percentage is not 0 to 100, done is not 100, or no text.
    LockedDay
        The upper level has locked the day.
    """
    policies.require(by, _verb(subject), subject)
    require_open(subject.plan, on)
    facts = {
        "on": on, "work_state": work_state, "text": text, "percent": percent, "difficulties": difficulties,
    }  # fmt: skip
    _reachable(newest(_VERSIONS[type(subject)], subject).state, work_state)
    report = ProgressReport.objects.create(
        **{_FIELDS[type(subject)]: subject},
        department=department or getattr(by, "department", None),
        entered_by=by,
        entered_at=at,
        **_report_facts(facts, beijing_day(at)),
    )
    entered("plans.enter_report", report.ref, by=by, at=at, on_subject=subject.ref, day=on)
    return report


@transaction.atomic
def change_report(
    *, report: ProgressReport, facts: Mapping[str, Any], by: Any, at: datetime
) -> ProgressReport:
    """Change a report that is not under review (修改进展)."""
    policies.require(by, _verb(report.subject), report)
    held = {name: getattr(report, name) for name in ("on", "work_state", "text", "percent", "difficulties")}
    cleaned = _report_facts({**held, **facts}, beijing_day(at))
    require_open(report.subject.plan, cleaned["on"])
    reviews.change(report, cleaned)
    entered("plans.change_report", report.ref, by=by, at=at, fields=sorted(facts))
    return report


def _report_facts(facts: Mapping[str, Any], today: date) -> dict[str, Any]:
    cleaned = checked(ProgressReport, facts)
    wrong: dict[str, list[str]] = {}
    if cleaned["on"] > today:
        wrong[_("截至日期")] = [_("%(day)s 在今天（%(today)s）之后") % {"day": cleaned["on"], "today": today}]
    percent = cleaned["percent"]
    if percent is not None and percent > 100:
        wrong[_("进度（%）")] = [_("%d 不在 0 到 100 之间") % percent]
    elif percent is not None and percent < 100 and cleaned["work_state"] is WorkState.DONE:
        wrong[_("进度（%）")] = [_("已完成的进度应为 100，现为 %d") % percent]
    if wrong:
        raise BadFacts(wrong)
    return cleaned


@transaction.atomic
def submit_report(*, report: ProgressReport, by: Any, at: datetime) -> ProgressReport:
    """Hand a report to a second person (提交审核)."""
    return reviews.submit(report, verb=_verb(report.subject), action="plans.submit_report", by=by, at=at)


@transaction.atomic
def approve_report(*, report: ProgressReport, by: Any, at: datetime, note: str = "") -> ProgressReport:
    """Approve a report; its subject's next version carries state and percentage (审核通过).

    An older report than the last approved one is kept, and changes nothing.

    Raises
    ------
    LockedDay
        The upper level has locked its day since it was entered.
    """
    require_open(report.subject.plan, report.on)
    reviews.approve(report, verb="edit", action="plans.approve_report", by=by, at=at, note=note)
    subject = report.subject
    version = newest(_VERSIONS[type(subject)], subject)
    if version.reported_on is None or version.reported_on <= report.on:
        _reachable(version.state, report.work_state)
        _carry(version, report, at)
    announce(
        ProgressApproved(
            report.pk, subject.ref.family, subject.pk, str(report.work_state), getattr(by, "pk", None), at
        ),
        at=at,
    )
    return report


def _reachable(before: WorkState, after: WorkState) -> None:
    """A report may say again what holds, or what one move of the life cycle leads to."""
    ways = {WORK_FLOW.after(before, move) for move in WORK_FLOW.moves_from(before)}
    if after not in {before, *ways}:
        told = _("现为“%(before)s”，不能直接报为“%(after)s”") % {
            "before": WorkState(before).label,
            "after": WorkState(after).label,
        }
        raise BadFacts({_("工作状态"): [told]})


def _carry(version: Any, report: ProgressReport, at: datetime) -> None:
    changes = {"state": report.work_state, "percent": report.percent, "reported_on": report.on}
    history.revise(
        version, changes=changes, valid_from=max(version.valid_from, report.on), by=report.entered_by, at=at,
        reason=_("%s 的进展报告") % report.on,
    )  # fmt: skip


@transaction.atomic
def send_back_report(*, report: ProgressReport, by: Any, at: datetime, note: str) -> ProgressReport:
    """Give a report back to who entered it, saying why (退回)."""
    reviews.send_back(report, verb="edit", action="plans.send_back_report", by=by, at=at, note=note)
    announce(ProgressSentBack(report.pk, report.entered_by_id, note, at), at=at)
    return report


def _verb(subject: Measure | Project | Commitment) -> str:
    return "report_project" if isinstance(subject, Project) else "report_measure"
