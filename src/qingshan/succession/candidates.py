"""What of an old plan may go into the next: its own indicators, unfinished work, and what it lays down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans import public as plans
from qingshan.plans.public import WorkState
from qingshan.succession.proposing import Proposed, for_indicator, for_work
from qingshan.succession.vocabulary import Decision, ItemKind

__all__ = [
    "Candidate",
    "candidates_of",
    "left_in_words",
    "unfinished_commitments",
    "unfinished_measures",
    "unfinished_projects",
]

#: Work that is over: done, or stopped by a decision.
_OVER = (WorkState.DONE, WorkState.STOPPED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be carried: its kind, name across rooms, code, name, order and the proposal."""

    kind: ItemKind
    origin: str
    code: str
    name: str
    order: int
    proposed: Proposed


def candidates_of(*, user: Any, plan: Any, on: date) -> list[Candidate]:
    """Return everything of a plan that may go into the next one, as it stands on a day.

    Parameters
    ----------
    user : User
        Who opens the next plan; they see the whole plan, because they edit it.
    plan : PlanVersion
        The old plan on the day.
    """
    return [
        *_indicators(user, plan, on),
        *_projects(user, plan, on),
        *_measures(user, plan, on),
        *_commitments(user, plan, on),
        *_provisions(user, plan, on),
    ]


def _indicators(user: Any, plan: Any, on: date) -> Iterator[Candidate]:
    rows = [row for row in plans.indicator_rows(user=user, plan=plan, on=on) if row.judged]
    for order, row in enumerate(rows, start=1):
        ref = str(row.version.subject.ref)
        yield Candidate(ItemKind.INDICATOR, ref, row.code, row.name, order, for_indicator(row))


def _projects(user: Any, plan: Any, on: date) -> Iterator[Candidate]:
    rows = unfinished_projects(user=user, plan=plan, on=on)
    money = plans.money_left(projects=rows, on=on)
    for row in rows:
        proposed = for_work(percent=row.percent, money=left_in_words(money[row.subject_id].left))
        yield Candidate(
            ItemKind.PROJECT, str(row.subject.ref), row.subject.code, row.name, row.order, proposed
        )


def _measures(user: Any, plan: Any, on: date) -> Iterator[Candidate]:
    for row in unfinished_measures(user=user, plan=plan, on=on):
        proposed = for_work(percent=row.percent)
        yield Candidate(
            ItemKind.MEASURE, str(row.subject.ref), row.subject.code, row.title, row.order, proposed
        )


def _commitments(user: Any, plan: Any, on: date) -> Iterator[Candidate]:
    for row in unfinished_commitments(user=user, plan=plan, on=on):
        due = row.deadline or (str(row.due_on) if row.due_on else "")
        yield Candidate(
            ItemKind.COMMITMENT, str(row.subject.ref), row.subject.code, row.metric, row.order,
            for_work(percent=row.percent, due=due),
        )  # fmt: skip


def _provisions(user: Any, plan: Any, on: date) -> Iterator[Candidate]:
    standing = Proposed(Decision.KEEP, _("长期有效的职责或准入规则，建议保留；依据已修订的请核对。"))
    for order, row in enumerate(plans.provisions_for(user=user, plan=plan, on=on), start=1):
        name = (row.name or row.wording)[:300]
        yield Candidate(ItemKind.PROVISION, str(row.subject.ref), row.subject.code, name, order, standing)


def unfinished_projects(*, user: Any, plan: Any, on: date) -> list[Any]:
    """Return the projects that are neither done nor stopped, in the order of the table."""
    return list(plans.projects_for(user=user, plan=plan, on=on).exclude(state__in=_OVER))


def unfinished_measures(*, user: Any, plan: Any, on: date) -> list[Any]:
    """Return the pieces of work of a plan's body that are neither done nor stopped.

    A section under which no measure stands is itself the piece of work.
    """
    body = plans.measures_for(user=user, plan=plan, on=on)
    above = set(body.values_list("parent_id", flat=True))
    kinds = (plans.MeasureKind.MEASURE, plans.MeasureKind.SECTION)
    work = body.filter(kind__in=kinds, role__in=plans.WORK_ROLES).exclude(state__in=_OVER)
    return [row for row in work if row.kind == plans.MeasureKind.MEASURE or row.subject_id not in above]


def unfinished_commitments(*, user: Any, plan: Any, on: date) -> list[Any]:
    """Return the commitments that are neither kept nor stopped, in the order of the text."""
    return list(plans.commitments_for(user=user, plan=plan, on=on).exclude(state__in=_OVER))


def left_in_words(yuan: int | None) -> str:
    """Return the money left in words; unknown money is said to be unknown."""
    if yuan is None:
        return _("结余资金不详。")
    return _("结余 %s 元。") % f"{yuan:,}"
