"""Projects of the reserve that wait for a person: to review, to admit (储备库待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import scope_of
from qingshan.funds import policies
from qingshan.funds.models import ReserveEntry
from qingshan.funds.states import ReserveState
from qingshan.pages.public import Waiting

__all__ = ["waiting"]

#: State of an entry -> the verb it waits for.
_WAITS = {ReserveState.PROPOSED: "decide", ReserveState.REVIEWED: "admit"}


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return how many entries somebody may move on."""
    count = ReserveEntry.objects.filter(_waits_for(user)).count()
    yield Waiting(_("审核储备项目"), reverse("funds:reserve"), count)


def _waits_for(user: Any) -> Q:
    """The condition on entries in a state from which somebody may move them, where they may."""
    found = Q(pk__in=())
    for state, verb in _WAITS.items():
        scope = scope_of(user, capability=policies.CAPABILITIES[verb])
        found |= Q(state=state) & scope.rows(district="district", departments="department")
    return found
