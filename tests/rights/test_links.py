"""Walking the house along its own links: nobody is shown a way that is closed to them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from tests.rights.asking import put_away, undone
from tests.rights.town import PEOPLE, Town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("town")]

#: Pages of one kind are alike; so many of each are looked at.
OF_EACH_KIND = 3
#: Log-in and language are no places to walk to, and a file is asked for elsewhere.
PASSED_BY = re.compile(r"^/(static|media|logout|login)/|/file$|export=xlsx|/template$")


class _Ways(HTMLParser):
    """What a page leads to: links, and fragments that it asks for by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("href", "hx-get"):
            if (to := given.get(name)) and (name == "hx-get" or tag == "a"):
                self.found.append(to)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_link_that_somebody_is_shown_is_open_to_them(marked_town: Town, person: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = marked_town.sessions[person]
    walked = dict(_walk(client))
    closed = {
        f"{came_from} -> {path} ({status})" for path, (status, came_from) in walked.items() if status >= 400
    }
    assert not closed, "\n".join(sorted(closed))
    assert len(walked) > 20  # it did get about


def _walk(client: Client) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield each address reached, its status, and the page that led there."""
    waiting: deque[tuple[str, str]] = deque([("/", "")])
    seen: set[str] = set()
    of_kind: dict[str, int] = {}
    while waiting:
        path, came_from = waiting.popleft()
        kind = _kind(path)
        if path in seen or of_kind.get(kind, 0) >= OF_EACH_KIND or PASSED_BY.search(path):
            continue
        seen.add(path)
        of_kind[kind] = of_kind.get(kind, 0) + 1
        with undone():
            response = client.get(path)
            page = "" if response.streaming else response.content.decode()
            put_away(response)
        yield path, (response.status_code, came_from)
        if response.status_code == 302:
            waiting.append((response["Location"], path))
        waiting.extend((to, path) for to in _ways(path, page))


def _ways(path: str, page: str) -> Iterator[str]:
    ways = _Ways()
    ways.feed(page)
    for found in ways.found:
        to = urldefrag(urljoin(f"http://here{path}", found)).url
        if to.startswith("http://here/"):
            yield to.removeprefix("http://here")


def _kind(path: str) -> str:
    """The view an address leads to, and what is asked of it."""
    split = urlsplit(path)
    try:
        match = resolve(split.path)
    except Resolver404:
        return path  # a link into nothing is looked at, and fails
    kinds = [str(value) for key, value in match.kwargs.items() if key in ("kind", "code")]
    asked = sorted(part.partition("=")[0] for part in split.query.split("&") if part)
    return " ".join([match.view_name, *kinds, *asked])
