"""A held form in the words of its own page: 数值类别 and 经审核, not ``kind`` and ``audited``.

Nobody knows better what the fields of a form are called than the page that shows it. So that page is made
once more, for the same person, and read: labels by their ``for``, choices by their words. Where it cannot be
made (it is gone, or only takes what is sent to it), the fields are counted, and not shown by raw names.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from qingshan.accounts.held import HeldForm

__all__ = ["in_words"]


def in_words(kept: HeldForm, request: HttpRequest) -> list[tuple[str, str]]:
    """Return label and value of each field that has a label on the form's page and was filled in."""
    words = _Words()
    words.feed(_page_of(kept.path, request))
    words.close()
    return [
        (words.labels[name], words.choices.get((name, value), value))
        for name, value in kept.fields
        if value and name in words.labels
    ]


def _page_of(path: str, request: HttpRequest) -> str:
    """The page as a GET of this person would show it; empty where it shows none."""
    split = urlsplit(path)
    try:
        match = resolve(split.path)
    except Resolver404:
        return ""
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", split.path, split.path
    asked.GET, asked.POST = QueryDict(split.query), QueryDict()
    asked.resolver_match = match
    try:
        answer: Any = match.func(asked, *match.args, **match.kwargs)
    except (Http404, PermissionDenied):
        return ""
    if answer.status_code != 200 or answer.streaming:
        return ""
    return str(getattr(answer, "rendered_content", None) or answer.content.decode())


class _Words(HTMLParser):
    """Reads the labels of fields, and the words of their choices, from a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.labels: dict[str, str] = {}
        self.choices: dict[tuple[str, str], str] = {}
        self._said: dict[str, str] = defaultdict(str)  # id of a field -> words of its label
        self._fields: dict[str, tuple[str, str | None]] = {}  # id -> name, and value of a box or button
        self._label = self._select = ""
        self._option: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "label":
            self._label = given.get("for", "")
        elif tag == "option":
            self._option = (self._select, given.get("value", ""))
        elif tag in ("input", "select", "textarea") and given.get("name"):
            self._select = given["name"] if tag == "select" else self._select
            box = given.get("type") in ("checkbox", "radio")
            self._fields[given.get("id", "")] = (given["name"], given.get("value", "on") if box else None)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label = ""
        elif tag in ("option", "select"):
            self._option = None

    def handle_data(self, data: str) -> None:
        if self._option is not None:
            self.choices[self._option] = self.choices.get(self._option, "") + data.strip()
        elif self._label:
            self._said[self._label] += data

    def close(self) -> None:
        """Bring labels and fields together, wherever on the page each stood."""
        super().close()
        for key, (name, value) in self._fields.items():
            said = self._said.get(key, "").replace("*", "").strip()  # the star marks what must be filled in
            if said:
                self.labels.setdefault(name, said)
            if said and value is not None:
                self.choices[(name, value)] = _("是") if value == "on" else said
