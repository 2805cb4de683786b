"""One trial for each move of a life cycle: how its record is brought to where the move begins, and the call.

Records are those of town.py. A record is put into a state by its table, so that each trial is about one move
and one person and nothing else; the call is the room's own action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.rights.town import Town

from qingshan.intake import public as intake
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.states import CONFLICT_FLOW, FINDING_FLOW, INTAKE_FLOW, ConflictState
from qingshan.kernel.flow import Flow
from qingshan.messages import public as messages
from qingshan.messages.models import Notice
from qingshan.messages.states import NOTICE_FLOW
from qingshan.plans import actions, models
from qingshan.plans.states import MILESTONE_FLOW, PLAN_FLOW, REVIEW_FLOW, VALUE_FLOW
from qingshan.tasks import public as tasks
from qingshan.tasks.models import ChangeRequest
from qingshan.tasks.states import CHANGE_FLOW, SUPERVISION_FLOW

__all__ = ["TRIALS", "Trial", "trials"]

PLAN_MOVES = ("consult", "review", "redraft", "approve", "put_in_force", "evaluate", "close", "withdraw")
Bring = Callable[[Town, Any], Any]
Act = Callable[[Any, Any, Town], Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """A move of a flow, on one kind of record."""

    flow: str
    record: str
    move: str
    source: Any
    bring: Bring
    act: Act

    @property
    def name(self) -> str:
        """As moves.yaml names it."""
        return f"{self.flow} {self.record} {self.move}"

    def __str__(self) -> str:
        return f"{self.name} from {self.source}"


def _held(model: Any, key: str) -> Bring:
    """Put a record of the town into a state, going round its actions."""

    def bring(town: Town, state: Any) -> Any:
        known = town.known[key]
        rows = model.objects.filter(pk=getattr(known, "pk", known))
        rows.update(state=state)
        return rows.get()

    return bring


def _version(model: Any, key: str) -> Bring:
    """As `_held`, where the state is its current version's."""

    def bring(town: Town, state: Any) -> Any:
        record = town.known[key]
        model.objects.current().filter(subject=record).update(state=state)
        return record

    return bring


def _conflict(town: Town, state: Any) -> Any:
    """A conflict; settled by the planner where it is to be, for a settlement has its reason."""
    conflict = Conflict.objects.get(pk=town.known["here_clash"])
    if state == ConflictState.SETTLED:
        intake.settle(
            conflict=conflict, outcome="confirmed", reason="以表为准", seen=conflict.values_key,
            by=town.people["planner"], at=town.at,
        )  # fmt: skip
    return conflict


def _seen(record: Any) -> int:
    return int(record.versions.current().get().number)


def _call(function: Callable[..., Any], name: str, **given: Any) -> Act:
    return lambda record, by, town: function(**{name: record}, by=by, at=town.at, **given)


def _plan_move(move: str) -> Act:
    return lambda plan, by, town: actions.move_plan(
        plan=plan, move=move, seen=_seen(plan), by=by, at=town.at, reason="会议决定"
    )


def _milestone_move(move: str) -> Act:
    return lambda one, by, town: actions.move_milestone(
        milestone=one, move=move, seen=_seen(one), by=by, at=town.at, reason="现场核实", on=town.at.date()
    )


def _finding_act(function: Callable[..., Any], **given: Any) -> Act:
    return lambda one, by, town: function(
        finding=one, expected_version=one.version, by=by, at=town.at, **given
    )


def _reviews(name: str, stem: str) -> dict[str, Act]:
    """The moves of something that a second person approves."""
    found = {
        "submit": _call(getattr(actions, f"submit_{stem}"), name),
        "approve": _call(getattr(actions, f"approve_{stem}"), name),
        "send_back": _call(getattr(actions, f"send_back_{stem}"), name, note="请补正"),
    }
    if withdraw := getattr(actions, f"withdraw_{stem}", None):
        found["withdraw"] = _call(withdraw, name)
    return found


