"""The order that says who leads and who joins in (责任分工方案)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from qingshan.plans import public as plans
from qingshan.plans.public import ResponsibilityRole
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """One course: on the order's day all duties are laid down."""
    yield _order(stage, stage.told("duties"))


def _order(stage: Stage, order: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(order["on"])
    for code, names in order["indicators"].items():
        for place, name in enumerate(names):
            _lay_down(stage, order, at, stage.indicators[code], stage.departments[name], place)
    for code in order.get("higher_better", ()):
        _say_direction(stage, order, at, stage.indicators[code])
    work = (*stage.measures.values(), *stage.projects.values(), *stage.commitments.values())
    for subject in work:
        named = list(subject.responsibilities.filter(valid_to=None).order_by("order", "id"))
        for place, duty in enumerate(named):
            if duty.role != _role(place):
                _end(stage, order, at, duty)
                _lay_down(stage, order, at, subject, duty.department, place)


def _say_direction(stage: Stage, order: dict[str, Any], at: datetime, indicator: Any) -> None:
    plans.revise_indicator(
        indicator=indicator, changes={"direction": plans.Direction.HIGHER_BETTER}, valid_from=order["on"],
        seen=indicator.versions.current().get().number, by=stage.people[order["by"]], at=at,
        reason=order["reason"],
    )  # fmt: skip


def _role(place: int) -> ResponsibilityRole:
    return ResponsibilityRole.JOINT if place else ResponsibilityRole.LEAD


def _end(stage: Stage, order: dict[str, Any], at: datetime, duty: Any) -> None:
    plans.end_responsibility(
        duty=duty, on=order["on"], by=stage.people[order["by"]], at=at, reason=order["reason"]
    )


def _lay_down(
    stage: Stage, order: dict[str, Any], at: datetime, subject: Any, department: Any, place: int
) -> None:
    plans.make_responsible(
        subject=subject, department=department, role=_role(place), order=place + 1, valid_from=order["on"],
        by=stage.people[order["by"]], at=at, reason=order["reason"],
    )  # fmt: skip
