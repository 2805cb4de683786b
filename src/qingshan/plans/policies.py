"""May this person do this to that record? One table of verbs; the reach comes from `accounts`.

A plan, its indicators and values belong to the plan's district. Measures, projects and commitments
belong to their departments besides: who answers for one department sees and reports its own.

What does not count yet is nobody's news. A draft is seen by its writer; once handed in, sent back or taken
back also by whoever enters or decides such things there, and by who leads. Everybody else sees the entry
when it is approved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, recall
from qingshan.accounts.public import require as require_right
from qingshan.kernel.refs import Ref
from qingshan.pages.public import today
from qingshan.plans.models import (
    Commitment,
    CommitmentResponsibility,
    ExclusionLetter,
    Indicator,
    IndicatorResponsibility,
    MakingEntry,
    Measure,
    MeasureResponsibility,
    Milestone,
    Money,
    NotEvaluable,
    Plan,
    ProgressReport,
    Project,
    ProjectResponsibility,
    Rebaselining,
    Target,
    TargetAdjustment,
    Value,
)
from qingshan.plans.models.shared import Reviewed
from qingshan.plans.states import COUNTED, ReviewState

__all__ = [
    "CAPABILITIES",
    "Forbidden",
    "entries_seen",
    "may",
    "may_change_ref",
    "may_see_ref",
    "plan_of",
    "require",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "view": "plans.view",
    "edit": "plans.edit",
    "approve": "plans.approve",
    "enter_value": "values.enter",
    "approve_value": "values.approve",
    "report_measure": "measures.report",
    "report_project": "projects.report",
}


def may(user: Any, verb: str, record: Any) -> bool:
    """Return whether somebody may do something to a record of the ledger."""
    district_id, department_ids = _where(record, verb)
    allowed = can(user, CAPABILITIES[verb], district_id=district_id, department_ids=department_ids)
    if allowed and verb == "view" and isinstance(record, Reviewed):
        return _sees_entry(user, record)
    return allowed


def entries_seen(user: Any, model: type[Reviewed], subject: Any) -> Q:
    """Return the filter for the entries about a record that somebody who sees the record sees.

    Parameters
    ----------
    model : type
        Which entries: values, statements that a year is not evaluable, reports, re-baselinings.
    subject
        The indicator, measure, commitment or project they speak of.
    """
    seen = Q(state__in=COUNTED) | Q(entered_by=user)
    if _works_on(user, model, subject):
        seen |= ~Q(state=ReviewState.ENTERED)
    return seen


def _sees_entry(user: Any, entry: Any) -> bool:
    if entry.state in COUNTED or entry.entered_by_id == user.pk:
        return True
    return entry.state != ReviewState.ENTERED and _works_on(user, type(entry), _owner(entry))


def _works_on(user: Any, model: type[Reviewed], subject: Any) -> bool:
    """Whether somebody enters, decides or answers for such entries about a record."""
    enters = "report_project" if isinstance(subject, Project) else _ENTERED_BY[model]
    return any(may(user, verb, subject) for verb in (enters, _DECIDED_BY[model], "approve"))


def require(user: Any, verb: str, record: Any) -> None:
    """Refuse unless somebody may; None is the system itself.

    Raises
    ------
    Forbidden
        They may not.
    """
    if user is None:
        return
    district_id, department_ids = _where(record, verb)
    require_right(
        user, CAPABILITIES[verb], district_id=district_id, department_ids=department_ids, what=str(record)
    )


def _where(record: Any, verb: str) -> tuple[int, frozenset[int] | None]:
    """The district a record belongs to, and its departments where a right may be narrowed to them."""
    subject = _owner(record)
    plan: Plan = subject if isinstance(subject, Plan) else subject.plan
    departments = _DEPARTMENTS.get(type(subject))
    if departments is None or (isinstance(subject, Indicator) and verb == "view"):
        return plan.district_id, None
    rows = departments.objects.filter(departments.held(today()), subject=subject)
    key = ("plans", departments, subject.pk)  # a page asks for each of its buttons
    return plan.district_id, recall(key, lambda: frozenset(rows.values_list("department_id", flat=True)))


_ENTERED_BY: dict[type[Reviewed], str] = {
    Value: "enter_value",
    NotEvaluable: "enter_value",
    TargetAdjustment: "enter_value",
    ProgressReport: "report_measure",
    Rebaselining: "report_project",
}
_DECIDED_BY: dict[type[Reviewed], str] = {
    Value: "approve_value",
    NotEvaluable: "approve",
    TargetAdjustment: "approve",
    ProgressReport: "edit",
    Rebaselining: "approve",
}

_DEPARTMENTS: dict[type, Any] = {
    Indicator: IndicatorResponsibility,
    Measure: MeasureResponsibility,
    Project: ProjectResponsibility,
    Commitment: CommitmentResponsibility,
}


def _owner(record: Any) -> Any:
    """The plan, indicator, measure, project or commitment that a record belongs to."""
    lead = _OWNERS.get(type(record))
    return record if lead is None else _owner(lead(record))


_OWNERS: dict[type, Callable[[Any], Any]] = {
    Target: lambda target: target.indicator,
    TargetAdjustment: lambda proposal: proposal.target,
    Value: lambda value: value.indicator,
    NotEvaluable: lambda statement: statement.indicator,
    Money: lambda money: money.project,
    Milestone: lambda milestone: milestone.project,
    Rebaselining: lambda proposal: proposal.project,
    ProgressReport: lambda report: report.subject,
    ExclusionLetter: lambda letter: letter.plan,
    MakingEntry: lambda entry: entry.plan,
}


def plan_of(record: Any) -> Plan | None:
    """Return the plan that a record belongs to; what belongs to no plan (the catalogue) has none."""
    owner = _owner(record)
    return owner if isinstance(owner, Plan) else getattr(owner, "plan", None)


#: Kind in a record's name -> its table, and the verb that may change its attachments.
_FAMILIES: dict[str, tuple[Any, str]] = {
    "plan": (Plan, "edit"),
    "making": (MakingEntry, "edit"),
    "indicator": (Indicator, "edit"),
    "target": (Target, "edit"),
    "value": (Value, "enter_value"),
    "exclusion": (ExclusionLetter, "enter_value"),
    "not_evaluable": (NotEvaluable, "enter_value"),
    "measure": (Measure, "report_measure"),
    "commitment": (Commitment, "report_measure"),
    "project": (Project, "report_project"),
    "milestone": (Milestone, "report_project"),
    "money": (Money, "report_project"),
    "rebaselining": (Rebaselining, "report_project"),
    "adjustment": (TargetAdjustment, "enter_value"),
}
FAMILIES = tuple(f"plans.{kind}" for kind in (*_FAMILIES, "report"))


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Whether somebody may see what is attached to a record of this room."""
    record = _found(ref)
    return record is not None and may(user, "view", record)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Whether somebody may attach to a record of this room."""
    record = _found(ref)
    if isinstance(record, ProgressReport):
        return may(user, "report_project" if record.project_id else "report_measure", record)
    return record is not None and may(user, _FAMILIES[ref.kind][1], record)


def _found(ref: Ref) -> Any:
    if ref.room != "plans" or not ref.key.isdecimal():
        return None
    model = ProgressReport if ref.kind == "report" else _FAMILIES.get(ref.kind, (None, ""))[0]
    return None if model is None else model.objects.filter(pk=int(ref.key)).first()
