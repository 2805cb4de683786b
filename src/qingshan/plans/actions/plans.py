"""Plans, their life cycle, their making file, and what their text lacks or contradicts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import District
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions.records import (
    checked,
    entered,
    first_version,
    identity,
    next_version,
    read_version,
)
from qingshan.plans.errors import BadFacts, LedgerRefusal, MissingReason, MixedWorlds, OutsidePlan, StaleEntry
from qingshan.plans.events import PlanMoved
from qingshan.plans.models import KnownConflict, MakingEntry, MissingPart, Plan, PlanSource, PlanVersion
from qingshan.plans.states import PLAN_FLOW
from qingshan.plans.vocabulary import MakingKind


@transaction.atomic
def create_plan(
    *,
    code: str,
    district: District,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    simulated: bool = False,
    reason: str = "",
) -> Plan:
    """Enter a plan (新建规划).

    Parameters
    ----------
    facts : mapping
        Fields of `PlanVersion`: name, short_name, kind, level, period_from, period_to, ...

    Raises
    ------
    CodeTaken
        Another plan has the code.
    MixedWorlds
        A simulated plan for a real district, or the reverse.
    BadFacts
        A field does not hold what it may.
    """
    if simulated != district.simulated:
        raise MixedWorlds(_("模拟规划只能属于虚构辖区，真实规划只能属于真实辖区：%s。") % district.name)
    policies.require(by, "edit", Plan(code=code, district=district))
    _period_in_order(facts.get("period_from"), facts.get("period_to"))
    plan = identity(Plan, code=code, district=district, simulated=simulated)
    first_version(PlanVersion, plan, facts, valid_from=valid_from, by=by, at=at, reason=reason)
    entered("plans.create_plan", plan.ref, by=by, at=at, code=code, name=facts.get("name", ""))
    return plan


@transaction.atomic
def revise_plan(
    *,
    plan: Plan,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> PlanVersion:
    """Change a plan's head (变更规划信息); its state moves by `move_plan` only."""
    policies.require(by, "edit", plan)
    if "state" in changes:
        raise LedgerRefusal(_("状态按流程变更，不能直接修改。"))
    held = read_version(PlanVersion, plan, seen)
    _period_in_order(changes.get("period_from", held.period_from), changes.get("period_to", held.period_to))
    return next_version(
        PlanVersion, plan, changes, seen=seen, valid_from=valid_from or beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_plan",
    )  # fmt: skip


def _period_in_order(first: Any, last: Any) -> None:
    if isinstance(first, int) and isinstance(last, int) and last < first:
        raise BadFacts({_("规划期止"): [_("%(last)d 早于起始年 %(first)d") % {"last": last, "first": first}]})


#: Moves that settle a plan need the right to approve; the others are the planner's.
APPROVERS_MOVES = frozenset({"approve", "put_in_force", "close", "withdraw"})


def verb_of_move(move: str) -> str:
    """Return what somebody must be allowed to do for a move of a plan's life."""
    return "approve" if move in APPROVERS_MOVES else "edit"


@transaction.atomic
def move_plan(
    *,
    plan: Plan,
    move: str,
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    changes: Mapping[str, Any] | None = None,
    valid_from: date | None = None,
) -> PlanVersion:
    """Pass a plan to the next state of its life (规划状态变更).

    Parameters
    ----------
    changes : mapping, optional
        What becomes known with it: document_number, approved_on, issued_on, in_force_on ...

    Raises
    ------
    IllegalMove
        The life cycle has no such move from here.
    """
    policies.require(by, verb_of_move(move), plan)
    held = read_version(PlanVersion, plan, seen)
    after = PLAN_FLOW.after(held.state, move)
    version = next_version(
        PlanVersion, plan, {**(changes or {}), "state": after}, seen=seen,
        valid_from=valid_from or beijing_day(at), by=by, at=at, reason=reason, action="plans.move_plan",
    )  # fmt: skip
    announce(
        PlanMoved(plan.pk, held.state, after, getattr(by, "pk", None), at),
        at=at,
    )
    return version


