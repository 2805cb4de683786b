"""Facts beside the lists (加减分事项): those dispatch knows of, and those entered by hand."""

from __future__ import annotations

from qingshan.areas.public import department_names
from qingshan.assessment.models import Evaluation
from qingshan.assessment.scoring.shapes import Conduct
from qingshan.dispatch.public import conduct_of

__all__ = ["facts_by_hand", "facts_from_dispatch", "facts_of"]


def facts_of(evaluation: Evaluation) -> list[Conduct]:
    """Return every fact that counts: of the rounds of the year, then those entered by hand."""
    return [*facts_from_dispatch(evaluation), *facts_by_hand(evaluation)]


def facts_from_dispatch(evaluation: Evaluation) -> list[Conduct]:
    """Return how departments reported in the closed rounds of the year (调度记录), case by case in words."""
    return [
        Conduct(one.kind.value, one.count, one.name, "；".join(case.words for case in one.evidence))
        for one in conduct_of(plan=evaluation.plan, year=evaluation.year)
    ]


def facts_by_hand(evaluation: Evaluation) -> list[Conduct]:
    """Return the facts entered here and not taken back, under the departments' names of the day."""
    rows = list(evaluation.facts.filter(withdrawn_at__isnull=True).order_by("pk"))
    names = department_names({row.department_id for row in rows if row.department_id}, evaluation.on)
    return [Conduct(row.kind, row.count, names.get(row.department_id or 0, ""), row.evidence) for row in rows]
