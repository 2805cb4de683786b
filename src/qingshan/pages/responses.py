"""The same address answers with the page, or with its fragment when the header asks for a part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment (a boosted link asks for the whole page)."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_or_part(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render ``name`` as a page (``room/name.html``) or as its fragment (``room/_name.html``).

    Parameters
    ----------
    name : str
        ``room/page`` without ending. The full template includes the fragment, so both show the same.
    status : int
        422 for a form with errors; htmx is told to swap it in all the same (see qingshan.js).
    """
    folder, _, page = name.rpartition("/")
    template = f"{folder}/_{page}.html" if wants_part(request) else f"{name}.html"
    response = render(request, template, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
