"""Reading the audit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.audit.models import Entry
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import day_span

__all__ = ["Asked", "actions_known", "detail_of", "entries", "trail"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the audit somebody wants to see; an empty field asks for everything.

    Parameters
    ----------
    action : str
        Beginning of the action: ``plans`` finds ``plans.revise``.
    actor : str
        Part of the name of who did it.
    subject : str
        Beginning of ``room.kind/key``.
    first_on, last_on : date, optional
        First and last day, in Beijing.
    """

    action: str = ""
    actor: str = ""
    subject: str = ""
    first_on: date | None = None
    last_on: date | None = None


def trail(subject: Ref) -> QuerySet[Entry]:
    """Everything done to one record, newest first."""
    found = Entry.objects.filter(family=subject.family, key=subject.key)
    return found.select_related("record").order_by("-id")


def entries(asked: Asked | None = None) -> QuerySet[Entry]:
    """The entries somebody asked for, newest first."""
    asked = asked or Asked()
    found = Entry.objects.select_related("record").order_by("-id")
    if asked.action:
        found = found.filter(action__startswith=asked.action)
    if asked.actor:
        found = found.filter(actor_name__icontains=asked.actor)
    if asked.subject:
        family, _, key = asked.subject.partition("/")
        found = found.filter(family=family, key=key) if key else found.filter(family__startswith=family)
    if asked.first_on:
        found = found.filter(at__gte=day_span(asked.first_on).start)
    if asked.last_on:
        found = found.filter(at__lt=day_span(asked.last_on).end)
    return found


def actions_known() -> list[str]:
    """Every action that was ever recorded, for the filter of the list."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def detail_of(entry: Entry) -> Mapping[str, Any]:
    """The detail of an entry as it was given, decimals and days as text."""
    found: dict[str, Any] = json.loads(entry.detail) if entry.detail else {}
    return found
