"""Open data: the same content as the page, as CSV and JSON, readable from any site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qingshan.disclosure import queries
from qingshan.disclosure.exports import as_csv, as_json
from qingshan.disclosure.models import Edition
from qingshan.disclosure.queries import NoSuchEdition, OpenPage
from qingshan.disclosure.views.outside import answered, stamp_of
from qingshan.disclosure.vocabulary import Part

#: So that spreadsheets read Chinese as it is.
_MARK = "\ufeff"


@require_safe
def current_json(request: HttpRequest, code: str) -> HttpResponse:
    """The newest edition as JSON."""
    return _json(request, *_newest(code))


@require_safe
def edition_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One edition as JSON, at the address it keeps."""
    return _json(request, *_numbered(code, number))


@require_safe
def current_csv(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """A part of the newest edition as CSV."""
    return _csv(request, *_newest(code), part)


@require_safe
def edition_csv(request: HttpRequest, code: str, number: int, part: str) -> HttpResponse:
    """A part of one edition as CSV, at the address it keeps."""
    return _csv(request, *_numbered(code, number), part)


def _newest(code: str) -> tuple[OpenPage, Edition]:
    found = queries.open_page(code)
    if found.edition is None:
        raise NoSuchEdition
    return found, found.edition


def _numbered(code: str, number: int) -> tuple[OpenPage, Edition]:
    found = queries.open_page(code)
    return found, queries.shown_edition(found.page, number)


def _json(request: HttpRequest, found: OpenPage, edition: Edition) -> HttpResponse:
    return _data(request, found, edition, "json", lambda: as_json(edition), "application/json")


def _csv(request: HttpRequest, found: OpenPage, edition: Edition, part: str) -> HttpResponse:
    if part not in Part.values:
        raise Http404
    try:
        text = as_csv(edition, Part(part))
    except KeyError:
        raise Http404 from None
    response = _data(request, found, edition, part, lambda: _MARK + text, "text/csv; charset=utf-8")
    name = f"{found.page.plan.code}-{edition.number}-{part}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _data(
    request: HttpRequest,
    found: OpenPage,
    edition: Edition,
    what: str,
    text: Callable[[], str],
    media_type: str,
) -> HttpResponse:
    response = answered(
        request, stamp_of(found, what, edition.pk, edition.digest), found.page.changed_at,
        lambda: HttpResponse(text(), content_type=media_type),
    )  # fmt: skip
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
