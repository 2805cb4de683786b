"""Targets that the city assigned, each with its letter attached (下达目标的文件)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from qingshan.documents import public as documents
from qingshan.documents.public import DocumentKind
from qingshan.plans import public as plans
from qingshan.plans.public import Operator, Typed, ValueKind
from qingshan.simulation.papers import letter
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each letter."""
    return (_entering(stage, row) for row in stage.told("letters")["letters"])


def _entering(stage: Stage, row: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(row["entered_on"])
    for assigned in row["targets"]:
        _assign(stage, row, assigned, at)


def _assign(stage: Stage, row: dict[str, Any], assigned: dict[str, Any], at: datetime) -> None:
    indicator = stage.indicators[assigned["indicator"]]
    target = indicator.targets.get(year=assigned["year"])
    typed = Typed(
        ValueKind.NUMBER, Operator(assigned["operator"]), Decimal(assigned["value"]), assigned["unit"]
    )
    by = stage.people[row["by"]]
    paper = letter(
        number=row["number"], title=row["title"], sender=row["authority"], written_on=row["letter_on"],
        lines=[_line(stage, one) for one in row["targets"]],
    )  # fmt: skip
    kept = documents.attach(paper, to=target.ref, by=by, at=at, title=row["title"], kind=DocumentKind.LETTER)
    plans.assign_target(
        target=target, typed=typed, authority=row["authority"], letter_number=row["number"],
        letter_on=row["letter_on"], letter=str(kept.ref), seen=target.versions.current().get().number,
        by=by, at=at,
    )  # fmt: skip


def _line(stage: Stage, assigned: dict[str, Any]) -> str:
    name = stage.indicators[assigned["indicator"]].versions.current().get().name
    words = {">=": "不低于", "<=": "不高于"}[assigned["operator"]]
    return f"{assigned['year']}年{name}{words}{assigned['value']}{assigned['unit']}。"
