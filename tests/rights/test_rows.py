"""Every list, search, workbook, answer of the interface and page: who is shown which records there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.rights.asking import Asker
from tests.rights.marks import FRAME, WORDS
from tests.rights.matrix import EVERYBODY, OK, Line, matrix
from tests.rights.rows import Shown, rows
from tests.rights.town import NOBODY, PEOPLE, Town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("town")]

#: Who must never read the other district's name, on whatever page.
APART = {"foreigner": "青川县"} | {
    person: "白石县"
    for person in PEOPLE
    if person not in ("foreigner", "system_admin", "security_admin", "audit_admin")
}


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_sees_the_records_that_the_rows_say_and_no_others(marked_town: Town, person: str) -> None:
    asker = Asker(marked_town)
    wrong = [trouble for shown in rows().shown for trouble in _troubles(asker, shown, person)]
    assert not wrong, f"{person}:\n" + "\n".join(wrong)


def _troubles(asker: Asker, shown: Shown, person: str) -> Iterator[str]:
    text = asker.seen(shown.line, person)
    asked = set(WORDS) - (FRAME - set(shown.marks))
    seen = {mark for mark in asked if WORDS[mark] in text}
    if kept := shown.to(person) - seen:
        yield f"  {shown.line}: is not shown {', '.join(sorted(kept))}"
    if leaked := seen - shown.to(person):
        yield f"  {shown.line}: is shown {', '.join(sorted(leaked))}"


@pytest.mark.parametrize("person", ["foreigner", "planner", "department_officer"])
def test_no_page_and_no_form_names_anything_of_another_district(marked_town: Town, person: str) -> None:
    asker, strange = Asker(marked_town), APART[person]
    # what anybody may read without a log-in is everybody's, whatever district it speaks of
    inside = [line for line in matrix().lines if line.method == "get" and line.answers[NOBODY] != OK]
    asked = [line for line in inside if line.answers[person] == OK]
    assert not [str(line) for line in asked if strange in asker.seen(line, person)]


class TestCompleteness:
    def test_every_address_that_can_be_read_is_in_the_rows_or_says_why_not(self) -> None:
        readable = {line.name for line in matrix().lines if line.method == "get"}
        assert {shown.line.name for shown in rows().shown} | set(rows().without) == readable

    def test_no_address_is_both_shown_and_left_out(self) -> None:
        assert not {shown.line.name for shown in rows().shown} & set(rows().without)

    def test_every_list_that_can_be_had_as_a_workbook_is_asked_for_it(self, marked_town: Town) -> None:
        asker = Asker(marked_town)
        asked = {shown.line.name for shown in rows().shown if shown.line.query == "export=xlsx"}
        lists = {line.name for line in matrix().lines if _gives_a_workbook(asker, line)}
        assert asked == lists

    def test_every_mark_is_seen_by_somebody_and_by_nobody_who_is_not_logged_in(self) -> None:
        seen = {mark for shown in rows().shown for mark, people in shown.marks.items() if people}
        assert seen == set(WORDS)
        assert not [shown.line for shown in rows().shown if shown.to("nobody")]


def _gives_a_workbook(asker: Asker, line: Line) -> bool:
    """Whether an address answers with a workbook to whoever may read it, when asked for one."""
    if line.method != "get" or line.by_token or line.query:
        return False
    reader = next((person for person in PEOPLE if line.answers[person] == OK), None)
    asked = replace(line, query="export=xlsx")
    return (
        reader is not None
        and asker.gives_workbook(asked, reader)
        and not asker.gives_workbook(line, reader)  # a template to fill in is one whatever one asks
    )
