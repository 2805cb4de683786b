"""Values of the indicators: entered by one person, approved by another (指标数值)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingshan.documents import public as documents
from qingshan.documents.public import DocumentKind
from qingshan.plans import public as plans
from qingshan.simulation.papers import letter
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]

#: Who enters what belongs to the whole plan.
_PLANNER = "chen"
_CITY = "栖云市生态环境局"


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each exclusion letter, each not evaluable year and each value."""
    story = stage.told("values")
    yield from (_exclusion(stage, row) for row in story["exclusions"])
    yield from (_not_evaluable(stage, row) for row in story["not_evaluable"])
    for one in story["indicators"]:
        yield from (_Entry(stage, one, row).course() for row in one["values"])


def _exclusion(stage: Stage, row: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(row["issued_on"])
    by = stage.people[_PLANNER]
    paper = letter(
        number=row["number"], title=row["title"], sender=row["authority"], written_on=row["issued_on"],
        lines=[f"同意剔除{row['period_start']}至{row['period_end']}：{row['cause']}。"],
    )  # fmt: skip
    kept = documents.attach(
        paper, to=stage.plan.ref, by=by, at=at, title=row["title"], kind=DocumentKind.LETTER
    )
    facts = {name: row[name] for name in row if name != "number"} | {"document": str(kept.ref)}
    plans.add_exclusion_letter(plan=stage.plan, number=row["number"], facts=facts, by=by, at=at)


def _not_evaluable(stage: Stage, row: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(row["on"])
    by = stage.people[row["by"]]
    statement = plans.declare_not_evaluable(
        indicator=stage.indicators[row["indicator"]], year=row["year"], reason=row["reason"],
        evidence=row["evidence"], by=by, at=at,
    )  # fmt: skip
    plans.submit_not_evaluable(statement=statement, by=by, at=at)
    at = yield stage.hours.some_days_after(row["on"], row["indicator"], most=4)
    plans.approve_not_evaluable(statement=statement, by=stage.people[row["reviewer"]], at=at)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One value on its way: who enters, who reviews, and what the story says of it."""

    stage: Stage
    of: dict[str, Any]
    row: dict[str, Any]

    def course(self) -> Course:
        at = yield self.stage.hours.on_or_after(self.row["on"])
        value = self._enter(at)
        way = self.row.get("way", "approved")
        if way == "entered":
            return
        plans.submit_value(value=value, by=self._by, at=at)
        if way == "submitted":
            return
        day = self.stage.hours.some_days_after(self.row["on"], self.of["code"], most=3)
        at = yield day
        if returned := self.row.get("returned"):
            plans.send_back_value(value=value, by=self._reviewer, at=at, note=returned["note"])
            day = self.stage.hours.some_days_after(day, returned["note"], most=2)
            at = yield day
            plans.change_value(value=value, facts={"number": self.row["number"]}, by=self._by, at=at)
            plans.submit_value(value=value, by=self._by, at=at)
            at = yield self.stage.hours.some_days_after(day, self.of["code"], most=2)
        plans.approve_value(value=value, by=self._reviewer, at=at)

    @property
    def _by(self) -> Any:
        return self.stage.people[self.of["by"]]

    @property
    def _reviewer(self) -> Any:
        return self.stage.people[self.of["reviewer"]]

    def _enter(self, at: datetime) -> Any:
        indicator = self.stage.indicators[self.of["code"]]
        value = plans.enter_value(
            indicator=indicator, facts=self._facts(indicator), by=self._by, at=at,
            corrects=self._corrected(indicator), exclusions=self._exclusions(),
        )  # fmt: skip
        if "letter" in self.row:
            kept = self._attach(value, at)
            plans.change_value(value=value, facts={"document": str(kept.ref)}, by=self._by, at=at)
        return value

    def _facts(self, indicator: Any) -> dict[str, Any]:
        row = self.row
        facts: dict[str, Any] = {
            name: row[name] for name in ("year", "kind", "source", "text", "finding") if name in row
        }
        if "number" in row:
            facts["number"] = row.get("returned", row)["number"]
            facts["unit"] = indicator.versions.current().get().unit
        if "to" in row:
            facts["as_of"] = row["to"]
        return facts

    def _corrected(self, indicator: Any) -> Any:
        """The last value of the year that counts, where this one takes its place."""
        if not self.row.get("corrects"):
            return None
        of_year = indicator.values.filter(year=self.row["year"], kind=self.row["kind"])
        return of_year.filter(state=plans.ReviewState.APPROVED).latest("as_of", "id")

    def _exclusions(self) -> list[Any]:
        numbers = self.row.get("exclusions", ())
        return list(self.stage.plan.exclusions.filter(number__in=numbers))

    def _attach(self, value: Any, at: datetime) -> Any:
        number = self.row["letter"]
        title = f"关于青峦县{self.row['year']}年有关指标结果的通报（模拟）"
        paper = letter(
            number=number, title=title, sender=_CITY, written_on=self.row["on"],
            lines=[f"{value.indicator.versions.current().get().name}：{self.row['number']}。"],
        )  # fmt: skip
        return documents.attach(
            paper, to=value.ref, by=self._by, at=at, title=title, kind=DocumentKind.LETTER
        )
