"""How anybody is answered: no script, strict headers, and nothing sent twice that did not change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language

from qingshan import __version__
from qingshan.disclosure.queries import OpenPage

__all__ = ["answered", "outside", "stamp_of"]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def answered(
    request: HttpRequest, stamp: str, changed: datetime, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer with what ``make`` makes, or with 304 where the asker has it already.

    It may be kept, and must be asked for again each time: a page that is shut is shut at once.

    Parameters
    ----------
    stamp : str
        Whatever decides how the answer reads.
    changed : datetime
        When that last changed.
    """
    told = f"{stamp}|{get_language()}|{__version__}"
    etag, modified = quote_etag(hashlib.sha256(told.encode()).hexdigest()), int(changed.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=modified) or make()
    response.headers.setdefault("ETag", etag)
    response.headers.setdefault("Last-Modified", http_date(modified))
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return _guarded(response)


def outside(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page for everybody that is never kept: a form, an answer to one sender."""
    response = render(request, f"disclosure/{template}.html", context or {}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return _guarded(response)


def stamp_of(found: OpenPage, *more: object) -> str:
    """Return what decides how a page of a plan reads: the page's own changes, and the edition."""
    digest = found.edition.digest if found.edition else ""
    return "|".join(map(str, (found.page.pk, found.page.changed_at.isoformat(), digest, *more)))


def _guarded(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    return response
