"""Annual plans: drafted, negotiated with the departments, published (年度计划)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from qingshan.annual import public as annual
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses", "row_of"]


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each year."""
    story = stage.told("annual")
    return (_year(stage, story, row) for row in story["years"])


def row_of(stage: Stage, made: annual.AnnualPlan, code: str, on: date) -> annual.Item:
    """The row that a measure or project has in a year."""
    wanted = (stage.measures.get(code) or stage.projects[code]).ref
    return next(one for one in annual.items_of(annual=made, on=on) if one.source == wanted)


def _year(stage: Stage, story: dict[str, Any], year: dict[str, Any]) -> Course:
    keeper, publisher = stage.people[story["keeper"]], stage.people[story["publisher"]]
    at = yield stage.hours.on_or_after(year["drafted_on"])
    made = annual.draft_annual(plan=stage.plan, year=year["year"], by=keeper, at=at)
    at = yield stage.hours.on_or_after(year["consulted_on"])
    annual.consult(annual=made, by=keeper, at=at, reply_by=year["reply_by"])
    requests = []
    for row in year["asked"]:
        at = yield stage.hours.on_or_after(row["on"])
        found = row_of(stage, made, row["row"], row["on"])
        requests.append(
            annual.ask_change(
                row=found.row, seen=found.version.number, reason=row["reason"], due_on=row["due_on"],
                by=stage.people[row["by"]], at=at,
            )
        )  # fmt: skip
    at = yield stage.hours.on_or_after(year["accepted_on"])
    for username in year["accepting"]:
        person = stage.people[username]
        person.refresh_from_db()
        items = annual.items_of(annual=made, on=year["accepted_on"])
        annual.accept_rows(
            rows=[one.row for one in items if person.department_id in one.department_ids], by=person, at=at
        )
    for row, request in zip(year["asked"], requests, strict=True):
        at = yield stage.hours.on_or_after(row["answered_on"])
        annual.answer_request(request=request, granted=row["granted"], by=keeper, at=at, answer=row["answer"])
    at = yield stage.hours.on_or_after(year["submitted_on"])
    annual.submit_annual(annual=made, by=keeper, at=at)
    at = yield stage.hours.on_or_after(year["published_on"])
    annual.publish(annual=made, by=publisher, at=at)
    at = yield stage.hours.on_or_after(year["closed_on"])
    annual.close_annual(annual=made, by=publisher, at=at)
