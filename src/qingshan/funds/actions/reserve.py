"""The reserve of projects: proposing, revising, readiness, review, admission, taking into a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.audit import public as audit
from qingshan.funds import policies
from qingshan.funds.actions.checking import checked, label, numbered
from qingshan.funds.actions.moves import move_entry
from qingshan.funds.errors import BadFunds, MissingReason, MixedWorlds, NotChangeable, OwnProposal
from qingshan.funds.models import ReadinessCheck, ReserveEntry, ReserveStep, ReserveVersion
from qingshan.funds.states import ReserveState
from qingshan.funds.vocabulary import Readiness
from qingshan.history import public as history
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans

__all__ = [
    "FACTS",
    "admit_entry",
    "finish_entry",
    "may_be_revised",
    "propose_again",
    "propose_entry",
    "record_readiness",
    "release_entry",
    "review_entry",
    "revise_entry",
    "send_back_entry",
    "take_into_plan",
    "withdraw_entry",
]

#: What a version of a reserve project is given.
FACTS = ("name", "content", "field", "estimated_yuan", "wanted_sources", "priority")
#: Its facts may change here; what was taken is changed where it was taken to.
_CHANGEABLE = (
    ReserveState.PROPOSED,
    ReserveState.RETURNED,
    ReserveState.REVIEWED,
    ReserveState.IN_RESERVE,
)


@transaction.atomic
def propose_entry(*, department: Department, facts: Mapping[str, Any], by: Any, at: datetime) -> ReserveEntry:
    """Propose a project for the reserve (申报储备项目).

    Parameters
    ----------
    facts : mapping
        ``name``, ``content``, ``estimated_yuan`` (whole yuan); and ``field``, ``wanted_sources``,
        ``priority``.

    Raises
    ------
    Forbidden
        Who may not propose for this department.
    BadFunds
        A field does not hold what it may.
    """
    district = department.district
    policies.require_propose(by, district_id=district.pk, department_id=department.pk)
    found = checked(ReserveVersion, facts, FACTS)
    entry = numbered(
        ReserveEntry,
        f"{district.code}-C{beijing_day(at).year}-",
        lambda code: ReserveEntry.objects.create(
            code=code, district=district, department=department, proposed_by=by, proposed_at=at
        ),
    )
    ReserveVersion.objects.create(
        subject=entry, **found, valid_from=beijing_day(at), recorded_at=at, recorded_by=by
    )
    _kept(entry, "propose", ReserveState.PROPOSED, ReserveState.PROPOSED, by, at)
    audit.record("funds.propose", entry.ref, by=by, at=at, detail={"code": entry.code})
    return entry


def _kept(entry: ReserveEntry, move: str, before: str, after: str, by: Any, at: datetime) -> None:
    ReserveStep.objects.create(entry=entry, move=move, before=before, after=after, by=by, at=at)


def may_be_revised(entry: ReserveEntry) -> bool:
    """Return whether the facts of a reserve project may still change here."""
    return entry.phase in _CHANGEABLE


@transaction.atomic
def revise_entry(
    *, entry: ReserveEntry, seen: int, changes: Mapping[str, Any], by: Any, at: datetime, reason: str
) -> ReserveVersion:
    """Change what a reserve project is (修改储备项目), on top of the version the writer saw.

    Raises
    ------
    NotChangeable
        It was taken into a plan, finished or withdrawn.
    MissingReason, BadFunds, Forbidden
    StaleVersion
        Somebody changed it meanwhile; it carries both versions.
    """
    policies.require(by, "propose", entry)
    if not may_be_revised(entry):
        raise NotChangeable(str(entry.phase.label))
    if not reason.strip():
        raise MissingReason
    held: ReserveVersion = ReserveVersion.objects.current().get(subject=entry)
    if held.number != seen:
        raise history.StaleVersion(ReserveVersion.objects.get(subject=entry, number=seen), held)
    given = {name: getattr(held, name) for name in FACTS} | dict(changes)
    found = checked(ReserveVersion, given, FACTS)
    changed = sorted(history.differences(held, found))
    day = max(beijing_day(at), held.valid_from)
    after = history.revise(held, changes=found, valid_from=day, by=by, at=at, reason=reason)
    if changed:
        detail = {"version": after.number, "fields": changed, "reason": reason}
        audit.record("funds.revise", entry.ref, by=by, at=at, detail=detail)
    return after


@transaction.atomic
def record_readiness(
    *,
    entry: ReserveEntry,
    matter: Readiness,
    done: bool,
    on: date,
    by: Any,
    at: datetime,
    document_number: str = "",
    note: str = "",
) -> ReadinessCheck:
    """Enter how far one preparation has come (登记前期工作); the newest of a matter counts.

    Raises
    ------
    BadFunds
        The day lies ahead.
    """
    policies.require(by, "propose", entry)
    if on > beijing_day(at):
        raise BadFunds({label(ReadinessCheck, "on"): [_("%s 在今天之后") % on]})
    made = ReadinessCheck.objects.create(
        entry=entry, matter=Readiness(matter), done=done, on=on, document_number=document_number,
        note=note, by=by, at=at,
    )  # fmt: skip
    audit.record(
        "funds.check", entry.ref, by=by, at=at, detail={"matter": made.matter, "done": done, "on": on}
    )
    return made


@transaction.atomic
def review_entry(*, entry: ReserveEntry, by: Any, at: datetime, note: str = "") -> ReserveEntry:
    """Pass a proposal (评审通过); never one's own.

    Raises
    ------
    OwnProposal
        The reviewer proposed it.
    """
    policies.require(by, "decide", entry)
    _not_own(entry, by)
    return move_entry(entry, "review", note=note, by=by, at=at)


@transaction.atomic
def admit_entry(*, entry: ReserveEntry, by: Any, at: datetime, note: str = "") -> ReserveEntry:
    """Let a reviewed project into the reserve (入库); never one's own."""
    policies.require(by, "admit", entry)
    _not_own(entry, by)
    return move_entry(entry, "admit", note=note, by=by, at=at)


