"""Projects of the reserve that wait for a person: to review, to admit (储备库待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.funds import policies
from qingshan.funds.models import ReserveEntry
from qingshan.funds.states import ReserveState
from qingshan.pages.public import Waiting

__all__ = ["waiting"]

#: State of an entry -> the verb it waits for.
_WAITS = {ReserveState.PROPOSED: "decide", ReserveState.REVIEWED: "admit"}


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return how many entries somebody may move on."""
    rows = ReserveEntry.objects.filter(state__in=_WAITS).select_related("department__district")
    count = sum(policies.may(user, _WAITS[ReserveState(one.state)], one) for one in rows)
    yield Waiting(_("审核储备项目"), reverse("funds:reserve"), count)
