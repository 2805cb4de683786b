"""Papers that wait for a person: to issue, check, co-sign, sign for (公文待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.pages.public import Waiting
from qingshan.papers.queries import desk

__all__ = ["waiting"]


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return each heap of the desk but one's own drafts."""
    for group in desk(user=user):
        if group.key != "drafts":
            yield Waiting(_("公文：%s") % group.label, reverse("papers:desk"), len(group.rows))
