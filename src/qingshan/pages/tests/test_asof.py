"""The site-wide as-of date."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from qingshan.pages import asof


def request_for(path: str, session: dict[str, str]) -> HttpRequest:
    request = RequestFactory().get(path)
    request.session = session  # type: ignore[assignment]
    storage: BaseStorage = CookieStorage(request)
    request._messages = storage  # type: ignore[attr-defined]
    return request


class TestAsOf:
    def test_a_chosen_day_holds_for_the_following_pages(self) -> None:
        session: dict[str, str] = {}
        assert asof.settle(request_for("/?as_of=2023-06-30", session)) == date(2023, 6, 30)
        assert asof.settle(request_for("/plans/", session)) == date(2023, 6, 30)

    def test_an_empty_day_leads_back_to_today(self) -> None:
        session = {asof.SESSION_KEY: "2023-06-30"}
        assert asof.settle(request_for("/?as_of=", session)) == asof.today()
        assert asof.SESSION_KEY not in session

    @pytest.mark.parametrize("typed", ["2023-02-30", "30.6.2023", "1066-10-14", "<script>", "2023-6-30x"])
    def test_a_day_that_is_none_is_named_and_not_guessed(self, typed: str) -> None:
        request = request_for("/", {})
        request.GET = request.GET.copy()  # type: ignore[assignment]
        request.GET["as_of"] = typed  # type: ignore[index]
        assert asof.settle(request) == asof.today()
        (message,) = list(request._messages)  # type: ignore[attr-defined]
        assert typed in str(message)

    def test_an_installation_for_demonstration_may_fix_its_today(self, settings: object) -> None:
        settings.FIXED_AS_OF = "2025-12-31"  # type: ignore[attr-defined]
        assert asof.today() == date(2025, 12, 31)
