"""What public pages, editions and feedback are called, for rooms that hold only their names across rooms.

Feedback is called by its number: what was written, and by whom, is not the auditor's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.audit.public import Called, namer
from qingshan.disclosure.models import Edition, Feedback, PublicPage
from qingshan.plans import public as plans

__all__ = ["names_of"]


def _titles(pages: Iterable[PublicPage]) -> dict[int, str]:
    given = list(pages)
    called = plans.names_of("plan", {str(one.plan_id) for one in given})
    return {one.pk: _("%s 公开页") % called[str(one.plan_id)][0] for one in given}


def _pages(rows: list[Any]) -> list[str]:
    titles = _titles(rows)
    return [titles[row.pk] for row in rows]


def _editions(rows: list[Any]) -> list[str]:
    titles = _titles(row.page for row in rows)
    return [
        _("%(page)s，%(as_of)s 的版次") % {"page": titles[row.page_id], "as_of": row.as_of} for row in rows
    ]


names_of = namer(
    page=Called(PublicPage, lambda one: reverse("disclosure:page", args=[one.plan.code]), _pages, ("plan",)),
    edition=Called(Edition, lambda one: reverse("disclosure:preview", args=[one.pk]), _editions, ("page",)),
    feedback=Called(Feedback, lambda one: reverse("disclosure:feedback", args=[one.number])),
)
