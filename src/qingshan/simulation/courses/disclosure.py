"""The public page, its editions, and what the public sends in (公开与公众反馈)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from qingshan.disclosure import public as disclosure
from qingshan.simulation.courses.assigned import task_steps
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage
from qingshan.tasks import public as tasks

__all__ = ["courses"]

#: A sender's address of the block kept for documentation (RFC 5737): nobody's.
_ADDRESS = "192.0.2.1"


def courses(stage: Stage) -> Iterator[Course]:
    """A course for the page, one for each edition, and one for each piece of feedback."""
    story = stage.told("disclosure")
    yield _set_up(stage, story["set_up"])
    yield from (_edition(stage, story["choices"], row) for row in story["editions"])
    for number, row in enumerate(story["feedback"], start=1):
        yield _feedback(stage, f"{stage.plan.code}-{number}", row)


def _set_up(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    office = stage.departments[told["office"]]
    disclosure.set_up_page(plan=stage.plan, office=office, by=stage.people[told["by"]], at=at)


def _page(stage: Stage) -> disclosure.PublicPage:
    return disclosure.PublicPage.objects.get(plan=stage.plan)


def _edition(stage: Stage, choices: dict[str, Any], told: dict[str, Any]) -> Course:
    edition = None
    for move, username, day, words in told["steps"]:
        at = yield stage.hours.on_or_after(day)
        by = stage.people[username]
        if edition is None or move == "prepare":
            edition = disclosure.prepare_edition(
                page=_page(stage), as_of=told["as_of"], choice=disclosure.Choice.read(choices[words]), by=by,
                at=at, note=told["note"],
            )  # fmt: skip
        else:
            edition = _EDITION_MOVES[move](edition=edition, by=by, at=at, note=words)


_EDITION_MOVES: Mapping[str, Callable[..., disclosure.Edition]] = {
    "submit": disclosure.submit_edition,
    "send_back": disclosure.send_back_edition,
    "publish": disclosure.publish_edition,
}


def _feedback(stage: Stage, key: str, told: dict[str, Any]) -> Course:
    """Sent in, and its task drawn up; where the story goes on, given out, worked on, and answered."""
    at = yield told["on"]
    feedback = disclosure.receive_feedback(
        page=_page(stage), key=key, address=_ADDRESS, at=at,
        **{name: told[name] for name in ("text", "place", "part", "code", "contact")},
    )  # fmt: skip
    # News of the past goes to nobody, so what follows from it is done here: the task, and later its end.
    task = disclosure.make_task(feedback=feedback, at=at)
    if "assigned" not in told:
        return
    given = told["assigned"]
    at = yield stage.hours.on_or_after(given["on"])
    disclosure.assign_feedback(
        feedback=feedback, lead=stage.departments[given["lead"]], due_on=given["due_on"],
        by=stage.people[given["by"]], at=at,
    )  # fmt: skip
    yield from task_steps(stage, task, told["task"])
    at = yield stage.hours.on_or_after(told["task"][-1][2])
    disclosure.follow_task(_closed(task, at), at=at)
    yield from _answered(stage, feedback, told["answer"])


def _closed(task: tasks.Task, at: datetime) -> tasks.TaskMoved:
    before, after = tasks.TaskState.IN_REVIEW, tasks.TaskState.CLOSED
    return tasks.TaskMoved(task.pk, "close", before, after, "", None, at)


def _answered(stage: Stage, feedback: disclosure.Feedback, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    feedback.refresh_from_db()
    disclosure.draft_answer(
        feedback=feedback, answer=told["words"], is_public=True, public_question=told["question"],
        by=stage.people[told["by"]], at=at,
    )  # fmt: skip
    approved = told["approved"]
    at = yield stage.hours.on_or_after(approved["on"])
    disclosure.approve_answer(feedback=feedback, by=stage.people[approved["by"]], at=at)
