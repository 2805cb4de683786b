"""The page on code lists: its example runs, and it names every edition with its number of entries."""

import doctest
from pathlib import Path

from qingshan.standards.public import all_codebooks

PAGE = Path(__file__).resolve().parents[5] / "docs/dictionaries.md"


class TestPageOnCodeLists:
    def test_its_example_runs(self):
        failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
        assert tried > 0
        assert failed == 0

    def test_it_names_every_edition_kind_and_what_is_not_complete(self):
        text = PAGE.read_text(encoding="utf-8")
        for book in all_codebooks():
            (line,) = [row for row in text.splitlines() if f"| {book.edition} |" in row]
            assert f"`{book.kind.value}`" in line
            assert str(book.first_on) in line
            counted = (
                sum(bool(one.parent) for one in book.entries) if "categories" in line else len(book.entries)
            )
            assert f"| {counted:,} " in line
            if book.missing:
                assert f"**{book.status.value}**" in line
