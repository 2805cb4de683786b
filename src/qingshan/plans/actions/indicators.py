"""Indicators of a plan and their yearly targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions.records import (
    add_record,
    entered,
    first_version,
    identity,
    next_version,
    read_version,
)
from qingshan.plans.errors import BadFacts, LedgerRefusal, MissingEvidence, OutsidePlan
from qingshan.plans.events import TargetAssigned, TargetRevised
from qingshan.plans.locks import require_open
from qingshan.plans.models import (
    Indicator,
    IndicatorTable,
    IndicatorVersion,
    Plan,
    Target,
    TargetVersion,
)
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import TableKind, ValueKind


@transaction.atomic
def add_table(*, plan: Plan, code: str, facts: Mapping[str, Any], by: Any, at: datetime) -> IndicatorTable:
    """Enter an indicator table (新增指标表); its rows are added by `add_indicator`."""
    policies.require(by, "edit", plan)
    table = identity(IndicatorTable, plan=plan, code=code, **facts)
    entered("plans.add_table", plan.ref, by=by, at=at, code=code)
    return table


@transaction.atomic
def add_indicator(
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    table: IndicatorTable | None = None,
    reason: str = "",
) -> Indicator:
    """Enter an indicator of a plan (新增指标).

    Parameters
    ----------
    facts : mapping
        Fields of `IndicatorVersion`: order, counts_as, name, unit, attribute, direction, baseline ...
    table : IndicatorTable, optional
        None for a value that only the running text states.
    """
    policies.require(by, "edit", plan)
    if table is not None and table.plan_id != plan.pk:
        raise OutsidePlan
    return add_record(
        Indicator, IndicatorVersion, plan=plan, code=code, facts=facts, valid_from=valid_from,
        by=by, at=at, reason=reason, action="plans.add_indicator", table=table,
    )  # fmt: skip


@transaction.atomic
def add_listed_indicator(
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Indicator:
    """Enter an indicator into the plan's table of targets (新增指标); the first one begins the table."""
    table = IndicatorTable.objects.filter(plan=plan, kind=TableKind.TARGETS).order_by("pk").first()
    if table is None:
        head = {"name": _("指标表"), "kind": TableKind.TARGETS, "rows_printed": 0, "indicators_counted": 0}
        table = add_table(plan=plan, code="T1", facts=head, by=by, at=at)
    return add_indicator(
        plan=plan, code=code, facts=facts, valid_from=valid_from, by=by, at=at, table=table, reason=reason
    )


@transaction.atomic
def revise_indicator(
    *,
    indicator: Indicator,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> IndicatorVersion:
    """Change an indicator (变更指标)."""
    policies.require(by, "edit", indicator)
    return next_version(
        IndicatorVersion, indicator, changes, seen=seen, valid_from=valid_from or beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_indicator",
    )  # fmt: skip


@transaction.atomic
def add_target(
    *,
    indicator: Indicator,
    year: int,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Target:
    """Enter what an indicator shall be in a year (新增目标).

    Parameters
    ----------
    facts : mapping
        ``typed`` (a `Typed`), and ``raw``, ``scope``, ``condition``, ``note``.
    """
    policies.require(by, "edit", indicator)
    if "typed" not in facts:
        raise BadFacts({"typed": [_("必须给出类型化的目标")]})
    require_open(indicator.plan, valid_from)
    target = identity(Target, indicator=indicator, year=year)
    first_version(TargetVersion, target, facts, valid_from=valid_from, by=by, at=at, reason=reason)
    entered("plans.add_target", target.ref, by=by, at=at, year=year)
    return target


@transaction.atomic
def assign_target(
    *,
    target: Target,
    typed: Typed,
    authority: str,
    letter_number: str,
    letter_on: date,
    letter: str,
    seen: int,
    by: Any,
    at: datetime,
) -> TargetVersion:
    """Enter the upper level's letter that assigns a target (录入下达目标).

    The printed words stay; the new version says what was assigned, by whom, when, in which document.

    Parameters
    ----------
    letter : str
        Name across rooms of the attached letter.

    Raises
    ------
    MissingEvidence
        The letter's number, day or document is missing.
    LedgerRefusal
        The target was not waiting for an assignment, or the letter's day lies ahead.
    """
    policies.require(by, "edit", target)
    if not (letter_number.strip() and letter.strip() and authority.strip()):
        raise MissingEvidence(_("请填写下达单位和文号，并附上下达文件。"))
    if letter_on > beijing_day(at):
        raise LedgerRefusal(_("下达日期 %s 在今天之后。") % letter_on)
    held = read_version(TargetVersion, target, seen)
    changes = {
        "typed": _assigned(held.typed, typed),
        "assigned_by": authority,
        "letter_number": letter_number,
        "letter_on": letter_on,
        "letter": letter,
    }
    version = next_version(
        TargetVersion, target, changes, seen=seen, valid_from=max(letter_on, held.valid_from),
        by=by, at=at, reason=_("%(who)s以%(number)s下达") % {"who": authority, "number": letter_number},
        action="plans.assign_target",
    )  # fmt: skip
    announce(
        TargetAssigned(
            target.pk, target.indicator_id, target.year, authority, letter_on, getattr(by, "pk", None), at
        ),
        at=at,
    )
    return version


def _assigned(held: Typed | None, typed: Typed) -> Typed:
    """Put what was assigned in the place of what was open, also inside an all-of target."""
    if held is not None and held.kind is ValueKind.ASSIGNED:
        return typed
    parts = held.parts if held is not None and held.kind is ValueKind.ALL_OF else ()
    open_parts = [part for part in parts if part.kind is ValueKind.ASSIGNED]
    if not open_parts:
        raise LedgerRefusal(_("这个目标不是由上级下达的；如需改变，请用“调整目标”并说明理由。"))
    return Typed(ValueKind.ALL_OF, parts=tuple(typed if part is open_parts[0] else part for part in parts))


@transaction.atomic
def revise_target(
    *,
    target: Target,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> TargetVersion:
    """Change a target (调整目标); needs the right to approve, and keeps who approved.

    The old target still holds for the days before.
    """
    policies.require(by, "approve", target)
    version = next_version(
        TargetVersion, target, {**changes, "approved_by": by}, seen=seen,
        valid_from=valid_from or beijing_day(at), by=by, at=at, reason=reason, action="plans.revise_target",
    )  # fmt: skip
    announce(TargetRevised(target.pk, target.indicator_id, target.year, getattr(by, "pk", None), at), at=at)
    return version
