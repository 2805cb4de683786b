"""One record to act on: found by its code or number, if this person may see it, else `NoSuchRecord`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, TypeVar

from django.db.models import Max, Model, QuerySet

from qingshan.areas.public import lineage_of
from qingshan.audit.public import Entry, trail
from qingshan.kernel.figure import Figure
from qingshan.plans import policies
from qingshan.plans.addresses import indicator_url
from qingshan.plans.figures import value_figure
from qingshan.plans.models import (
    Commitment,
    ExclusionLetter,
    Indicator,
    IndicatorVersion,
    KnownConflict,
    Measure,
    MissingPart,
    NotEvaluable,
    PlanVersion,
    ProgressReport,
    Project,
    Rebaselining,
    TargetAdjustment,
    TargetVersion,
    Value,
)
from qingshan.plans.models.shared import Responsibility
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.indicators import indicators_for
from qingshan.plans.queries.passages import Passage, passage_of
from qingshan.plans.queries.responsibilities import shares_of
from qingshan.plans.queries.standing import standings
from qingshan.plans.states import REVIEW_FLOW, VALUE_FLOW

__all__ = [
    "HeldTarget",
    "Moves",
    "ValueDetail",
    "exclusion_letters",
    "finder_of_measures",
    "indicator_version",
    "known_conflict",
    "missing_part",
    "named",
    "next_conflict_code",
    "next_place",
    "open_duties",
    "own_report",
    "own_value",
    "report_moves",
    "report_to_see",
    "reporting_department",
    "target_version",
    "to_decide",
    "value_detail",
    "value_to_correct",
]

M = TypeVar("M", bound=Model)

_DECIDED: dict[str, type[Any]] = {
    "value": Value,
    "report": ProgressReport,
    "not-evaluable": NotEvaluable,
    "rebaselining": Rebaselining,
    "adjustment": TargetAdjustment,
}


@dataclass(frozen=True, slots=True)
class HeldTarget:
    """A target as it stands, and its indicator."""

    indicator: IndicatorVersion
    version: TargetVersion


@dataclass(frozen=True, slots=True)
class ValueDetail:
    """One value: what it says, whether it counts, where it came from, who did what to it."""

    value: Value
    indicator: IndicatorVersion
    figure: Figure
    counts: bool
    passage: Passage | None
    trail: list[Entry]
    waiting: bool
    decidable: bool
    correctable: bool
    returnable: bool


def indicator_version(*, user: Any, plan: PlanVersion, code: str, on: date) -> IndicatorVersion:
    """Return an indicator as it stood on a day."""
    found: IndicatorVersion | None = (
        indicators_for(user=user, plan=plan, on=on).filter(subject__code=code).first()
    )
    if found is None:
        raise NoSuchRecord(code)
    return found


def named(rows: QuerySet[Any], code: str) -> Any:
    """Return the one of some versions whose record has a code."""
    found = rows.filter(subject__code=code).first()
    if found is None:
        raise NoSuchRecord(code)
    return found


def next_place(rows: QuerySet[Any]) -> int:
    """Return the place behind the last of some versions."""
    last = rows.order_by().aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def finder_of_measures(plan: PlanVersion) -> Callable[[str], Measure | None]:
    """Return what finds a node of this plan's body by its code."""

    def find(code: str) -> Measure | None:
        return Measure.objects.filter(plan_id=plan.subject_id, code=code).first()

    return find


def target_version(*, user: Any, plan: PlanVersion, code: str, year: int, on: date) -> HeldTarget:
    """Return the target of a year as it stood on a day."""
    indicator = indicator_version(user=user, plan=plan, code=code, on=on)
    found = (
        TargetVersion.objects.on(on)
        .filter(subject__indicator_id=indicator.subject_id, subject__year=year)
        .select_related("subject__indicator__plan")
        .first()
    )
    if found is None:
        raise NoSuchRecord(f"{code} {year}")
    return HeldTarget(indicator, found)


def value_to_correct(*, indicator: Indicator, key: str) -> Value | None:
    """Return the value that a new one shall take the place of; None when none is named.

    Raises
    ------
    NoSuchRecord
        The number names no value of this indicator that may be corrected.
    """
    if not key:
        return None
    found = Value.objects.filter(indicator=indicator, pk=key).first() if key.isdecimal() else None
    if found is None or not VALUE_FLOW.allows(found.state, "supersede"):
        raise NoSuchRecord(key)
    return found


