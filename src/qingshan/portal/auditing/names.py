"""What the subjects of audit entries are called: each room names its own records (对象名称).

The audit lies below all rooms and keeps refs. Here, where all rooms are known, refs get their names; the
ref itself stays beside the name, for it is what the chain was sealed with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.audit.public import Entry
from qingshan.documents import public as documents
from qingshan.funds import public as funds
from qingshan.jobs import public as jobs
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans

__all__ = ["NAMERS", "dress_with_names", "named"]

#: Kind and keys of some records -> their names and the addresses of their pages ("" where they have none).
Namer = Callable[[str, Collection[str]], Mapping[str, tuple[str, str]]]


def _told_by(**models: tuple[Any, str]) -> Namer:
    """A namer of records that say themselves what they are called: kind -> table, and its page's address."""

    def names_of(kind: str, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
        if kind not in models:
            return {}
        table, page = models[kind]
        found = table.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
        return {str(one.pk): (str(one), reverse(page, args=[one.pk])) for one in found}

    return names_of


NAMERS: dict[str, Namer] = {
    "accounts": _told_by(user=(accounts.User, "accounts:user")),
    "areas": _told_by(
        department=(areas.Department, "accounts:department"),
        district=(areas.District, "accounts:district"),
        post=(areas.Post, "accounts:revise_post"),
    ),
    "documents": _told_by(document=(documents.Document, "documents:document")),
    "funds": funds.names_of,
    "jobs": _told_by(job=(jobs.Job, "jobs:job")),
    "plans": plans.names_of,
}


def named(subjects: Iterable[Ref]) -> dict[Ref, tuple[str, str]]:
    """Return name and address of each subject that a room can name; a few queries for a page."""
    asked: dict[tuple[str, str], dict[str, Ref]] = defaultdict(dict)
    for one in subjects:
        asked[(one.room, one.kind)][one.key] = one
    return {
        refs[key]: told
        for (room, kind), refs in asked.items()
        if room in NAMERS
        for key, told in NAMERS[room](kind, refs.keys()).items()
    }


def dress_with_names(entries: list[Entry]) -> None:
    """Put ``subject_name`` on the entries of a page; empty where no room knows the record (any more)."""
    known = named(one.subject for one in entries)
    for one in entries:
        one.subject_name = known.get(one.subject, ("", ""))[0]  # type: ignore[attr-defined]
