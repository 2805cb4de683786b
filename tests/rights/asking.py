"""Asking the house as somebody, and saying which of the four answers came."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.rights.matrix import FORBIDDEN, HIDDEN, LOG_IN, OK, Line
from tests.rights.town import NOBODY, Town, paper

#: What stands for the content of a file that is no workbook.
HANDED_OVER = "file handed over"

_REFUSALS = {401: LOG_IN, 403: FORBIDDEN, 404: HIDDEN}
#: What may be written for somebody who is refused: that they came, and what they had typed (see held.py).
_OWN_TRACES = ("django_session", "accounts_sessionrecord", "accounts_apitoken")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what was written."""

    kind: str
    status: int
    written: tuple[str, ...]


class Asker:
    """One client for everybody; each question leaves the town as it was."""

    def __init__(self, town: Town, *, enforce_csrf: bool = False) -> None:
        self.town = town
        self._client = Client(enforce_csrf_checks=enforce_csrf)
        self._paper = paper().read()

    def ask(self, line: Line, person: str, *, fragment: bool = False) -> Answer:
        """Put one question as one person."""
        self._client.cookies = SimpleCookie()
        headers = self._log_in(line, person) | ({"HX-Request": "true"} if fragment else {})
        connection.queries_log.clear()  # it holds nine thousand and warns then
        with undone(), CaptureQueriesContext(connection) as queries:
            response = self._sent(line, headers)
            written = tuple(_written(query["sql"] for query in queries.captured_queries))
            put_away(response)
        return Answer(kind_of(response), response.status_code, written)

    def seen(self, line: Line, person: str) -> str:
        """Return everything that one person is shown at an address, a workbook as its cells."""
        self._client.cookies = SimpleCookie()
        headers = self._log_in(line, person)
        with undone():
            response = self._sent(line, headers)
            text = _text_of(response) if kind_of(response) == OK else ""
            put_away(response)
        return text

    def gives_workbook(self, line: Line, person: str) -> bool:
        """Whether one person gets a workbook at an address."""
        self._client.cookies = SimpleCookie()
        with undone():
            response = self._sent(line, self._log_in(line, person))
            put_away(response)
        return "spreadsheet" in response["Content-Type"]

    def address(self, line: Line) -> str:
        """Return the address of a line."""
        found = reverse(line.name, args=[self._word(word) for word in line.words])
        return f"{found}?{line.query}" if line.query else found

    def _log_in(self, line: Line, person: str) -> dict[str, str]:
        if person != NOBODY and line.by_token:
            return {"Authorization": f"Bearer {self.town.tokens[person]}"}
        if person != NOBODY:
            self._client.cookies[settings.SESSION_COOKIE_NAME] = self.town.sessions[person]
        return {}

    def _sent(self, line: Line, headers: Mapping[str, str]) -> Any:
        address = self.address(line)
        if line.method == "get":
            return self._client.get(address, headers=headers)
        body = {name: self._value(value) for name, value in (line.body or {}).items()}
        if line.by_token:
            return self._client.post(
                address, json.dumps(body), content_type="application/json", headers=headers
            )
        return self._client.post(address, body, headers=headers)

    def _word(self, word: Any) -> Any:
        if not (isinstance(word, str) and word.startswith("$")):
            return word
        found = self.town.known[word[1:]]
        return found.pk if isinstance(found, models.Model) else found

    def _value(self, value: Any) -> Any:
        today = timezone.localdate()
        match value:
            case "$today":
                return today.isoformat()
            case "$soon":
                return (today + timedelta(days=30)).isoformat()
            case "$once":
                return uuid.uuid4().hex
            case "$file":
                return ContentFile(io.BytesIO(self._paper).getvalue(), name="来函.docx")
        return self._word(value)


def _text_of(response: Any) -> str:
    """Everything readable of an answer; a file that is no workbook shows nothing but its name."""
    if not response.streaming:
        found: str = response.content.decode()
        if response["Content-Type"].startswith("application/json"):  # there Chinese may be escaped
            return json.dumps(json.loads(found), ensure_ascii=False)
        return found
    content = b"".join(response.streaming_content)
    if "spreadsheet" not in response["Content-Type"]:
        return f"{HANDED_OVER} {unquote(str(response['Content-Disposition']))}"
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )


def put_away(response: Any) -> None:
    """Let go of a file that was handed over, without ending the connection that the town lives in."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kind_of(response: Any) -> str:
    """Return which of the four answers a response is; anything else is a broken house."""
    assert response.status_code < 500, response.content.decode()[:500]
    if response.status_code == 302:
        to = urlsplit(response["Location"])
        return LOG_IN if to.path == settings.LOGIN_URL and "next" in parse_qs(to.query) else OK
    return _REFUSALS.get(response.status_code, OK)


def _written(statements: Iterator[str]) -> Iterator[str]:
    """What stays written of a request: not its own traces, nor what it took back itself."""
    kept: list[str] = []
    marks: list[int] = []
    for statement in statements:
        if statement.startswith("SAVEPOINT"):
            marks.append(len(kept))
        elif statement.startswith("ROLLBACK TO"):
            del kept[marks[-1] :]
        elif statement.startswith("RELEASE") and marks:
            marks.pop()
        elif statement.startswith(("INSERT", "UPDATE", "DELETE")) and not any(
            f'"{table}"' in statement for table in _OWN_TRACES
        ):
            kept.append(statement[:120])
    return iter(kept)
