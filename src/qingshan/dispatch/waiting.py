"""Rows of open rounds that wait for a person: to report, to review; findings to decide (调度待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.areas.public import current_departments
from qingshan.dispatch import policies
from qingshan.dispatch.models import FalseReport, Round, Row
from qingshan.dispatch.queries import rounds_for
from qingshan.dispatch.states import REPORTABLE, FalseState, RoundState, RowState
from qingshan.dispatch.vocabulary import ItemKind
from qingshan.pages.public import Waiting

__all__ = ["waiting"]


def waiting(user: Any, on: date) -> Iterator[Waiting]:
    """Return what open rounds want of somebody, and reports said to be false that they may decide on."""
    for found in rounds_for(user=user).filter(state=RoundState.OPEN):
        yield from _to_report(user, found, on)
        if policies.may(user, "review", found):
            rows = Row.objects.filter(round=found, state=RowState.SUBMITTED).exclude(reported_by=user)
            url = reverse("dispatch:review", args=[found.pk])
            yield Waiting(_("审核%s调度") % found.period_name, url, rows.count())
    proposed = FalseReport.objects.filter(state=FalseState.PROPOSED).exclude(found_by=user)
    for finding in proposed.select_related("row__part__round"):
        if finding.row.reported_by_id != user.pk and policies.may(user, "decide", finding.row):
            url = reverse("dispatch:row", args=[finding.row.round_id, finding.row_id])
            yield Waiting(_("虚报认定：%s") % finding.row.title, url)


def _to_report(user: Any, found: Round, on: date) -> Iterator[Waiting]:
    """Rows of one's own department; who may report for a whole district is not asked for all of it."""
    related = ("part__round", "part__department")
    rows = Row.objects.filter(round=found, state__in=REPORTABLE).select_related(*related)
    for part in sorted({row.part for row in rows}, key=lambda one: one.pk):
        if user.department_id not in {one.pk for one in current_departments(part.department, on)}:
            continue
        count = sum(
            policies.may_report(user, part, ItemKind(row.kind)) for row in rows if row.part_id == part.pk
        )
        label = _("填报%s调度") % found.period_name
        if part.department_id != user.department_id:  # taken over with the duties of another
            label = f"{label} · {part.department}"
        url = reverse("dispatch:part", args=[found.pk, part.pk])
        yield Waiting(label, url, count, found.due_on, on > found.due_on)
