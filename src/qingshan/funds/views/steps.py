"""What the pages of a step have in common, of a project in the reserve and of a bid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from qingshan.funds.models import GrantBid, ReserveEntry
from qingshan.funds.views.frame import REFUSALS, frame
from qingshan.pages.public import answer_form

__all__ = ["answered"]


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
