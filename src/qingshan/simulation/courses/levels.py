"""The county reports up to its city: called for, handed up, sent back, accepted, locked (上下级报送)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qingshan.levels import public as levels
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """Two courses side by side: the city's call, and the county's submission."""
    story = stage.told("levels")
    yield _call(stage, story["call"])
    yield _submission(stage, story)


def _call(stage: Stage, told: dict[str, Any]) -> Course:
    by = stage.people[told["by"]]
    at = yield stage.hours.on_or_after(told["on"])
    call = levels.make_call(
        district=stage.districts[told["district"]], title=told["title"], words=told["words"],
        as_of=told["as_of"], due_on=told["due_on"], called=[stage.districts[code] for code in told["called"]],
        by=by, at=at,
    )  # fmt: skip
    at = yield stage.hours.on_or_after(told["closed_on"])
    levels.close_call(call=call, by=by, at=at)


def _submission(stage: Stage, story: dict[str, Any]) -> Course:
    call, told = story["call"], story["submission"]
    by, reviewer = stage.people[told["by"]], stage.people[told["reviewer"]]
    at = yield stage.hours.on_or_after(told["drafted_on"])
    made = levels.draft_submission(
        plan=stage.plan, to_district=stage.districts[call["district"]], as_of=call["as_of"],
        words=told["words"], by=by, at=at,
    )  # fmt: skip
    at = yield stage.hours.on_or_after(told["submitted_on"])
    levels.submit_submission(submission=made, by=by, at=at)
    at = yield stage.hours.on_or_after(told["returned"]["on"])
    levels.send_back_submission(
        submission=made, note=told["returned"]["note"], by=reviewer, at=at,
        remarks={
            (levels.Section(section), code): words
            for section, rows in told["returned"]["remarks"].items()
            for code, words in rows.items()
        },
    )  # fmt: skip
    at = yield stage.hours.on_or_after(told["again_on"])
    levels.revise_submission(submission=made, words=told["words_again"], by=by, at=at)
    levels.submit_submission(submission=made, by=by, at=at)
    at = yield stage.hours.on_or_after(told["accepted_on"])
    levels.accept_submission(submission=made, by=reviewer, at=at)
    at = yield stage.hours.on_or_after(told["locked_on"])
    levels.lock_submission(submission=made, by=reviewer, at=at)
