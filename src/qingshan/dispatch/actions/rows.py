"""What a department does in a round: saving rows as it goes, and handing in what it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.dispatch import policies
from qingshan.dispatch.actions.moving import move_row, require_open
from qingshan.dispatch.doubts import Said, doubts_about
from qingshan.dispatch.errors import BadRow, Incomplete, NothingToReport, Stale
from qingshan.dispatch.events import PartReported
from qingshan.dispatch.models import Part, Row, Saying
from qingshan.dispatch.states import REPORTABLE, RowState
from qingshan.dispatch.vocabulary import DEADLINE, ItemKind
from qingshan.documents.public import documents_for
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks
from qingshan.workflow import public as workflow

__all__ = ["Facts", "allowed_states", "save_row", "submit_part"]

_FULL = 100
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says: state of the work (empty for a task), per cent, words, difficulties."""

    work_state: str = ""
    percent: int | None = None
    text: str = ""
    difficulties: str = ""


@transaction.atomic
def save_row(*, row: Row, facts: Facts, key: str, by: Any, at: datetime) -> tuple[Row, bool]:
    """Keep what somebody says about one thing (存稿); it is the department's alone until it is handed in.

    Parameters
    ----------
    key : str
        Made by the sender's device. The same person's same key again changes nothing, however late it comes.

    Returns
    -------
    tuple of Row, bool
        The row, and whether this saving was new: evidence is attached to new ones only.

    Raises
    ------
    Forbidden, RoundNotOpen
    Stale
        It was handed in or accepted meanwhile.
    BadRow
        A state the ledger could not follow, a percentage that is none, done with less than 100.
    """
    policies.require(by, "report", row)
    if Saying.objects.filter(by=by, key=key).exists():
        row.refresh_from_db()
        return row, False
    require_open(row.round)
    if row.phase not in REPORTABLE:
        raise Stale(str(row.phase.label))
    _refuse(row, facts, beijing_day(at))
    said: dict[str, Any] = {
        "work_state": facts.work_state, "percent": facts.percent, "text": facts.text.strip(),
        "difficulties": facts.difficulties.strip(),
    }  # fmt: skip
    move_row(row, "save", by=by, at=at, reported_by=by, reported_at=at, reviewed_by=None, doubts=[], **said)
    Saying.objects.create(row=row, by=by, at=at, key=key, **said)
    audit.record("dispatch.save", row.ref, by=by, at=at, detail={"percent": facts.percent})
    return row, True


def _refuse(row: Row, facts: Facts, on: date) -> None:
    wrong: dict[str, list[str]] = {}
    if facts.percent is not None and not 0 <= facts.percent <= _FULL:
        wrong[_("本期进度（%）")] = [_("%d 不在 0 到 100 之间") % facts.percent]
    if len(facts.text) > _LONGEST:
        wrong[_("进展情况")] = [
            _("有 %(found)d 个字，最多 %(most)d 个") % {"found": len(facts.text), "most": _LONGEST}
        ]
    if facts.work_state:
        allowed = allowed_states([row], on).get(row.pk, ())
        if facts.work_state not in allowed:
            told = _("“%(found)s”不能由现状直接报出；可以报：%(allowed)s")
            names = "、".join(str(plans.WorkState(one).label) for one in allowed) or _("（任务不填）")
            wrong[_("本期状态")] = [told % {"found": _state_name(facts.work_state), "allowed": names}]
        elif facts.work_state == plans.WorkState.DONE and facts.percent not in (None, _FULL):
            wrong[_("本期进度（%）")] = [_("已完成的进度应为 100，现为 %d") % facts.percent]
    if wrong:
        raise BadRow(wrong)


def _state_name(word: str) -> str:
    known = plans.WorkState.values
    return str(plans.WorkState(word).label) if word in known else word


def allowed_states(rows: Iterable[Row], on: date) -> dict[int, tuple[str, ...]]:
    """Return by row which states of work may be reported after what the ledger holds; none for tasks."""
    found: dict[int, tuple[str, ...]] = {}
    of_plan: dict[plans.Plan, list[Row]] = {}
    for row in rows:
        if row.is_task:
            found[row.pk] = ()
        else:
            of_plan.setdefault(row.round.plan, []).append(row)
    for plan, held in of_plan.items():
        refs = {row.subject for row in held}
        states = {item.ref: item.states for item in plans.work_items(plan=plan, on=on, only=refs)}
        found |= {row.pk: tuple(str(one) for one in states.get(row.subject, ())) for row in held}
    return found


@transaction.atomic
def submit_part(*, part: Part, by: Any, at: datetime, rows: Iterable[int] | None = None) -> int:
    """Hand in every saved row of a department (提交审核), or these; return how many.

    All or none: a row that lacks something is named, and nothing is handed in. Rows not yet written stay
    with the department. When no row is left its deadline is met, until one is sent back.

    Raises
    ------
    Incomplete
        Rows without words, without a state of the work, or tasks that nobody has accepted.
    NothingToReport, RoundNotOpen, Forbidden
    """
    policies.require(by, "report", part)
    require_open(part.round)
    saved = Row.objects.filter(part=part, state=RowState.SAVED).select_related("round", "part__round")
    wanted = [one for one in saved if policies.may_report(by, part, ItemKind(one.kind))]
    if rows is not None:
        only = set(rows)
        wanted = [one for one in wanted if one.pk in only]
    if not wanted:
        raise NothingToReport(_("没有已存稿的事项可以提交；请先填写并存稿。"))
    lacking = {row.title: lacks for row in wanted if (lacks := _lacks(row))}
    if lacking:
        raise Incomplete(lacking)
    for row in wanted:
        _submit(row, by, at)
    audit.record("dispatch.submit", part.ref, by=by, at=at, detail={"rows": [row.pk for row in wanted]})
    announce(PartReported(part.pk, len(wanted), by.pk, at), at=at)
    _meet_when_done(part, by, at)
    return len(wanted)


def _lacks(row: Row) -> str:
    if not row.text.strip():
        return _("没有写进展情况")
    if not row.is_task:
        return "" if row.work_state else _("没有选本期状态")
    found = tasks.open_tasks(district=row.round.district, only=[int(row.subject.key)])
    waiting = found and found[0].task.phase in (tasks.TaskState.ASSIGNED, tasks.TaskState.CHANGE_ASKED)
    return _("任务尚未签收，或变更申请尚未答复") if waiting else ""


def _submit(row: Row, by: Any, at: datetime) -> None:
    done = row.work_state == plans.WorkState.DONE
    before_done = row.before_state == plans.WorkState.DONE
    doubts = doubts_about(
        Said(done, row.percent, row.text),
        Said(before_done, row.before_percent, row.before_text),
        evidence=bool(documents_for(None, row.ref)),
    )
    move_row(
        row, "submit", by=by, at=at, submitted_at=at, reported_by=by, doubts=[str(one) for one in doubts],
        first_submitted_at=row.first_submitted_at or at,
    )  # fmt: skip


def _meet_when_done(part: Part, by: Any, at: datetime) -> None:
    if Row.objects.filter(part=part, state__in=REPORTABLE).exists():
        return
    for deadline in workflow.deadlines_of(part.ref):
        if deadline.name == DEADLINE and deadline.phase is workflow.DeadlineState.RUNNING:
            workflow.end_deadline(deadline=deadline, move="meet", on=beijing_day(at), by=by, at=at)
