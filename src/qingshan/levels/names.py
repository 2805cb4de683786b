"""What submissions, calls and partners are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from django.urls import reverse

from qingshan.audit.public import Called, namer
from qingshan.levels.models import Call, Partner, Submission

__all__ = ["names_of"]

names_of = namer(
    submission=Called(Submission, lambda one: reverse("levels:submission", args=[one.pk])),
    call=Called(Call, lambda one: reverse("levels:call", args=[one.pk])),
    partner=Called(Partner, lambda _one: reverse("levels:partners")),
)
