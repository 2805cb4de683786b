"""The final evaluation of a plan beside the drafting of the next one (规划接续)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from qingshan.plans import public as plans
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage
from qingshan.succession import public as succession

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """Two courses side by side: the old plan's end, and the opening of the next."""
    story = stage.told("succession")
    yield _end_of_old(stage, story)
    yield _opening(stage, story)


def _end_of_old(stage: Stage, story: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(story["evaluated_from"])
    _move(stage, "evaluate", story["keeper"], at)
    at = yield stage.hours.on_or_after(story["plan_closed_on"])
    _move(stage, "close", story["decider"], at)


def _move(stage: Stage, move: str, username: str, at: datetime) -> None:
    plans.move_plan(
        plan=stage.plan, move=move, seen=stage.plan.versions.current().get().number,
        by=stage.people[username], at=at, reason="规划期届满（模拟）",
    )  # fmt: skip


def _opening(stage: Stage, story: dict[str, Any]) -> Course:
    keeper, decider = stage.people[story["keeper"]], stage.people[story["decider"]]
    day: date = stage.hours.on_or_after(story["opened_on"])
    at = yield day
    old = plans.plan_for(user=keeper, code=stage.plan.code, on=day)
    opening = succession.open_next(plan=old, head=story["head"], by=keeper, at=at)
    dropped = {row["code"]: row["reason"] for row in story["dropped"]}
    succession.choose(
        opening=opening, by=keeper, at=at,
        decided={
            one.pk: succession.Decided(succession.Decision.DROP, dropped[one.code])
            for one in opening.choices.filter(code__in=dropped)
        },
    )  # fmt: skip
    at = yield stage.hours.on_or_after(story["proposed_on"])
    opening.refresh_from_db()
    succession.propose(opening=opening, by=keeper, at=at)
    at = yield stage.hours.on_or_after(story["carried_on"])
    succession.carry(opening=opening, by=decider, at=at)