@transaction.atomic
def add_making_entry(
    *,
    plan: Plan,
    kind: MakingKind,
    title: str,
    by: Any,
    at: datetime,
    on: date | None = None,
    who: str = "",
    text: str = "",
    answers: MakingEntry | None = None,
    document: str = "",
    place: Mapping[str, Any] | None = None,
) -> MakingEntry:
    """Add to the making file (编制过程记录).

    Raises
    ------
    OutsidePlan
        What it answers belongs to another plan.
    """
    policies.require(by, "edit", plan)
    if answers is not None and answers.plan_id != plan.pk:
        raise OutsidePlan
    facts = {"kind": kind, "title": title, "on": on, "who": who, "text": text, "document": document}
    entry = MakingEntry.objects.create(
        plan=plan,
        answers=answers,
        recorded_by=by,
        recorded_at=at,
        **checked(MakingEntry, {**facts, **(place or {})}),
    )
    entered("plans.add_making_entry", entry.ref, by=by, at=at, kind=kind, title=title)
    return entry


@transaction.atomic
def report_missing(
    *, plan: Plan, what: str, note: str, by: Any, at: datetime, place: Mapping[str, Any] | None = None
) -> MissingPart:
    """Say what the plan announces and its text lacks (登记缺失)."""
    policies.require(by, "edit", plan)
    part = MissingPart.objects.create(
        plan=plan,
        recorded_by=by,
        recorded_at=at,
        **checked(MissingPart, {"what": what, "note": note, **(place or {})}),
    )
    entered("plans.report_missing", plan.ref, by=by, at=at, what=what)
    return part


@transaction.atomic
def supply_missing(*, part: MissingPart, by: Any, at: datetime) -> MissingPart:
    """Say that a missing part has been supplied (补齐缺失); its records are entered as usual."""
    policies.require(by, "edit", part.plan)
    changed = MissingPart.objects.filter(pk=part.pk, supplied_on__isnull=True).update(
        supplied_on=beijing_day(at), supplied_by=by
    )
    if changed != 1:
        raise StaleEntry(_("已补齐"))
    part.refresh_from_db()
    entered("plans.supply_missing", part.plan.ref, by=by, at=at, what=part.what)
    return part


@transaction.atomic
def add_conflict(*, plan: Plan, code: str, facts: Mapping[str, Any], by: Any, at: datetime) -> KnownConflict:
    """Enter two places that disagree (登记矛盾)."""
    policies.require(by, "edit", plan)
    conflict = identity(
        KnownConflict,
        plan=plan,
        code=code,
        recorded_by=by,
        recorded_at=at,
        **checked(KnownConflict, facts),
    )
    entered("plans.add_conflict", plan.ref, by=by, at=at, code=code)
    return conflict


@transaction.atomic
def settle_conflict(*, conflict: KnownConflict, settlement: str, by: Any, at: datetime) -> KnownConflict:
    """Settle a conflict of the text, with a reason (处理矛盾)."""
    policies.require(by, "edit", conflict.plan)
    if not settlement.strip():
        raise MissingReason
    changed = KnownConflict.objects.filter(pk=conflict.pk, settled_at__isnull=True).update(
        settled_at=at, settled_by=by, settlement=settlement
    )
    if changed != 1:
        raise StaleEntry(_("已处理"))
    conflict.refresh_from_db()
    entered("plans.settle_conflict", conflict.plan.ref, by=by, at=at, code=conflict.code)
    return conflict


@transaction.atomic
def add_source(
    *, plan: Plan, code: str, title: str, sha256: str, characters: int, main: bool, by: Any, at: datetime
) -> PlanSource:
    """Name a source text of a plan (登记原文)."""
    policies.require(by, "edit", plan)
    source = identity(
        PlanSource, plan=plan, code=code, title=title, sha256=sha256, characters=characters, main=main
    )
    entered("plans.add_source", plan.ref, by=by, at=at, code=code, sha256=sha256)
    return source


@transaction.atomic
def supply_text(*, source: PlanSource, data: bytes, by: Any, at: datetime) -> PlanSource:
    """Keep the characters of a source text (录入原文), so that places are shown as passages.

    Raises
    ------
    LedgerRefusal
        The bytes are not those of the file that the places were counted in.
    """
    policies.require(by, "edit", source.plan)
    found = hashlib.sha256(data).hexdigest()
    if found != source.sha256:
        raise LedgerRefusal(
            _("文件与登记的原文不同：SHA-256 为 %(found)s，应为 %(wanted)s。")
            % {"found": found, "wanted": source.sha256}
        )
    source.text = data.decode("utf-8")
    source.save(update_fields=["text"])
    entered("plans.supply_text", source.plan.ref, by=by, at=at, code=source.code)
    return source
