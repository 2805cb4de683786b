"""The site-wide as-of date (截至日期): the day as which everything is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

SESSION_KEY = "as_of"
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


class BadAsOf(ValueError):
    """The text is not a day that can be shown."""


def read_day(text: str) -> date:
    """Read a day as typed (``2025-06-30``).

    Raises
    ------
    BadAsOf
        Not a date, or outside 1990 to 2099.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BadAsOf(text) from None
    if not EARLIEST <= day <= LATEST:
        raise BadAsOf(text)
    return day


def today() -> date:
    """Return today in Beijing, or the day an installation for demonstration is fixed to."""
    fixed = getattr(settings, "FIXED_AS_OF", "")
    return read_day(fixed) if fixed else timezone.localdate()


def as_of(request: HttpRequest) -> date:
    """Return the day as which this request is answered."""
    return getattr(request, "as_of", None) or today()


def settle(request: HttpRequest) -> date:
    """Find the as-of date of a request, and remember a newly chosen one for the session."""
    session: Any = request.session
    if "as_of" in request.GET:
        session.pop(SESSION_KEY, None)
        if wanted := request.GET["as_of"].strip():
            try:
                day = read_day(wanted)
            except BadAsOf:
                messages.error(
                    request,
                    _("截至日期“%(found)s”无法识别；请写成 2025-06-30 这样，范围为 %(low)s 至 %(high)s。")
                    % {"found": wanted[:40], "low": EARLIEST, "high": LATEST},
                )
            else:
                if day != today():
                    session[SESSION_KEY] = day.isoformat()
    kept = session.get(SESSION_KEY)
    return date.fromisoformat(kept) if kept else today()
