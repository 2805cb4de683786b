"""Opening a round by hand or by its rhythm, giving it more time, cancelling it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, can
from qingshan.audit import public as audit
from qingshan.dispatch import policies
from qingshan.dispatch.actions.moving import move_round, require_open, running_deadlines
from qingshan.dispatch.errors import AlreadyOpened, BadRow, MissingReason, NothingToReport
from qingshan.dispatch.events import RoundOpened
from qingshan.dispatch.models import Part, Rhythm, Round, Row
from qingshan.dispatch.periods import period_before, period_in_words, period_of
from qingshan.dispatch.states import RowState
from qingshan.dispatch.vocabulary import DEADLINE, ItemKind, Period
from qingshan.jobs.public import announce
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks
from qingshan.workflow import public as workflow

__all__ = ["cancel_round", "extend_round", "open_due", "open_round", "set_rhythm"]


@transaction.atomic
def open_round(
    *,
    plan: plans.Plan,
    period: Period,
    within: date,
    due_on: date,
    by: Any,
    at: datetime,
    note: str = "",
    with_tasks: bool = True,
) -> Round:
    """Open a round (发起调度): its rows are drawn from the ledger as it stands today.

    Each unfinished measure, project and commitment makes a row for the department that leads it, or for each
    that the plan names where it names no lead; each open task of the district one for its lead. Tasks that
    come from records of another plan are left to that plan's rounds; tasks that begin after the period,
    wholes whose parts are open, and tasks made of a record that has a row of its own are not asked for.

    Parameters
    ----------
    within : date
        Any day of the month or quarter that is reported on. It has begun.
    due_on : date
        Last day for reporting, not before today.

    Raises
    ------
    Forbidden, AlreadyOpened, NothingToReport
    BadRow
        A day that lies before today, or a period that has not begun.
    """
    if by is not None and not can(by, policies.CAPABILITIES["run"][0], district_id=plan.district_id):
        raise Forbidden(policies.CAPABILITIES["run"][0], str(plan))
    today = beijing_day(at)
    starts_on, ends_on = period_of(period, within)
    _refuse_days(starts_on, due_on, today)
    head = plans.head_of(plan=plan, on=today)
    made = _made(
        plan=plan, district=plan.district, plan_name=head["short_name"], period=period, starts_on=starts_on,
        ends_on=ends_on, opened_on=today, due_on=due_on, note=note.strip(), opened_by=by, opened_at=at,
        simulated=plan.simulated,
    )  # fmt: skip
    drafts = list(_from_plan(plan, today))
    if with_tasks:
        drafts += _from_tasks(made, asked={draft.row["about"] for draft in drafts})
    if not drafts:
        raise NothingToReport(_("这部规划没有未完成且落实到单位的事项，不必发起调度。"))
    _enter(made, drafts, by=by, at=at)
    audit.record(
        "dispatch.open", made.ref, by=by, at=at, detail={"period": str(made.period_name), "rows": len(drafts)}
    )
    announce(RoundOpened(made.pk, getattr(by, "pk", None), at), at=at)
    return made


def _refuse_days(starts_on: date, due_on: date, today: date) -> None:
    wrong: dict[str, list[str]] = {}
    if starts_on > today:
        wrong[_("周期")] = [_("该周期自 %s 起，尚未开始") % starts_on]
    if due_on < today:
        wrong[_("填报期限")] = [_("%(due)s 早于今天（%(today)s）") % {"due": due_on, "today": today}]
    if wrong:
        raise BadRow(wrong)


def _made(**facts: Any) -> Round:
    try:
        with transaction.atomic():
            return Round.objects.create(**facts)
    except IntegrityError:
        raise AlreadyOpened(period_in_words(facts["period"], facts["starts_on"])) from None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row to be, and the department it is for."""

    department_id: int
    row: dict[str, Any]


def _from_plan(plan: plans.Plan, on: date) -> Iterator[_Draft]:
    for item in plans.work_items(plan=plan, on=on):
        chapter = item.chapter
        facts = {
            "kind": ItemKind(item.kind), "about": str(item.ref), "code": item.subject.code,
            "title": item.name, "url": item.url, "chapter_order": chapter[0] if chapter else None,
            "chapter": chapter[2] if chapter else "", "starts_on": item.starts_on, "due_on": item.due_on,
            "before_state": item.state, "before_percent": item.percent, "before_on": item.reported_on,
        }  # fmt: skip
        for department_id in item.answerable:
            yield _Draft(department_id, facts)


def _from_tasks(made: Round, asked: set[str]) -> list[_Draft]:
    """Tasks at work in the period; what a row of the plan asks already is not asked again by its task."""
    return [
        _of_task(found)
        for found in tasks.open_tasks(district=made.district, begun_by=made.ends_on)
        if found.task.source_ref not in asked and not _of_another_plan(found.task.source_ref, made.plan)
    ]


def _of_task(found: tasks.OpenTask) -> _Draft:
    said = found.report
    return _Draft(
        found.lead_id,
        {
            "kind": ItemKind.TASK, "about": str(found.task.ref), "code": found.task.code,
            "title": found.terms.title, "url": reverse("tasks:task", args=[found.task.code]),
            "starts_on": found.terms.starts_on, "due_on": found.terms.due_on,
            "before_percent": said.percent if said else None, "before_on": said.on if said else None,
            "before_text": said.text if said else "",
        },
    )  # fmt: skip


