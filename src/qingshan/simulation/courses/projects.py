"""Projects: money by year and source, milestones, progress, and one re-baselining (工程项目)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.plans import public as plans
from qingshan.simulation.courses.work import reported
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]

YUAN_PER_WAN = 10_000
#: What has come and what is paid by the middle of a year, in hundredths of the year's amount.
_BY_MIDYEAR = {"received_yuan": 45, "paid_yuan": 35}


def courses(stage: Stage) -> Iterator[Course]:
    """Courses of each project: the plan of its money, each later statement, each milestone, each report."""
    story = stage.told("projects")
    for code, row in story["projects"].items():
        project = _Project(stage, story, code, row)
        yield project.budget()
        yield from project.statements()
        yield from project.milestones()
        yield from project.reports()
    yield from (_rebaselining(stage, row) for row in story["rebaselinings"])


@dataclass(frozen=True, slots=True)
class _Project:
    """One project and what the story says of it."""

    stage: Stage
    story: dict[str, Any]
    code: str
    row: dict[str, Any]

    @property
    def record(self) -> Any:
        return self.stage.projects[self.code]

    @property
    def by(self) -> Any:
        """The officer of the department that leads."""
        lead = self.stage.lead_of(self.record)
        named = next(name for name, one in self.stage.departments.items() if one.pk == lead.pk)
        return self.stage.people[self.stage.told("work")["reporters"][named]]

    def budget(self) -> Course:
        """All years' planned money, and all milestones, entered when the plan's first year begins."""
        at = yield self.stage.hours.on_or_after(self.story["planned_on"])
        for funds, years in self.row["funds"].items():
            for year, (planned, _, _) in years.items():
                amounts = {"planned_yuan": planned * YUAN_PER_WAN}
                plans.set_money(
                    project=self.record, year=year, funds=funds, amounts=amounts, by=self.by, at=at
                )
        for number, (name, due_on, _) in enumerate(self.row["milestones"], start=1):
            plans.add_milestone(
                project=self.record, code=f"{number:02}", name=name, due_on=due_on, by=self.by, at=at
            )

    def statements(self) -> Iterator[Course]:
        """What was received and paid: at midyear a part, at the year's end (or last time) all."""
        for funds, years in self.row["funds"].items():
            for year, (_, received, paid) in years.items():
                if received is None:
                    continue
                whole = {"received_yuan": received * YUAN_PER_WAN, "paid_yuan": paid * YUAN_PER_WAN}
                part = {name: yuan * _BY_MIDYEAR[name] // 100 for name, yuan in whole.items()}
                midyear, end = (date.fromisoformat(f"{year}-{day}") for day in self.story["money_days"])
                yield self._statement(funds, year, part, midyear)
                yield self._statement(funds, year, whole, min(end, self.story["money_now"]))

    def _statement(self, funds: str, year: int, amounts: dict[str, int], on: date) -> Course:
        at = yield self.stage.hours.on_or_after(on)
        held = self.record.money.get(year=year, funds=funds).versions.current().get()
        plans.set_money(
            project=self.record, year=year, funds=funds, amounts=amounts, seen=held.number,
            by=self.by, at=at, reason="资金到位与支付填报（模拟）",
        )  # fmt: skip

    def milestones(self) -> Iterator[Course]:
        """A milestone is marked reached within days of it."""
        for number, (_, _, reached_on) in enumerate(self.row["milestones"], start=1):
            if reached_on is not None:
                yield self._reaching(f"{number:02}", reached_on)

    def _reaching(self, code: str, on: date) -> Course:
        at = yield self.stage.hours.some_days_after(on, self.code, most=3)
        milestone = self.record.milestones.get(code=code)
        plans.move_milestone(
            milestone=milestone, move="reach", seen=milestone.versions.current().get().number, on=on,
            by=self.by, at=at, reason="节点到达，已核实（模拟）",
        )  # fmt: skip

    def reports(self) -> Iterator[Course]:
        """A report each quarter."""
        name = self.record.versions.current().get().name
        for day, percent in zip(self.story["rounds"], self.row["pace"], strict=True):
            if percent is not None:
                text = f"{name}形象进度{percent}%，质量与安全情况正常" if percent else f"{name}办理前期手续"
                yield reported(self.stage, self.story, self.record, day, percent, text=text)


def _rebaselining(stage: Stage, row: dict[str, Any]) -> Course:
    """Proposed, sent back for a missing paper, submitted again, approved; then a milestone moves with it."""
    project, by, reviewer = (
        stage.projects[row["project"]], stage.people[row["by"]], stage.people[row["reviewer"]],
    )  # fmt: skip
    at = yield stage.hours.on_or_after(row["proposed_on"])
    proposal = plans.propose_rebaselining(
        project=project, changes=row["changes"], seen=project.versions.current().get().number,
        reason=row["reason"], by=by, at=at,
    )  # fmt: skip
    plans.submit_rebaselining(proposal=proposal, by=by, at=at)
    at = yield stage.hours.some_days_after(row["proposed_on"], row["project"], most=4)
    plans.send_back_rebaselining(proposal=proposal, by=reviewer, at=at, note=row["returned"])
    at = yield stage.hours.some_days_after(at.date(), row["returned"], most=4)
    plans.submit_rebaselining(proposal=proposal, by=by, at=at)
    at = yield stage.hours.on_or_after(row["approved_on"])
    plans.approve_rebaselining(proposal=proposal, by=reviewer, at=at)
    _postpone(project, row["moved"], by, at, row["reason"])


def _postpone(project: Any, moved: dict[str, Any], by: Any, at: datetime, reason: str) -> None:
    steps = {one.versions.current().get().name: one for one in project.milestones.all()}
    milestone = steps[moved["milestone"]]
    plans.revise_milestone(
        milestone=milestone, changes={"due_on": moved["due_on"]}, by=by, at=at, reason=reason,
        seen=milestone.versions.current().get().number,
    )  # fmt: skip
