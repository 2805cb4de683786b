"""What annual plans and their rows are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.annual.models import AnnualPlan, AnnualRow, AnnualRowVersion
from qingshan.audit.public import Called, namer
from qingshan.plans import public as plans

__all__ = ["names_of"]


def _titles(annuals: Iterable[AnnualPlan]) -> dict[int, str]:
    """The name of each annual plan: the plan whose year it is, and the year."""
    given = list(annuals)
    called = plans.names_of("plan", {str(one.plan_id) for one in given})
    return {
        one.pk: _("%(plan)s %(year)d年度计划") % {"plan": called[str(one.plan_id)][0], "year": one.year}
        for one in given
    }


def _annuals(rows: list[Any]) -> list[str]:
    titles = _titles(rows)
    return [titles[row.pk] for row in rows]


def _rows(rows: list[Any]) -> list[str]:
    """A row by its newest name, within its annual plan."""
    titles = _titles(row.annual for row in rows)
    newest = AnnualRowVersion.objects.filter(subject__in=rows).order_by("number")
    names = dict(newest.values_list("subject_id", "name"))
    return [f"{names.get(row.pk, row.code)}（{titles[row.annual_id]}）" for row in rows]


names_of = namer(
    plan=Called(AnnualPlan, lambda one: reverse("annual:annual", args=[one.pk]), _annuals),
    row=Called(
        AnnualRow, lambda one: reverse("annual:row", args=[one.annual_id, one.number]), _rows, ("annual",)
    ),
)
