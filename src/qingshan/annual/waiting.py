"""Annual plans that wait for a person: to answer for one's department, to answer a request, to publish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.annual import policies
from qingshan.annual.models import AnnualPlan, AnnualRowVersion
from qingshan.annual.queries import annuals_for, open_requests, voices
from qingshan.annual.states import HEARD, AnnualState
from qingshan.annual.vocabulary import Stand
from qingshan.annual.wording import title_of
from qingshan.pages.public import Waiting

__all__ = ["waiting"]


def waiting(user: Any, on: date) -> Iterator[Waiting]:
    """Return what annual plans want of somebody."""
    wanted = annuals_for(user=user).filter(state__in=(*HEARD, AnnualState.TO_PUBLISH))
    for annual in wanted:
        url = reverse("annual:annual", args=[annual.pk])
        name = _("%(plan)s %(year)d年度计划") % {"plan": title_of(annual, on), "year": annual.year}
        if annual.phase is AnnualState.TO_PUBLISH:
            if policies.may(user, "publish", annual) and annual.submitted_by_id != user.pk:
                yield Waiting(_("发布%s") % name, url)
            continue
        if annual.phase is AnnualState.NEGOTIATING:
            late = annual.reply_by is not None and on > annual.reply_by
            yield Waiting(_("答复%s") % name, url, _silent(user, annual, on), annual.reply_by, late)
        verb = "publish" if annual.phase is AnnualState.PUBLISHED else "edit"
        if policies.may(user, verb, annual):
            asked = [one for one in open_requests(annual=annual, user=user) if one.asked_by_id != user.pk]
            yield Waiting(_("答复调整申请：%s") % name, url, len(asked))


def _silent(user: Any, annual: AnnualPlan, on: date) -> int:
    """Rows to which a department that somebody speaks for has not said anything."""
    rows = list(AnnualRowVersion.objects.current().filter(subject__annual=annual, included=True))
    mine = policies.may_answer_for(user, annual, {one for row in rows for one in row.department_ids})
    if not mine:
        return 0
    said = voices(rows=rows, on=on)
    return sum(
        any(one.stand is Stand.SILENT and one.department_id in mine for one in heard)
        for heard in said.values()
    )
