"""Tasks on their way: accepted, reported, sent back, closed, opened again, urged (任务)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from qingshan.annual import public as annual
from qingshan.documents import public as documents
from qingshan.simulation.courses.annual_plans import row_of
from qingshan.simulation.papers import letter
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage
from qingshan.tasks import public as tasks

__all__ = ["courses", "task_of", "task_steps"]

_FULL = 100


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each task that somebody does something with."""
    story = stage.told("assigned")
    yield from (_from_year(stage, row) for row in story["annual"])
    told = {(row["year"], row["code"]) for row in story["annual"]}
    for year in story["routine"]:
        codes = [code for code in stage.told("rounds")["pace"] if (year["year"], code) not in told]
        yield from (_routine(stage, year, code) for code in codes)
    yield from (_instructed(stage, row) for row in story["instructed"])


def _from_year(stage: Stage, told: dict[str, Any]) -> Course:
    first: date = told["steps"][0][2]
    yield stage.hours.on_or_after(first)
    task = task_of(stage, told["year"], told["code"], first)
    yield from task_steps(stage, task, told["steps"])


def _routine(stage: Stage, year: dict[str, Any], code: str) -> Course:
    """A task of the year that nobody had to press: accepted, reported twice, closed."""
    at = yield stage.hours.on_or_after(year["accepted"])
    task, story = task_of(stage, year["year"], code, year["accepted"]), stage.told("rounds")
    person = stage.people[_reporter(stage, code, year["accepted"])]
    tasks.accept_task(task=task, by=person, at=at)
    at = yield stage.hours.on_or_after(year["midyear"])
    reached = story["pace"][code][year["midyear_round"] - 1]
    if reached is not None:
        _report(task, person, at, f"上半年{story['did'][code]}", 0, percent=reached)
    if code in year["unfinished"]:
        return
    at = yield stage.hours.on_or_after(year["finished"])
    person.refresh_from_db()
    _report(task, person, at, f"全年{story['did'][code]}，年度任务完成", 1, percent=_FULL)
    tasks.submit_task(task=task, by=person, at=at)
    at = yield stage.hours.on_or_after(year["closed"])
    tasks.close_task(task=task, by=stage.people[story["keeper"]], at=at)


def _reporter(stage: Stage, code: str, day: date) -> str:
    """Who reports for the department that leads a measure or project on a day."""
    lead = stage.today_of(stage.lead_of(stage.measures.get(code) or stage.projects[code]), day)
    names = (name for name, one in stage.departments.items() if one.pk == lead.pk)
    return str(next(found for name in names if (found := stage.told("rounds")["reporters"].get(name))))


def task_of(stage: Stage, year: int, code: str, day: date) -> tasks.Task:
    """Return the task of a year's row, by the code of its measure or project."""
    made = annual.annual_plan_of(plan=stage.plan, year=year)
    if made is None:
        raise LookupError(year)
    found = row_of(stage, made, code, day)
    if found.task_id is None:
        raise LookupError(code)
    return tasks.Task.objects.get(pk=found.task_id)


def _instructed(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    by = stage.people[told["by"]]
    names = [stage.today_of(stage.departments[name], told["on"]) for name in (told["lead"], *told["joint"])]
    task = tasks.create_task(
        district=stage.plan.district, source=tasks.TaskSource.INSTRUCTION, source_title=told["source_title"],
        source_by=told["source_by"], source_on=told["source_on"], lead=names[0], joint=names[1:],
        terms={
            "title": told["title"], "content": told["content"], "evidence_wanted": told["evidence_wanted"],
            "starts_on": told["on"], "due_on": told["due_on"],
        },
        by=by, at=at,
    )  # fmt: skip
    tasks.assign_task(task=task, by=by, at=at)
    yield from task_steps(stage, task, told["steps"])


def task_steps(stage: Stage, task: tasks.Task, steps: list[list[Any]]) -> Course:
    """What people do with a task, step by step: each is a move, a person, a day and words."""
    for number, (move, username, day, words) in enumerate(steps):
        at = yield stage.hours.on_or_after(day)
        person = stage.people[username]
        person.refresh_from_db()
        task.refresh_from_db()
        _MOVES[move](task, person, at, words, number)


def _report(
    task: tasks.Task, by: Any, at: datetime, words: str, number: int, percent: int | None = None
) -> None:
    report = tasks.report_on_task(
        task=task, on=at.date(), text=f"（模拟）{words}。", percent=percent, key=f"{task.code}-{number}",
        by=by, at=at,
    )  # fmt: skip
    title = f"{words}：佐证材料（模拟）"
    proof = letter(
        number=f"{task.code}-{number}",
        title=title,
        sender=str(by.department),
        written_on=at.date(),
        lines=[words],
    )
    documents.attach(proof, to=report.ref, by=by, at=at, title=title)


def _press(kind: tasks.SupervisionKind) -> Callable[..., None]:
    def press(task: tasks.Task, by: Any, at: datetime, words: str, number: int) -> None:
        due_on = None if kind is tasks.SupervisionKind.URGE else at.date() + timedelta(days=14)
        tasks.supervise_task(task=task, kind=kind, note=words, due_on=due_on, by=by, at=at)

    return press


_MOVES: dict[str, Callable[[tasks.Task, Any, datetime, str, int], None]] = {
    "accept": lambda task, by, at, words, number: _done(tasks.accept_task(task=task, by=by, at=at)),
    "submit": lambda task, by, at, words, number: _done(tasks.submit_task(task=task, by=by, at=at)),
    "send_back": lambda task, by, at, words, number: _done(
        tasks.send_back_task(task=task, by=by, at=at, note=words)
    ),
    "close": lambda task, by, at, words, number: _done(tasks.close_task(task=task, by=by, at=at, note=words)),
    "reopen": lambda task, by, at, words, number: _done(
        tasks.reopen_task(task=task, by=by, at=at, note=words)
    ),
    "report": _report,
    "urge": _press(tasks.SupervisionKind.URGE),
    "slip": _press(tasks.SupervisionKind.SLIP),
}


def _done(_task: tasks.Task) -> None:
    """A step gives nothing back."""
