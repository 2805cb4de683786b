"""What the subjects of audit entries are called: each room names its own records (对象名称).

The audit lies below all rooms and keeps refs. Here, where all rooms are known, refs get their names; the
ref itself stays beside the name, for it is what the chain was sealed with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from qingshan.accounts import public as accounts
from qingshan.annual import public as annual
from qingshan.areas import public as areas
from qingshan.assessment import public as assessment
from qingshan.audit.public import Called, Entry, Namer, namer
from qingshan.disclosure import public as disclosure
from qingshan.dispatch import public as dispatch
from qingshan.documents import public as documents
from qingshan.funds import public as funds
from qingshan.intake import public as intake
from qingshan.jobs import public as jobs
from qingshan.kernel.refs import Ref
from qingshan.levels import public as levels
from qingshan.papers import public as papers
from qingshan.plans import public as plans
from qingshan.succession import public as succession
from qingshan.tasks import public as tasks

__all__ = ["NAMERS", "dress_with_names", "named"]


def _page(name: str) -> Callable[[Any], str]:
    return lambda one: reverse(name, args=[one.pk])


NAMERS: dict[str, Namer] = {
    "accounts": namer(user=Called(accounts.User, _page("accounts:user"))),
    "annual": annual.names_of,
    "areas": namer(
        department=Called(areas.Department, _page("accounts:department")),
        district=Called(areas.District, _page("accounts:district")),
        post=Called(areas.Post, _page("accounts:revise_post")),
    ),
    "assessment": assessment.names_of,
    "disclosure": disclosure.names_of,
    "dispatch": dispatch.names_of,
    "documents": namer(document=Called(documents.Document, _page("documents:document"))),
    "funds": funds.names_of,
    "intake": intake.names_of,
    "jobs": namer(job=Called(jobs.Job, _page("jobs:job"))),
    "levels": levels.names_of,
    "papers": papers.names_of,
    "plans": plans.names_of,
    "succession": succession.names_of,
    "tasks": tasks.names_of,
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
