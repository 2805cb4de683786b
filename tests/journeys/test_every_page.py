"""Every main page: accessible (WCAG 2.1 A, AA), no wider than a phone, printable; every door shown opens."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town
from tools.screenshots import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

#: Shown in development only.
MAIN_PAGES = sorted(set(PAGES) - {"patterns"})
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


@pytest.mark.parametrize("name", MAIN_PAGES)
def test_a_main_page_is_accessible_and_fits_a_phone(town: Town, name: str) -> None:
    who, address = PAGES[name]
    page = town.seat(who or None)
    page.goto(address.format(**town.codes))
    page.wait_for_load_state("networkidle")
    assert _violations(page) == []

    page.set_viewport_size(PHONE)
    assert _beyond(page) <= 0, "wider than the screen of a phone"
    assert _violations(page, only=["scrollable-region-focusable"]) == []


def test_on_paper_a_page_is_its_content(town: Town) -> None:
    """No navigation, no buttons, no filters; what is simulated says so on paper too."""
    page = town.seat("leader")
    page.goto(f"/plans/{town.codes['county']}/indicators/")
    page.emulate_media(media="print")
    for hidden in (".site-nav", ".head-tools", ".tabs", ".actions", "form.filters", ".site-foot", ".pager"):
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".simulated-band")).to_be_visible()


@pytest.mark.parametrize("who", ["leader", "planner", "officer", "township", "monitoring", "evaluator",
                                 "enforcement", "system", "security", "audit"])  # fmt: skip
def test_every_door_that_is_shown_opens(town: Town, who: str) -> None:
    """Nobody is shown a link that leads to a refusal or nowhere: two pages and one filter of each kind."""
    page = town.seat(who)
    seen: dict[str, int] = {}
    waiting, shut = ["/"], []
    while waiting:
        address = waiting.pop(0)
        answer = page.request.get(address)
        if answer.status != 200:
            shut.append((address, answer.status))
        elif "text/html" in answer.headers["content-type"]:
            waiting += [link for link in _links(answer.text(), address) if _is_new(link, seen)]
    assert shut == []


def _violations(page: Page, only: list[str] | None = None) -> list[str]:
    options: dict[str, Any] = {**RULES, "runOnly": only} if only else RULES
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['impact']}: {one['id']}: {node['target']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def _beyond(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _links(html: str, base: str) -> list[str]:
    found = [unescape(link) for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', html)]
    path = urlsplit(base).path
    return [
        f"{path}{link}" if link.startswith("?") else link
        for link in found
        if link.startswith(("/", "?")) and "as_of=" not in link
    ]


def _is_new(link: str, seen: dict[str, int]) -> bool:
    """Pages that differ only by the record or the filter are one kind."""
    parts = urlsplit(link)
    kind = re.sub(r"[^/]*\d[^/]*", "*", parts.path) + ("?" if parts.query else "")
    if seen.get(link) or seen.get(kind, 0) >= (1 if parts.query else 2):
        return False
    seen[link] = 1
    seen[kind] = seen.get(kind, 0) + 1
    return True
