"""Facts beside the lists (加减分事项): those dispatch knows of, and those entered by hand."""

from __future__ import annotations

from datetime import date

from qingshan.areas.public import Department, current_departments, department_names
from qingshan.assessment.models import Evaluation
from qingshan.assessment.scoring.shapes import Conduct
from qingshan.dispatch.public import conduct_of

__all__ = ["facts_by_hand", "facts_from_dispatch", "facts_of"]


def facts_of(evaluation: Evaluation) -> list[Conduct]:
    """Return every fact that counts: of the rounds of the year, then those entered by hand."""
    return [*facts_from_dispatch(evaluation), *facts_by_hand(evaluation)]


def facts_from_dispatch(evaluation: Evaluation) -> list[Conduct]:
    """Return how departments reported in the closed rounds of the year (调度记录), case by case in words.

    Of the evaluated year alone, whatever the purpose, and as known on the evaluation's day.
    """
    on = evaluation.on
    return [
        _fact(
            one.kind.value, one.count, "；".join(case.words for case in one.evidence), one.department_id, on
        )
        for one in conduct_of(plan=evaluation.plan, year=evaluation.year, on=on)
    ]


def facts_by_hand(evaluation: Evaluation) -> list[Conduct]:
    """Return the facts entered here and not taken back, under the departments' names of the day."""
    return [
        _fact(row.kind, row.count, row.evidence, row.department_id, evaluation.on)
        for row in evaluation.facts.filter(withdrawn_at__isnull=True).order_by("pk")
    ]


def _fact(kind: str, count: int, evidence: str, department_id: int | None, on: date) -> Conduct:
    """A fact of who has the department's duties on the day; under its own name where nobody has them."""
    if department_id is None:
        return Conduct(kind, count, "", evidence, whose=())
    held = tuple(one.pk for one in current_departments(department_id, on))
    names = department_names(held, on)
    name = "、".join(names[pk] for pk in held if pk in names)
    return Conduct(kind, count, name or Department.objects.get(pk=department_id).name, evidence, whose=held)
