"""The evaluations of a plan that were published by a day, as an edition tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.assessment.public import Evaluation, published_evaluations
from qingshan.kernel.figure import Figure
from qingshan.kernel.spans import beijing_day
from qingshan.plans.public import Plan

__all__ = ["PublishedEvaluation", "evaluations_of"]


@dataclass(frozen=True, slots=True)
class PublishedEvaluation:
    """An evaluation as the public may read of it: its score, and its grade in words."""

    code: str
    name: str
    group: str
    score: Figure
    grade: str


def evaluations_of(plan: Plan, on: date) -> list[PublishedEvaluation]:
    """Return the evaluations of a plan that were published by a day, with the score that counted on it.

    What was scored again after an appeal shows the newer score from the day of the new version on.
    """
    known = [
        one for one in published_evaluations(plan) if one.published_on is not None and one.published_on <= on
    ]
    return [told for one in known if (told := _told(one, on)) is not None]


def _told(evaluation: Evaluation, on: date) -> PublishedEvaluation | None:
    versions: list[Any] = [one for one in evaluation.versions.all() if beijing_day(one.at) <= on]
    if not versions:
        return None
    version = max(versions, key=lambda one: one.number)
    name = _("%(year)d年%(purpose)s") % {
        "year": evaluation.year, "purpose": evaluation.get_purpose_display(),
    }  # fmt: skip
    return PublishedEvaluation(
        code=f"{evaluation.purpose}-{evaluation.year}",
        name=name,
        group=evaluation.scheme_name,
        score=Figure(
            Decimal(version.total), _("分"), evaluation.on, evaluation.evaluator_name,
            simulated=evaluation.plan.simulated,
        ),
        grade=version.grade,
    )  # fmt: skip
