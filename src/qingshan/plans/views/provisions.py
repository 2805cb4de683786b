"""What a plan lays down: duties that must be kept, and what may be done where."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of, show_list
from qingshan.plans import queries
from qingshan.plans.lists.provisions import PROVISIONS
from qingshan.plans.views.frame import frame, opened

__all__ = ["provisions"]


@needs("plans.view")
def provisions(request: HttpRequest, code: str) -> HttpResponseBase:
    """List duties and zoning rules, each with the passage it stands in."""
    plan = opened(request, code)
    rows = queries.provisions_for(user=request.user, plan=plan, on=as_of(request))
    return show_list(request, PROVISIONS, rows, frame(request, plan), dress=_dressed)


def _dressed(rows: list[Any]) -> None:
    queries.with_passages(rows)
    for row in rows:
        row.what = row.name or row.wording
        row.subjects = row.subjects.replace("\n", "、")
