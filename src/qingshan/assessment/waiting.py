"""Evaluations that wait for a person: to evaluate, to publish; appeals to answer (评估待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.assessment import policies
from qingshan.assessment.models import Appeal, Evaluation
from qingshan.assessment.queries import evaluations_for
from qingshan.assessment.states import OPEN, AppealState, EvaluationState
from qingshan.assessment.vocabulary import Purpose
from qingshan.pages.public import Waiting
from qingshan.plans import public as plans

__all__ = ["waiting"]


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return what evaluations want of somebody."""
    held = evaluations_for(user=user).filter(state__in=(*OPEN, EvaluationState.FROZEN))
    for one in held:
        url = reverse("assessment:evaluation", args=[one.pk])
        if one.phase in OPEN and policies.is_named(user, one):
            yield Waiting(_("开展评估：%s") % _name(one), url)
        elif one.phase is EvaluationState.FROZEN and policies.may(user, "publish", one):
            yield Waiting(_("公布评估：%s") % _name(one), url)
    made = Appeal.objects.filter(state=AppealState.MADE).exclude(by=user)
    for appeal in made.select_related("evaluation__plan"):
        if policies.may(user, "organise", appeal.evaluation):
            url = reverse("assessment:appeal", args=[appeal.evaluation_id, appeal.pk])
            yield Waiting(_("复核申诉：%s") % _name(appeal.evaluation), url)


def _name(one: Evaluation) -> str:
    plan = plans.head_of(plan=one.plan, on=one.on)["short_name"]
    return f"{plan} {one.year} {Purpose(one.purpose).label}"
