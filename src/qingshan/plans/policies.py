"""May this person do this to that record? One table of verbs; the reach comes from `accounts`.

A plan, its indicators and values belong to the plan's district. Measures, projects and commitments
belong to their departments besides: who answers for one department sees and reports its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qingshan.accounts.public import Forbidden, can
from qingshan.accounts.public import require as require_right
from qingshan.kernel.refs import Ref
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
    Value,
)

__all__ = ["CAPABILITIES", "Forbidden", "may", "may_change_ref", "may_see_ref", "require"]

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
    return can(user, CAPABILITIES[verb], district_id=district_id, department_ids=department_ids)


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
    rows = departments.objects.filter(subject=subject, valid_to__isnull=True)
    return plan.district_id, frozenset(rows.values_list("department_id", flat=True))


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
    Value: lambda value: value.indicator,
    NotEvaluable: lambda statement: statement.indicator,
    Money: lambda money: money.project,
    Milestone: lambda milestone: milestone.project,
    Rebaselining: lambda proposal: proposal.project,
    ProgressReport: lambda report: report.subject,
    ExclusionLetter: lambda letter: letter.plan,
    MakingEntry: lambda entry: entry.plan,
}

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
