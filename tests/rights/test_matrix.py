"""Every address of the house and every call of its interface, as every role and as a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.rights.asking import Asker
from tests.rights.matrix import EVERYBODY, OK, Line, matrix
from tests.rights.town import Town

from qingshan.portal.api import described

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("town")]

#: Answers to a form that was looked at and not taken; for a line that gives a real form they are a failure.
NOT_TAKEN = (409, 422)


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_gets_what_the_matrix_says_and_who_is_refused_writes_nothing(
    town: Town, person: str
) -> None:
    asker = Asker(town)
    wrong = [trouble for line in matrix().lines for trouble in _troubles(asker, line, person)]
    assert not wrong, f"{person}:\n" + "\n".join(wrong)


def _troubles(asker: Asker, line: Line, person: str) -> Iterator[str]:
    wanted = line.answers[person]
    for fragment in (False, True) if _also_as_fragment(line, person) else (False,):
        got = asker.ask(line, person, fragment=fragment)
        where = f"{line}{' as a fragment' if fragment else ''}"
        if got.kind != wanted:
            yield f"  {where}: wanted {wanted}, got {got.kind} ({got.status})"
        elif wanted != OK and got.written:
            yield f"  {where}: refused, and wrote {got.written}"
        elif wanted == OK and line.body is not None and got.status in NOT_TAKEN:
            yield f"  {where}: the form was not taken ({got.status})"


def _also_as_fragment(line: Line, person: str) -> bool:
    """Whether somebody asks for the fragment too: the first of those who get the same answer to the page."""
    if line.method != "get" or line.by_token:
        return False
    return person == next(one for one in EVERYBODY if line.answers[one] == line.answers[person])


def test_no_form_is_taken_from_another_site(town: Town) -> None:
    asker = Asker(town, enforce_csrf=True)
    forms = [line for line in matrix().lines if line.method == "post" and not line.by_token]
    taken = [
        f"{line} as {person}"
        for line in forms
        for person in ("planner", "system_admin")
        if asker.ask(line, person).status != 403
    ]
    assert not taken


class TestCompleteness:
    def test_every_address_of_the_house_is_in_the_matrix(self) -> None:
        assert {name for name, _pattern in _addresses(get_resolver().url_patterns)} == matrix().names

    def test_every_call_of_the_interface_is_in_the_matrix(self) -> None:
        calls = {
            (method, pattern)
            for name, pattern in _addresses(get_resolver().url_patterns)
            for method in {line.method for line in matrix().lines if line.name == name and line.by_token}
        }
        paths: dict[str, Any] = described()["paths"]
        wanted = {
            (method, path.strip("/").replace("{", "<").replace("}", ">"))
            for path, operations in paths.items()
            for method in operations
        }
        assert calls == wanted

    def test_every_person_of_the_matrix_is_somewhere_let_in_and_somewhere_refused(self) -> None:
        for person in EVERYBODY:
            assert {OK} < {line.answers[person] for line in matrix().lines}, person


def _addresses(patterns: Any, space: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", f"{path}{one.pattern}"
        elif isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _addresses(one.url_patterns, inner, f"{path}{one.pattern}")
