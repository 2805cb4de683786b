"""Openings of a next plan that wait for a person to approve them (接续待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.pages.public import Waiting
from qingshan.succession import policies
from qingshan.succession.queries.openings import openings_for
from qingshan.succession.states import OpeningState

__all__ = ["waiting"]


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return openings that somebody else drew up and proposed."""
    for one in openings_for(user=user).filter(state=OpeningState.PROPOSED):
        if policies.may(user, "approve", one) and user.pk not in (one.proposed_by_id, one.made_by_id):
            yield Waiting(_("审批接续方案：%s") % one.name, reverse("succession:opening", args=[one.pk]))
