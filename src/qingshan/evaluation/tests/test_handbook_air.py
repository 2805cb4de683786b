"""The examples of the handbook pages on standards and air run as they are printed."""

import doctest
from pathlib import Path

import pytest

from qingshan.cli.table import COMMANDS

DOCS = Path(__file__).resolve().parents[4] / "docs"


@pytest.mark.parametrize("page", ["standards.md", "science-air.md"])
def test_every_example_of_the_page_gives_what_it_prints(page):
    failed, tried = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert tried > 0
    assert failed == 0


def test_every_command_of_these_rooms_is_named():
    pages = "\n".join(
        (DOCS / page).read_text(encoding="utf-8")
        for page in ("standards.md", "science-air.md", "dictionaries.md")
    )
    for words, entry in COMMANDS.items():
        if entry.module.startswith("qingshan.standards.") or "air" in " ".join(words):
            assert "qingshan " + " ".join(words) in pages
