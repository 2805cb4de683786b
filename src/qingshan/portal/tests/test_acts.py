"""Every action that is audited has a name in Chinese."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import qingshan
from qingshan.kernel.flow import Flow
from qingshan.portal.auditing.acts import ACTS, name_of

PACKAGE = Path(qingshan.__file__).parent
#: How actions are named where they are recorded: in ``record(``, ``entered(``, ``action=`` and the like.
_RECORDED = re.compile(r'(?:\brecord\(\s*|\bentered\(\s*|action=|_audit\(\w[\w.]*, )"([a-z]+\.[a-z_]+)"')

#: Names put together from a kind and a verb where they are recorded.
_COMPOSED = re.compile(
    r"(areas\.(merged|split|dissolved|renamed)_|workflow\.(\w+_deadline|(undo_)?hand_over)|jobs\.\w+_schedule)"
)


def recorded() -> set[str]:
    """Collect the actions named in the source."""
    return {
        found
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        for found in _RECORDED.findall(path.read_text(encoding="utf-8"))
    }


class TestActs:
    def test_the_source_names_many_actions(self) -> None:
        assert len(recorded()) > 80

    @pytest.mark.parametrize("action", sorted(recorded()))
    def test_every_recorded_action_has_a_name(self, action: str) -> None:
        assert name_of(action) != action

    def test_no_name_is_left_over_from_an_action_that_is_gone(self) -> None:
        left = {action for action in set(ACTS) - recorded() if not _COMPOSED.match(action)}
        assert not {action for action in left if not _is_move(action)}


def _is_move(action: str) -> bool:
    """Whether an action is named after a move of its room's life cycles (``papers.issue``)."""
    room, _, verb = action.partition(".")
    return any(verb == move or verb.startswith(f"{move}_") for move in _moves_of(room))


@cache
def _moves_of(room: str) -> frozenset[str]:
    if not (PACKAGE / room / "states.py").is_file():
        return frozenset()
    states = vars(import_module(f"qingshan.{room}.states"))
    flows = [found for found in states.values() if isinstance(found, Flow)]
    return frozenset(move for flow in flows for state in flow.states for move in flow.moves_from(state))
