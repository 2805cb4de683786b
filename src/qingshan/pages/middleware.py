"""Give every request its as-of date."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from qingshan.pages import asof


def as_of_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set ``request.as_of`` before the view runs."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.as_of = asof.settle(request)  # type: ignore[attr-defined]
        return get_response(request)

    return answer