def value_detail(*, user: Any, plan: PlanVersion, code: str, key: int, on: date) -> ValueDetail:
    """Return one value of an indicator with its origin and its trail."""
    indicator = indicator_version(user=user, plan=plan, code=code, on=on)
    value = (
        Value.objects.filter(pk=key, indicator_id=indicator.subject_id)
        .select_related("entered_by", "reviewed_by", "corrects", "indicator__plan")
        .first()
    )
    if value is None or not policies.may(user, "view", value):
        raise NoSuchRecord(str(key))
    effective = standings(versions=[indicator], on=on)[0].values.get(value.year, [])
    return ValueDetail(
        value=value,
        indicator=indicator,
        figure=value_figure(
            value,
            unit=indicator.unit,
            simulated=plan.subject.simulated,
            origin=indicator_url(plan.subject.code, code),
        ),
        counts=bool(effective) and effective[0].pk == value.pk,
        passage=passage_of(record=value, plan_id=plan.subject_id),
        trail=list(trail(value.ref)),
        waiting=VALUE_FLOW.allows(value.state, "approve"),
        decidable=VALUE_FLOW.allows(value.state, "approve") and value.entered_by_id != user.pk,
        correctable=VALUE_FLOW.allows(value.state, "supersede"),
        returnable=_is_own(value, user),
    )


def own_value(*, user: Any, plan: PlanVersion, code: str, key: int, on: date) -> ValueDetail:
    """Return a value of one's own that may still be changed, handed in or taken back."""
    found = value_detail(user=user, plan=plan, code=code, key=key, on=on)
    if not found.returnable:
        raise NoSuchRecord(str(key))
    return found


def own_report(*, user: Any, plan: PlanVersion, key: int) -> ProgressReport:
    """Return a report of one's own that may still be changed and handed in."""
    found = report_to_see(user=user, plan=plan, key=key)
    if not report_moves(found, user).returnable:
        raise NoSuchRecord(str(key))
    return found


@dataclass(frozen=True, slots=True)
class Moves:
    """What somebody may do with an entry under review, as far as its state goes."""

    decidable: bool
    returnable: bool


def report_moves(report: ProgressReport, user: Any) -> Moves:
    """Return what somebody may do with a report, as far as its state goes."""
    open_to_decide = REVIEW_FLOW.allows(report.state, "approve")
    return Moves(open_to_decide and report.entered_by_id != user.pk, _is_own(report, user))


def _is_own(entry: Value | ProgressReport, user: Any) -> bool:
    return REVIEW_FLOW.allows(entry.state, "submit") and entry.entered_by_id == user.pk


def missing_part(plan: PlanVersion, key: int) -> MissingPart:
    """Return a part that the text of this plan lacks."""
    return _of_plan(MissingPart, plan, key)


def known_conflict(plan: PlanVersion, key: int) -> KnownConflict:
    """Return two places of this plan's text that disagree."""
    return _of_plan(KnownConflict, plan, key)


def next_conflict_code(plan: PlanVersion) -> str:
    """Return a code that no conflict of this plan has yet, to be offered."""
    taken = set(KnownConflict.objects.filter(plan_id=plan.subject_id).values_list("code", flat=True))
    return next(code for number in count(len(taken) + 1) if (code := f"C{number:02d}") not in taken)


def _of_plan(model: type[M], plan: PlanVersion, key: int) -> M:
    found = model._default_manager.filter(plan_id=plan.subject_id, pk=key).first()
    if found is None:
        raise NoSuchRecord(str(key))
    return found


def open_duties(subject: Indicator | Measure | Commitment | Project) -> list[Responsibility]:
    """Return the duties for something that have not ended, as they were laid down."""
    rows: Any = subject.responsibilities
    return list(rows.filter(valid_to__isnull=True).select_related("department").order_by("order", "id"))


def exclusion_letters(plan: PlanVersion) -> list[ExclusionLetter]:
    """Return the letters by which days of this plan's values were left out of account."""
    return list(ExclusionLetter.objects.filter(plan_id=plan.subject_id).order_by("-issued_on"))


def to_decide(*, user: Any, kind: str, key: int) -> Any:
    """Return an entry that a second person is to decide on."""
    model = _DECIDED.get(kind)
    found = model.objects.filter(pk=key).first() if model else None
    if found is None or not policies.may(user, "view", found):
        raise NoSuchRecord(f"{kind} {key}")
    return found


def report_to_see(*, user: Any, plan: PlanVersion, key: int) -> ProgressReport:
    """Return a report of progress on something of this plan."""
    found: ProgressReport = to_decide(user=user, kind="report", key=key)
    if found.subject.plan_id != plan.subject_id:
        raise NoSuchRecord(str(key))
    return found


def reporting_department(*, user: Any, duties: type[Any], subject_id: int, on: date) -> Any:
    """Return the person's own department, where it answers for the subject on the day; else None."""
    own = user.department
    if own is None:
        return None
    lineage = lineage_of([own.pk], on)
    shares = shares_of(duties, [subject_id], on).get(subject_id, [])
    return own if any(share.department_id in lineage for share in shares) else None
