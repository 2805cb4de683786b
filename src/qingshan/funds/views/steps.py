"""What the pages of a step have in common, of a project in the reserve and of a bid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from qingshan.funds import policies
from qingshan.funds.models import GrantBid, ReserveEntry
from qingshan.funds.views.frame import REFUSALS, frame
from qingshan.kernel.flow import Flow
from qingshan.pages.public import MovePage, answer_form

__all__ = ["answered", "asked"]


def asked(
    request: HttpRequest,
    found: ReserveEntry | GrantBid,
    move: str,
    *,
    pages: Mapping[str, MovePage],
    flow: Flow[Any],
    verbs: Mapping[str, str],
) -> MovePage:
    """Return the page of a move; a form sent too late comes back with the action's own words.

    Raises
    ------
    Http404
        There is no such move, or not now.
    Forbidden
    """
    if move not in pages:
        raise Http404
    policies.require(request.user, verbs[move], found)
    if request.method != "POST" and not flow.allows(found.phase, move):
        raise Http404
    return pages[move]


def answered(
    request: HttpRequest,
    found: ReserveEntry | GrantBid,
    form: Any,
    act: Callable[[Any], Any],
    *,
    title: str,
    subtitle: str,
    back: str,
    said: str,
    **shown: Any,
) -> HttpResponse:
    """Show a form about a record, or carry out what it asks and go back to the record.

    ``shown`` names the record as the frame's crumbs look for it: ``entry`` or ``bid``.
    """
    context = frame(
        request, title=title, subtitle=subtitle, cancel=back, submit=title,
        simulated=found.district.simulated, **shown,
    )  # fmt: skip
    return answer_form(
        request, form, act, template="funds/form", context=context, done=back, said=said, refusals=REFUSALS
    )
