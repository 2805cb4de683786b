"""Rounds of dispatch: opened, reported, reviewed, closed; late, silent and false reports (调度)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.dispatch import public as dispatch
from qingshan.documents import public as documents
from qingshan.plans.public import WorkState
from qingshan.simulation.papers import letter
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]

_FULL = 100


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each round, and one for each false report that is found out."""
    story = stage.told("rounds")
    for number, days in enumerate(story["rounds"], start=1):
        yield _Round(stage, story, number, days).course()
    for row in story["found_false"]:
        yield _false(stage, story, row)


@dataclass(frozen=True, slots=True)
class _Round:
    """One round on its way through its days."""

    stage: Stage
    story: dict[str, Any]
    number: int
    days: dict[str, Any]

    def course(self) -> Course:
        hours, keeper = self.stage.hours, self.stage.people[self.story["keeper"]]
        at = yield hours.on_or_after(self.days["opened"])
        opened = dispatch.open_round(
            plan=self.stage.plan, period=dispatch.Period.QUARTER, within=self.days["within"],
            due_on=self.days["due"], by=keeper, at=at,
        )  # fmt: skip
        late = {row["reporter"]: row["on"] for row in self.story["late"] if row["round"] == self.number}
        at = yield hours.on_or_after(self.days["reported"])
        self._report(opened, at, without=set(late))
        for returned in (row for row in self.story["returned"] if row["round"] == self.number):
            yield from self._return(opened, returned, keeper)
        for username, day in late.items():
            at = yield hours.on_or_after(day)
            self._report(opened, at, only={username})
        at = yield hours.on_or_after(self.days["reviewed"])
        for row in dispatch.rows_for(user=keeper, found=opened):
            if row.phase is dispatch.RowState.SUBMITTED:
                dispatch.accept_row(row=row, by=keeper, at=at)
        at = yield hours.on_or_after(self.days["closed"])
        opened.refresh_from_db()
        dispatch.close_round(round=opened, by=keeper, at=at)

    def _report(
        self,
        opened: dispatch.Round,
        at: datetime,
        *,
        only: Set[str] = frozenset(),
        without: Set[str] = frozenset(),
    ) -> None:
        """What each reporter says of the rows of its department, all handed in at once."""
        for username in sorted(only or set(self.story["reporters"].values()) - without):
            person = self.stage.people[username]
            person.refresh_from_db()
            parts: dict[int, dispatch.Part] = {}
            for row in dispatch.rows_for(user=person, found=opened):
                percent = self.story["pace"][row.code][self.number - 1]
                if percent is None or self._reporter_of(row) != username:
                    continue
                self._save(row, percent, person, at)
                parts[row.part_id] = row.part
            for part in parts.values():
                dispatch.submit_part(part=part, by=person, at=at)

    def _reporter_of(self, row: dispatch.Row) -> str | None:
        names = (name for name, one in self.stage.departments.items() if one.pk == row.part.department_id)
        return next((self.story["reporters"].get(name) for name in names), None)

    def _save(self, row: dispatch.Row, percent: int, person: Any, at: datetime) -> None:
        first = next(
            (
                one["first"]
                for one in self.story["returned"]
                if (one["round"], one["code"]) == (self.number, row.code)
                and row.phase is dispatch.RowState.WAITING
            ),
            percent,
        )
        facts = dispatch.Facts(
            work_state=WorkState.DONE if first == _FULL else WorkState.UNDER_WAY, percent=first,
            text=f"（模拟）{self.story['did'][row.code]}，累计进度{first}%。",
        )  # fmt: skip
        dispatch.save_row(row=row, facts=facts, key=f"{row.pk}-{at:%Y%m%d}", by=person, at=at)
        if first == _FULL:
            proof = letter(
                number=f"{row.code}-{self.number}", title=f"{row.title}验收材料（模拟）",
                sender=str(person.department), written_on=at.date(), lines=["经验收，全部完成。"],
            )  # fmt: skip
            documents.attach(proof, to=row.ref, by=person, at=at, title=f"{row.title}验收材料（模拟）")

    def _return(self, opened: dispatch.Round, returned: dict[str, Any], keeper: Any) -> Course:
        at = yield self.stage.hours.on_or_after(returned["on"])
        row = next(
            one for one in dispatch.rows_for(user=keeper, found=opened) if one.code == returned["code"]
        )
        dispatch.send_back_row(row=row, by=keeper, at=at, note=returned["note"])
        at = yield self.stage.hours.on_or_after(returned["again"])
        person = self.stage.people[self._reporter_of(row) or ""]
        row.refresh_from_db()
        self._save(row, self.story["pace"][row.code][self.number - 1], person, at)
        dispatch.submit_part(part=row.part, by=person, at=at)


def _false(stage: Stage, story: dict[str, Any], told: dict[str, Any]) -> Course:
    keeper, decider = stage.people[story["keeper"]], stage.people[story["decider"]]
    at = yield stage.hours.on_or_after(told["found"])
    day: date = story["rounds"][told["round"] - 1]["within"]
    opened = next(
        one
        for one in dispatch.rounds_for(user=keeper)
        if one.plan_id == stage.plan.pk and one.starts_on <= day <= one.ends_on
    )
    row = next(one for one in dispatch.rows_for(user=keeper, found=opened) if one.code == told["code"])
    proof = letter(
        number=f"模拟-{told['code']}-核查", title="现场核查记录（模拟）", sender="青峦县生态环境局",
        written_on=told["found"], lines=[told["reason"]],
    )  # fmt: skip
    finding = dispatch.find_false(
        row=row, reason=told["reason"], on=told["found"], evidence=[proof], by=keeper, at=at,
        work_state=WorkState.UNDER_WAY, percent=told["percent"],
    )  # fmt: skip
    at = yield stage.hours.on_or_after(told["confirmed"])
    dispatch.confirm_false(finding=finding, by=decider, at=at, note="情况属实（模拟）")
