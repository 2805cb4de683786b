"""The handbook's state diagrams are those of the tables."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[4] / "tools" / "state_diagrams.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("state_diagrams", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestStateDiagrams:
    def test_the_page_is_what_the_tables_say(self, tool):
        assert tool.PAGE.read_text("utf-8") == tool.page(), "run python tools/state_diagrams.py"

    def test_every_room_with_life_cycles_is_on_it(self, tool):
        said = tool.PAGE.read_text("utf-8")
        for room in tool.rooms_with_states():
            assert f"## {room}\n" in said
            assert list(tool.flows(room)), f"{room}/states.py binds no Flow to a name"
