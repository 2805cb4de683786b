"""Keeping and dropping saved views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import QueryDict

from qingshan.pages.models import SavedView

#: What belongs to a moment, not to a view.
_PASSING = ("page", "export", "as_of", "csrfmiddlewaretoken")


def save_view(*, owner: Any, listing: str, title: str, query: str, at: datetime) -> SavedView:
    """Keep a list's filters and order under a name; the same name again replaces them."""
    kept = QueryDict(query, mutable=True)
    for name in _PASSING:
        kept.pop(name, None)
    view, _ = SavedView.objects.update_or_create(
        owner=owner, listing=listing, title=title, defaults={"query": kept.urlencode(), "created_at": at}
    )
    return view


def drop_view(*, owner: Any, view_id: int) -> bool:
    """Forget one of the owner's views; False when the owner has no such view."""
    gone, _ = SavedView.objects.filter(owner=owner, pk=view_id).delete()
    return gone > 0
