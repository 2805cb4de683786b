"""What is read in, found and contradicted there is called, for rooms that hold only names across rooms."""

from __future__ import annotations

from django.urls import reverse

from qingshan.audit.public import Called, namer
from qingshan.intake.models import Conflict, Finding, Intake

__all__ = ["names_of"]


def _page(one: Finding | Conflict) -> str:
    """A card is a part of the review; the review is the page."""
    return reverse("intake:review", args=[one.intake_id])


names_of = namer(
    intake=Called(Intake, lambda one: reverse("intake:review", args=[one.pk])),
    finding=Called(Finding, _page),
    conflict=Called(Conflict, _page),
)
