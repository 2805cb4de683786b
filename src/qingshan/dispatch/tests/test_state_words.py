"""Templates of this room ask the record where it stands; they spell no state out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qingshan.dispatch.states import FalseState, PartState, RoundState, RowState

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").rglob("*.html"))
WORDS = {str(word) for states in (FalseState, PartState, RoundState, RowState) for word in states.values}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_state_is_quoted_in_a_template(template: Path) -> None:
    compared = re.findall(r"""[!=]= ?["'](\w+)["']""", template.read_text("utf-8"))
    assert not WORDS.intersection(compared)


def test_there_are_templates_to_look_at() -> None:
    assert any(path.name == "_part.html" for path in TEMPLATES)