#: Flow, record -> the flow, how the record is brought to a state, and the call of each move of a person.
TRIALS: dict[tuple[str, str], tuple[Flow, Bring, dict[str, Act]]] = {
    ("plans.PLAN_FLOW", "plan"): (
        PLAN_FLOW,
        _version(models.PlanVersion, "here_plan"),
        {move: _plan_move(move) for move in PLAN_MOVES},
    ),
    ("plans.VALUE_FLOW", "value"): (
        VALUE_FLOW,
        _held(models.Value, "water_value"),
        _reviews("value", "value"),
    ),
    ("plans.REVIEW_FLOW", "report"): (
        REVIEW_FLOW,
        _held(models.ProgressReport, "water_report"),
        _reviews("report", "report"),
    ),
    ("plans.REVIEW_FLOW", "not_evaluable"): (
        REVIEW_FLOW,
        _held(models.NotEvaluable, "water_not_evaluable"),
        _reviews("statement", "not_evaluable"),
    ),
    ("plans.REVIEW_FLOW", "rebaselining"): (
        REVIEW_FLOW,
        _held(models.Rebaselining, "water_rebaselining"),
        _reviews("proposal", "rebaselining"),
    ),
    ("plans.REVIEW_FLOW", "adjustment"): (
        REVIEW_FLOW,
        _held(models.TargetAdjustment, "water_adjustment"),
        _reviews("proposal", "adjustment"),
    ),
    ("plans.MILESTONE_FLOW", "milestone"): (
        MILESTONE_FLOW,
        _version(models.MilestoneVersion, "water_milestone"),
        {move: _milestone_move(move) for move in ("reach", "drop", "reopen")},
    ),
    ("tasks.CHANGE_FLOW", "request"): (
        CHANGE_FLOW,
        lambda town, _state: ChangeRequest.objects.get(task__code=town.known["asked_task"]),
        {
            "grant": _call(tasks.answer_change, "request", granted=True),
            "refuse": _call(tasks.answer_change, "request", granted=False, answer="不改"),
        },
    ),
    ("tasks.SUPERVISION_FLOW", "slip"): (
        SUPERVISION_FLOW,
        _held(tasks.Supervision, "slip"),
        {
            "answer": _call(tasks.answer_supervision, "supervision", answer="已加快"),
            "lift": _call(tasks.lift_supervision, "supervision", reason="已整改"),
        },
    ),
    ("intake.INTAKE_FLOW", "review"): (
        INTAKE_FLOW,
        _held(Intake, "here_review"),
        {
            "withdraw": _call(intake.withdraw, "intake", reason="传错文件"),
            "reopen": _call(intake.reopen_review, "intake"),
        },
    ),
    ("intake.FINDING_FLOW", "finding"): (
        FINDING_FLOW,
        _held(Finding, "here_found"),
        {
            "accept": _finding_act(intake.accept),
            "reject": _finding_act(intake.reject),
            "reopen": _finding_act(intake.reopen),
        },
    ),
    ("intake.CONFLICT_FLOW", "conflict"): (
        CONFLICT_FLOW,
        _conflict,
        {
            "settle": lambda one, by, town: intake.settle(
                conflict=one, outcome="confirmed", reason="以表为准", seen=one.values_key, by=by, at=town.at
            ),
            "reopen": _call(intake.reopen_conflict, "conflict", reason="数值改变"),
        },
    ),
    ("messages.NOTICE_FLOW", "notice"): (
        NOTICE_FLOW,
        _held(Notice, "notice"),
        {"read": _call(messages.mark_read, "notice"), "sign": _call(messages.sign_receipt, "notice")},
    ),
}


def trials() -> Iterator[Trial]:
    """Every move of every record above, once for each state from which it goes."""
    for (flow, record), (table, bring, acts) in TRIALS.items():
        for move, act in acts.items():
            for source in table.sources(move):
                yield Trial(flow, record, move, source, bring, act)
