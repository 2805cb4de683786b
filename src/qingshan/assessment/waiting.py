"""Evaluations that wait for a person: to evaluate, to publish; appeals to answer (评估待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import scope_of
from qingshan.assessment.models import Appeal, Evaluation, Evaluator
from qingshan.assessment.policies import CAPABILITIES
from qingshan.assessment.queries import evaluations_for
from qingshan.assessment.states import OPEN, AppealState, EvaluationState
from qingshan.assessment.vocabulary import Purpose
from qingshan.pages.public import Waiting
from qingshan.plans import public as plans

__all__ = ["waiting"]


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return what evaluations want of somebody."""
    named = Evaluator.objects.filter(evaluation=OuterRef("pk"), user=user, until_at__isnull=True)
    publishes = scope_of(user, capability=CAPABILITIES["publish"]).rows(district="plan__district")
    held = evaluations_for(user=user).filter(
        Q(Exists(named), state__in=OPEN) | Q(publishes, state=EvaluationState.FROZEN)
    )
    for one in held:
        label = _("开展评估：%s") if one.phase in OPEN else _("公布评估：%s")
        yield Waiting(label % _name(one), reverse("assessment:evaluation", args=[one.pk]))
    organises = scope_of(user, capability=CAPABILITIES["organise"])
    made = Appeal.objects.filter(
        organises.rows(district="evaluation__plan__district"), state=AppealState.MADE
    ).exclude(by=user)
    for appeal in made.select_related("evaluation__plan"):
        url = reverse("assessment:appeal", args=[appeal.evaluation_id, appeal.pk])
        yield Waiting(_("复核申诉：%s") % _name(appeal.evaluation), url)


def _name(one: Evaluation) -> str:
    plan = plans.head_of(plan=one.plan, on=one.on)["short_name"]
    return f"{plan} {one.year} {Purpose(one.purpose).label}"
