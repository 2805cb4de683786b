"""The pages on groundwater, sea and urban waters: examples run; editions, profiles and commands are named."""

import doctest
from pathlib import Path

import pytest

from qingshan.cli.table import COMMANDS
from qingshan.evaluation.sample_profile import sample_profiles
from qingshan.standards.public import shipped

DOCS = Path(__file__).resolve().parents[4] / "docs"
PAGES = {
    "science-groundwater.md": ({"groundwater"}, {"groundwater"}),
    "science-sea.md": ({"sea"}, {"sea"}),
    "science-urban-water.md": ({"black-odor", "sewage"}, {"blackodor", "sewage", "outfalls", "flow"}),
}


@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_the_page_gives_what_it_prints(page):
    failed, tried = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_its_editions_profiles_and_commands(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    kinds, subjects = PAGES[page]
    editions = [edition.code for edition in shipped() if edition.subject in subjects]
    profiles = [name for kind in kinds for name in sample_profiles(kind)]
    commands = [f"qingshan evaluate {kind}" for kind in kinds if ("evaluate", kind) in COMMANDS]
    assert editions
    assert profiles
    assert len(commands) == len(kinds)
    assert [word for word in (*editions, *profiles, *commands) if word not in text] == []
