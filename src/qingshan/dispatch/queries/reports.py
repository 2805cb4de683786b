"""From a report of the ledger back to the round it came from."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from qingshan.dispatch import policies
from qingshan.dispatch.models import Row
from qingshan.kernel.refs import Ref
from qingshan.plans.public import Origin

__all__ = ["origin_of_report", "row_of_report"]


def row_of_report(report: Ref) -> Row | None:
    """Return the row that became a report of the ledger; None where it was entered otherwise."""
    rows = Row.objects.filter(ledger_ref=str(report))
    return rows.select_related("round", "part__round", "part__department").first()


def origin_of_report(user: Any, report: Ref) -> Origin | None:
    """Return the page of the row a report came from, for who sees that row."""
    row = row_of_report(report)
    if row is None or not policies.may(user, "view", row):
        return None
    return Origin(str(row.round.period_name), reverse("dispatch:row", args=[row.round_id, row.pk]))
