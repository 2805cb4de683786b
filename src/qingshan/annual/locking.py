"""Writes to one annual plan come one after another, so that what a write found still holds as it ends."""

from __future__ import annotations

from qingshan.annual.models import AnnualPlan

__all__ = ["lock"]


def lock(annual: AnnualPlan) -> None:
    """Lock an annual plan until the transaction ends, and read it again as it now stands."""
    annual.refresh_from_db(from_queryset=AnnualPlan.objects.select_for_update())
