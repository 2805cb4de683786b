"""Rows of open rounds that wait for a person: to report, to review; findings to decide (调度待办)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.areas.public import lineage_of
from qingshan.dispatch import policies
from qingshan.dispatch.models import FalseReport, Part, Row
from qingshan.dispatch.queries import rounds_for
from qingshan.dispatch.states import REPORTABLE, FalseState, RoundState, RowState
from qingshan.pages.public import Waiting

__all__ = ["waiting"]


def waiting(user: Any, on: date) -> Iterator[Waiting]:
    """Return what open rounds want of somebody, and reports said to be false that they may decide on."""
    yield from _to_report(user, on)
    yield from _to_review(user)
    yield from _to_decide(user)


def _to_report(user: Any, on: date) -> Iterator[Waiting]:
    """Rows of one's own department; who may report for a whole district is not asked for all of it."""
    if user.department_id is None:
        return
    rows = Row.objects.filter(
        policies.reported_by(user), round__in=rounds_for(user=user).order_by(),
        round__state=RoundState.OPEN, state__in=REPORTABLE,
        part__department__in=lineage_of({user.department_id}, on),
    )  # fmt: skip
    counts = Counter(rows.values_list("part_id", flat=True))
    for part in Part.objects.filter(pk__in=counts).select_related("round", "department"):
        found = part.round
        label = _("填报%s调度") % found.period_name
        if part.department_id != user.department_id:  # taken over with the duties of another
            label = f"{label} · {part.department}"
        url = reverse("dispatch:part", args=[found.pk, part.pk])
        yield Waiting(label, url, counts[part.pk], found.due_on, on > found.due_on)


def _to_review(user: Any) -> Iterator[Waiting]:
    reached = policies.reached(user, "review", district="district")
    rounds = rounds_for(user=user).filter(reached, state=RoundState.OPEN)
    submitted = Row.objects.filter(round__in=rounds.order_by(), state=RowState.SUBMITTED)
    counts = Counter(submitted.exclude(reported_by=user).values_list("round_id", flat=True))
    for found in rounds.filter(pk__in=counts):
        url = reverse("dispatch:review", args=[found.pk])
        yield Waiting(_("审核%s调度") % found.period_name, url, counts[found.pk])


def _to_decide(user: Any) -> Iterator[Waiting]:
    reached = policies.reached(
        user, "decide", district="row__round__district", departments="row__part__department"
    )
    proposed = FalseReport.objects.filter(reached, state=FalseState.PROPOSED).exclude(found_by=user)
    for finding in proposed.exclude(row__reported_by=user).select_related("row"):
        url = reverse("dispatch:row", args=[finding.row.round_id, finding.row_id])
        yield Waiting(_("虚报认定：%s") % finding.row.title, url)
