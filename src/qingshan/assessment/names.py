"""What evaluations and their entries are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from qingshan.assessment.models import Appeal, ConductFact, Evaluation, Finding, OwnScheme
from qingshan.audit.public import Called, namer
from qingshan.plans import public as plans

__all__ = ["names_of"]


def _titles(evaluations: Iterable[Evaluation]) -> dict[int, str]:
    """The name of each evaluation: its plan, its year, what it is for."""
    given = list(evaluations)
    called = plans.names_of("plan", {str(one.plan_id) for one in given})
    return {one.pk: f"{called[str(one.plan_id)][0]} {one.year} {one.get_purpose_display()}" for one in given}


def _evaluations(rows: list[Any]) -> list[str]:
    titles = _titles(rows)
    return [titles[row.pk] for row in rows]


def _entries(rows: list[Any]) -> list[str]:
    """What is entered in an evaluation: what it is, of which line."""
    titles = _titles(row.evaluation for row in rows)
    return [f"{titles[row.evaluation_id]}，{row._meta.verbose_name} {_line(row)}" for row in rows]


def _line(row: Any) -> str:
    return str(row.kind if isinstance(row, ConductFact) else row.code)


def _page(name: str) -> Callable[[Any], str]:
    return lambda one: reverse(name, args=[one.evaluation_id])


names_of = namer(
    evaluation=Called(Evaluation, lambda one: reverse("assessment:evaluation", args=[one.pk]), _evaluations),
    scheme=Called(OwnScheme, lambda one: reverse("assessment:scheme", args=[one.code])),
    finding=Called(
        Finding,
        lambda one: reverse("assessment:row", args=[one.evaluation_id, one.kind, one.code]),
        _entries,
        ("evaluation",),
    ),
    fact=Called(ConductFact, _page("assessment:evaluation"), _entries, ("evaluation",)),
    appeal=Called(
        Appeal,
        lambda one: reverse("assessment:appeal", args=[one.evaluation_id, one.pk]),
        _entries,
        ("evaluation",),
    ),
)