def _of_another_plan(source: str, plan: plans.Plan) -> bool:
    if not source:
        return False
    ref = Ref.read(source)
    if ref.room != "plans":
        return False
    try:
        return plans.subject_of(ref).plan_id != plan.pk
    except plans.NoSuchRecord:
        return False


def _enter(made: Round, drafts: list[_Draft], *, by: Any, at: datetime) -> None:
    of: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for draft in drafts:
        of[draft.department_id].append(draft.row)
    said = _last_words(made)
    for department_id, rows in of.items():
        part = Part.objects.create(round=made, department_id=department_id)
        Row.objects.bulk_create(
            [
                Row(
                    round=made,
                    part=part,
                    order=order,
                    **{"before_text": said.get((facts["about"], department_id), ""), **facts},
                )
                for order, facts in enumerate(rows, start=1)
            ]
        )
        workflow.set_deadline(
            about=part.ref, name=DEADLINE, starts_on=made.opened_on, due_on=made.due_on, by=by, at=at
        )


def _last_words(made: Round) -> dict[tuple[str, int], str]:
    """What each department was last believed about each thing, from the rounds before."""
    rows = Row.objects.filter(round__plan=made.plan, state=RowState.ACCEPTED, ledger_ref__gt="")
    told = rows.exclude(round=made).order_by("round__ends_on", "pk")
    return {
        (about, department): text
        for about, department, text in told.values_list("about", "part__department_id", "text")
    }


@transaction.atomic
def extend_round(*, round: Round, due_on: date, reason: str, by: Any, at: datetime) -> Round:
    """Give the departments more time (延长填报期限); those already done are not asked again.

    Raises
    ------
    MissingReason, BadRow, RoundNotOpen, Forbidden
    """
    policies.require(by, "run", round)
    require_open(round)
    if not reason.strip():
        raise MissingReason
    if due_on <= round.due_on:
        told = {"due": due_on, "held": round.due_on}
        raise BadRow({_("填报期限"): [_("%(due)s 应晚于现期限 %(held)s") % told]})
    before = round.due_on
    Round.objects.filter(pk=round.pk).update(due_on=due_on)
    round.refresh_from_db()
    for deadline in running_deadlines(round).values():
        workflow.extend_deadline(deadline=deadline, due_on=due_on, reason=reason, by=by, at=at)
    detail = {"before": before, "after": due_on, "reason": reason}
    audit.record("dispatch.extend", round.ref, by=by, at=at, detail=detail)
    return round


@transaction.atomic
def cancel_round(*, round: Round, reason: str, by: Any, at: datetime) -> Round:
    """Take back a round opened by mistake (撤销本轮). What was accepted stays in the ledger."""
    policies.require(by, "run", round)
    if not reason.strip():
        raise MissingReason
    move_round(round, "cancel", by=by, at=at, reason=reason)
    for deadline in running_deadlines(round).values():
        workflow.end_deadline(deadline=deadline, move="lift", on=beijing_day(at), by=by, at=at)
    return round


@transaction.atomic
def set_rhythm(
    *,
    plan: plans.Plan,
    period: Period,
    opens_on_day: int,
    days_to_report: int,
    with_tasks: bool,
    active: bool,
    by: Any,
    at: datetime,
) -> Rhythm:
    """Let rounds of a plan open by themselves (定期调度).

    Raises
    ------
    Forbidden
    BadRow
        A number of working days below 1 or above 60.
    """
    if by is not None and not can(by, policies.CAPABILITIES["run"][0], district_id=plan.district_id):
        raise Forbidden(policies.CAPABILITIES["run"][0], str(plan))
    for label, days in ((_("开始"), opens_on_day), (_("填报工作日数"), days_to_report)):
        if not 1 <= days <= 60:
            raise BadRow({label: [_("%d 不在 1 到 60 个工作日之间") % days]})
    facts = {
        "period": period, "opens_on_day": opens_on_day, "days_to_report": days_to_report,
        "with_tasks": with_tasks, "active": active,
    }  # fmt: skip
    kept, _made_now = Rhythm.objects.update_or_create(
        plan=plan, defaults={**facts, "set_by": by, "set_at": at}
    )
    audit.record("dispatch.set_rhythm", plan.ref, by=by, at=at, detail={**facts, "period": str(period)})
    return kept


def open_due(*, on: date, at: datetime) -> list[Round]:
    """Open the rounds whose time has come by their rhythm; each period of a plan once."""
    calendar = workflow.working_calendar()
    opened = []
    for rhythm in Rhythm.objects.filter(active=True).select_related("plan__district"):
        period = Period(rhythm.period)
        starts_on, ends_on = period_before(period, period_of(period, on)[0])
        if on < calendar.estimate_working_days(ends_on, rhythm.opens_on_day).on:
            continue
        if ends_on < beijing_day(rhythm.set_at):
            continue  # a rhythm begins with the period in which it was set, not with those before
        if Round.objects.filter(plan=rhythm.plan, period=period, starts_on=starts_on).exists():
            continue
        try:
            opened.append(
                open_round(
                    plan=rhythm.plan,
                    period=period,
                    within=starts_on,
                    with_tasks=rhythm.with_tasks,
                    due_on=calendar.estimate_working_days(on, rhythm.days_to_report).on,
                    by=None,
                    at=at,
                )
            )
        except (NothingToReport, AlreadyOpened):
            continue
    return opened
