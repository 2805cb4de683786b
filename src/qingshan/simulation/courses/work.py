"""Progress of measures and commitments: reported by departments, approved by the planner (措施与承诺进展)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.plans import public as plans
from qingshan.plans.public import WorkState
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses", "reported"]

#: Said where the story gives no words of its own, by the progress reached.
_ROUTINE = (
    (0, "前期准备，尚未实质启动"),
    (1, "方案已印发，分工落实到人"),
    (20, "按序时进度推进，未发现重大问题"),
    (60, "主体工作过半，转入收尾和验收准备"),
    (90, "基本完成，正在整理验收材料"),
)


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each report of each round."""
    story = stage.told("work")
    for code, row in {**story["measures"], **story["commitments"]}.items():
        yield from _rounds(stage, story, code, row)
    yield from (_besides(stage, story, row) for row in story["besides"])


def _rounds(stage: Stage, story: dict[str, Any], code: str, row: dict[str, Any]) -> Iterator[Course]:
    subject = stage.work(code)
    for place, (day, percent) in enumerate(zip(story["rounds"], row["pace"], strict=True)):
        if percent is None:
            continue
        last = place == len(row["pace"]) - 1
        done = row["did"][place // 2] if place % 2 else ""
        number, note = row["returned"].values() if "returned" in row else (0, "")
        yield reported(
            stage, story, subject, day, percent, text=done or _routine(percent),
            difficulties=row.get("hard", "") if last else "", sent_back=note if number == place + 1 else "",
        )  # fmt: skip


def _routine(percent: int) -> str:
    return next(words for least, words in reversed(_ROUTINE) if percent >= least)


def _besides(stage: Stage, story: dict[str, Any], row: dict[str, Any]) -> Course:
    return reported(
        stage, story, stage.work(row["code"]), row["on"], row["percent"], text=row["text"],
        approved=row.get("way") != "submitted",
    )  # fmt: skip


def reported(
    stage: Stage,
    story: dict[str, Any],
    subject: Any,
    day: date,
    percent: int,
    *,
    text: str,
    difficulties: str = "",
    sent_back: str = "",
    approved: bool = True,
) -> Course:
    """One report: entered and submitted, sent back where the story says so, and approved.

    Parameters
    ----------
    day : date
        The day as which it speaks; it is entered some days later.
    sent_back : str
        The reviewer's words; then it is corrected and submitted again. First the percentage was wrong.
    approved : bool
        False leaves it waiting for the reviewer.
    """
    report = _Report(stage, stage.told("work")["reporters"], story, subject, percent)
    entered = stage.hours.some_days_after(day, subject.code, most=5)
    at = yield entered
    entry = report.enter(day, at, text, difficulties, wrong=bool(sent_back))
    plans.submit_report(report=entry, by=entry.entered_by, at=at)
    if not approved:
        return
    reviewed = stage.hours.some_days_after(entered, subject.code, most=3)
    at = yield reviewed
    if sent_back:
        plans.send_back_report(report=entry, by=report.reviewer, at=at, note=sent_back)
        again = stage.hours.some_days_after(reviewed, sent_back, most=2)
        at = yield again
        plans.change_report(report=entry, facts={"percent": percent}, by=entry.entered_by, at=at)
        plans.submit_report(report=entry, by=entry.entered_by, at=at)
        at = yield stage.hours.some_days_after(again, subject.code, most=2)
    plans.approve_report(report=entry, by=report.reviewer, at=at)


@dataclass(frozen=True, slots=True)
class _Report:
    """Who reports on something, and who reviews it."""

    stage: Stage
    reporters: dict[str, str]
    story: dict[str, Any]
    subject: Any
    percent: int

    @property
    def reviewer(self) -> Any:
        return self.stage.people[self.story["reviewer"]]

    def enter(self, day: date, at: datetime, text: str, difficulties: str, *, wrong: bool) -> Any:
        lead = self.stage.lead_of(self.subject)
        # The story knows departments by the names they had in the beginning.
        first_name = next(name for name, one in self.stage.departments.items() if one.pk == lead.pk)
        by = self.stage.people[self.reporters.get(first_name, self.stage.told("work")["stand_in"])]
        return plans.enter_report(
            subject=self.subject, on=day, work_state=_state(self.percent), text=f"（模拟）{text}。",
            percent=min(self.percent + 7, 99) if wrong else self.percent, difficulties=difficulties,
            department=self.stage.today_of(lead, day), by=by, at=at,
        )  # fmt: skip


def _state(percent: int) -> WorkState:
    if percent == 0:
        return WorkState.NOT_STARTED
    return WorkState.DONE if percent == 100 else WorkState.UNDER_WAY
