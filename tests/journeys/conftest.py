"""One house for all journeys: a whole installation, a browser, and people who sit down at it.

A journey may not count on another one having run; each uses indicators and projects of its own. All
journeys run in one process (``xdist_group``), because they share the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from tools.house import CHROMIUM_ARGUMENTS, PREPARE_DEMONSTRATION, House, chromium_path

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000
FAILED = Path(__file__).resolve().parents[2] / "build" / "journeys"


class Town:
    """The running house, and seats in front of it.

    What goes wrong in a browser without anybody seeing it (an error in a script, something the content
    policy forbids, a call to another machine) is collected, and fails the journey at its end.
    """

    def __init__(self, house: House, browser: Browser) -> None:
        self.house = house
        self.address = house.address
        told: Any = house.told
        self.people: dict[str, list[str]] = told["people"]
        self.codes: dict[str, Any] = {key: value for key, value in told.items() if key != "people"}
        self.troubles: list[str] = []
        self._browser = browser
        self._states: dict[str, Any] = {}
        self._open: list[BrowserContext] = []

    def seat(self, who: str | None, **options: Any) -> Page:
        """Let somebody sit down, logged in already; None is nobody in particular."""
        if who and who not in self._states:
            self._states[who] = self._log_in(who)
        state = self._states[who] if who else None
        return self._context(storage_state=state, **options).new_page()

    def fresh_seat(self, who: str, **options: Any) -> Page:
        """Let somebody sit down with a session of their own, which the journey may end."""
        page = self._context(**options).new_page()
        log_in(page, *self.people[who])
        return page

    def leave(self) -> None:
        """Close all windows."""
        for context in self._open:
            context.close()
        self._open.clear()

    def pages(self) -> list[Page]:
        """All windows that are open."""
        return [page for context in self._open for page in context.pages]

    def _log_in(self, who: str) -> Any:
        context = self._context()
        log_in(context.new_page(), *self.people[who])
        return context.storage_state()

    def _context(self, **options: Any) -> BrowserContext:
        settings = {"viewport": WIDE, "locale": "zh-CN", "base_url": self.address, **options}
        context = self._browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._heard)
        context.on("weberror", lambda found: self.troubles.append(f"script: {found.error}"))
        context.on("request", lambda request: self._called(request.url))
        self._open.append(context)
        return context

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused form (422) or a page not there (404) is written to the console too, and is no trouble.
        answered = message.text.startswith(("Failed to load resource", "Response Status Error Code"))
        if message.type == "error" and not answered:
            self.troubles.append(f"console: {message.text}")

    def _called(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.port != self.house.port:
            self.troubles.append(f"call to another machine: {url}")


def log_in(page: Page, username: str, password: str) -> None:
    """Fill in the log-in form and send it."""
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def whole_town(playwright: Playwright) -> Iterator[Town]:
    """The house, prepared once for all journeys, and the system's Chromium."""
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
    with House(prepare=PREPARE_DEMONSTRATION) as house:
        yield Town(house, browser)
    browser.close()


@pytest.fixture
def town(whole_town: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The house for one journey: nobody is seated yet, and nothing has gone wrong."""
    whole_town.troubles.clear()
    failed_before = request.session.testsfailed
    yield whole_town
    if request.session.testsfailed > failed_before:
        _picture(whole_town, request.node.name)
    whole_town.leave()
    assert whole_town.troubles == []


def _picture(town: Town, name: str) -> None:
    FAILED.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(town.pages()):
        page.screenshot(path=FAILED / f"{name}-{number}.png", full_page=True)
