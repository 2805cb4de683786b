"""Public pages of the town, and what its public sent in: one of each state that somebody may meet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from qingshan.disclosure import actions
from qingshan.disclosure.choice import Choice, PartChoice
from qingshan.disclosure.sealing import code_for
from qingshan.disclosure.vocabulary import COLUMNS, Extent, Part
from qingshan.plans import actions as ledger
from qingshan.plans.states import PlanState
from qingshan.plans.vocabulary import Attribute, Direction, PlanLevel, ResponsibilityRole
from qingshan.tasks import public as tasks

#: The title of a task holds the first sixty letters; the mark stands behind them.
_BEFORE_THE_MARK = "反映的情况如下。" * 10


def disclose(town: Any) -> None:
    """Publish one page here and one there, let another wait, and send feedback in."""
    shown = _page(town, "shown", "county", "water")
    _edition(town, shown, "shown_edition", publish=True)
    town.known["draft_edition"] = _prepared(town, shown).pk
    waits = _page(town, "waits", "county", "water")
    town.known["waiting_edition"] = _submitted(town, waits).pk
    away = _page(town, "shown-away", "elsewhere", "away")
    _edition(town, away, "away_edition", publish=True)
    for word in ("fresh", "dropped", "busy", "closed", "drafted", "answered"):
        _feedback(town, shown, word)
    made = _sent(town, away, "away")
    actions.make_task(feedback=made, at=town.at)


def _page(town: Any, code: str, district: str, owner: str) -> Any:
    known = town.known
    plan = ledger.create_plan(
        code=code, district=known[district], simulated=True, facts={
            "name": f"{code}公开用规划", "short_name": f"{code}公开用", "kind": "五年规划",
            "level": PlanLevel.COUNTY, "period_from": 2021, "period_to": 2025, "base_year": 2020,
            "state": PlanState.IN_FORCE,
        }, **town.made,
    )  # fmt: skip
    indicator = ledger.add_indicator(
        plan=plan, code="I-shown", facts={
            "order": 1, "counts_as": 1, "name": f"{code}公开项", "unit": "%",
            "attribute": Attribute.BINDING, "direction": Direction.HIGHER_BETTER,
        }, **town.made,
    )  # fmt: skip
    ledger.make_responsible(
        subject=indicator, department=known[owner], role=ResponsibilityRole.LEAD, **town.made
    )
    office = known["bureau" if district == "county" else "away"]
    return actions.set_up_page(plan=plan, office=office, by=None, at=town.at)


def _prepared(town: Any, page: Any) -> Any:
    columns = frozenset(COLUMNS[Part.INDICATORS])
    choice = Choice({Part.INDICATORS: PartChoice(Extent.EVERYTHING, columns=columns)})
    by = town.people["planner"] if page.plan.district == town.known["county"] else None
    return actions.prepare_edition(
        page=page, as_of=timezone.localdate(town.at), choice=choice, by=by, at=town.at
    )


def _submitted(town: Any, page: Any) -> Any:
    edition = _prepared(town, page)
    return actions.submit_edition(edition=edition, by=edition.prepared_by, at=town.at)


def _edition(town: Any, page: Any, word: str, *, publish: bool) -> None:
    edition = _submitted(town, page)
    town.known[word] = edition.pk
    if publish:
        actions.publish_edition(edition=edition, by=None, at=town.at)
    page.refresh_from_db()


def _sent(town: Any, page: Any, word: str) -> Any:
    key = f"{len(town.known):032x}"
    made = actions.receive_feedback(
        page=page, key=key, text=f"{_BEFORE_THE_MARK}{word}的反馈", address=f"192.0.2.{len(word)}",
        part="indicators", code="I-shown", contact="13900001234", at=town.at,
    )  # fmt: skip
    town.known[f"{word}_feedback"], town.known[f"{word}_key"] = made.number, key
    town.known[f"{word}_code"] = code_for(key)
    return made


def _feedback(town: Any, page: Any, word: str) -> None:
    """Bring a piece of feedback as far as its word says."""
    at, people = town.at, town.people
    planner, leader, officer = (people[one] for one in ("planner", "leader", "department_officer"))
    made = _sent(town, page, word)
    actions.make_task(feedback=made, at=at)
    if word == "dropped":
        actions.dismiss_feedback(feedback=made, by=planner, at=at, note="广告")
    if word in ("fresh", "dropped"):
        return
    due_on = timezone.localdate(at) + timedelta(days=30)
    actions.assign_feedback(feedback=made, lead=town.known["water"], due_on=due_on, by=planner, at=at)
    if word == "busy":
        return
    task = tasks.accept_task(task=made.task, by=officer, at=at)
    tasks.report_on_task(
        task=task, on=timezone.localdate(at), text="已办", key=f"{word}-f", by=officer, at=at
    )
    tasks.submit_task(task=task, by=officer, at=at)
    tasks.close_task(task=task, by=leader, at=at)
    actions.follow_task(task_id=task.pk, move="close", at=at)
    made.refresh_from_db()
    if word != "closed":
        actions.draft_answer(feedback=made, answer="已办。", by=officer, at=at)
    if word == "answered":
        actions.approve_answer(feedback=made, by=leader, at=at)