def _not_own(entry: ReserveEntry, by: Any) -> None:
    if by is not None and entry.proposed_by_id == by.pk:
        raise OwnProposal


@transaction.atomic
def send_back_entry(*, entry: ReserveEntry, by: Any, at: datetime, note: str) -> ReserveEntry:
    """Give a proposal back to its department, saying why (退回)."""
    return move_entry(entry, "send_back", note=note, by=by, at=at)


@transaction.atomic
def propose_again(*, entry: ReserveEntry, by: Any, at: datetime, note: str = "") -> ReserveEntry:
    """Hand a proposal in again that came back (重新申报)."""
    return move_entry(entry, "propose", note=note, by=by, at=at, proposed_by=by, proposed_at=at)


@transaction.atomic
def withdraw_entry(*, entry: ReserveEntry, by: Any, at: datetime, note: str) -> ReserveEntry:
    """Take a project out of the reserve, saying why (退出储备)."""
    return move_entry(entry, "withdraw", note=note, by=by, at=at)


@transaction.atomic
def release_entry(*, entry: ReserveEntry, by: Any, at: datetime, note: str) -> ReserveEntry:
    """Put a project back into the reserve that was taken too soon (退回储备); its plan project stays."""
    return move_entry(entry, "release", note=note, by=by, at=at)


@transaction.atomic
def finish_entry(*, entry: ReserveEntry, by: Any, at: datetime, note: str = "") -> ReserveEntry:
    """Say that what was taken is done (完成)."""
    return move_entry(entry, "finish", note=note, by=by, at=at)


@transaction.atomic
def take_into_plan(
    *,
    entry: ReserveEntry,
    by: Any,
    at: datetime,
    project: Any = None,
    plan: plans.Plan | None = None,
    code: str = "",
    start_year: int | None = None,
    end_year: int | None = None,
    note: str = "",
) -> ReserveEntry:
    """Make a project of the reserve a project of a plan (纳入规划项目): an existing one, or a new one.

    Parameters
    ----------
    project : Project, optional
        The plan's project that it is. Without it, ``plan`` and ``code`` say where a new one is entered,
        with the name, content and estimate of the reserve, and its department in the lead.

    Raises
    ------
    BadFunds
        Neither a project nor a plan and a code are given.
    MixedWorlds
        The plan is of the other world, simulated or real.
    LedgerRefusal
        The ledger refuses the new project, its code is taken for instance.
    """
    policies.require(by, "decide", entry)
    if project is None:
        if plan is None or not code.strip():
            raise BadFunds({_("规划项目"): [_("请选择已有项目，或填写规划和新项目编号")]})
        _one_world(entry, plan)
        project = _entered(entry, plan, code, start_year, end_year, by, at)
    else:
        _one_world(entry, project.plan)
    return move_entry(entry, "take", note=note, by=by, at=at, project=project)


def _one_world(entry: ReserveEntry, plan: plans.Plan) -> None:
    if plan.simulated != entry.district.simulated:
        raise MixedWorlds


def _entered(
    entry: ReserveEntry,
    plan: plans.Plan,
    code: str,
    start_year: int | None,
    end_year: int | None,
    by: Any,
    at: datetime,
) -> Any:
    held, day = ReserveVersion.objects.current().get(subject=entry), beijing_day(at)
    order = max((one.order for one in plans.funded_projects(plan=plan, on=day)), default=0) + 1
    reason = _("由储备项目 %s 纳入") % entry.code
    facts = {
        "order": order, "name": held.name, "content": held.content, "group": held.field,
        "start_year": start_year, "end_year": end_year, "investment_yuan": held.estimated_yuan,
    }  # fmt: skip
    project = plans.add_project(
        plan=plan, code=code, facts=facts, valid_from=day, by=by, at=at, reason=reason
    )
    plans.make_responsible(
        subject=project, department=entry.department, role=plans.ResponsibilityRole.LEAD,
        valid_from=day, by=by, at=at, reason=reason,
    )  # fmt: skip
    return project
