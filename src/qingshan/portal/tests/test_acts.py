"""Every action that is audited has a name in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qingshan
from qingshan.portal.auditing.acts import ACTS, name_of

PACKAGE = Path(qingshan.__file__).parent
#: How actions are named where they are recorded: in ``record(``, ``entered(``, ``action=`` and the like.
_RECORDED = re.compile(r'(?:\brecord\(\s*|\bentered\(\s*|action=|_audit\(\w[\w.]*, )"([a-z]+\.[a-z_]+)"')


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
        composed = re.compile(
            r"(areas\.(merged|split|dissolved|renamed)_|workflow\.(\w+_deadline|(undo_)?hand_over)|jobs\.\w+_schedule"
            r"|tasks\.(accept|answer_change|ask_change|assign|cancel|close|reopen|send_back|submit)$"
            r"|disclosure\.\w+_(edition|feedback)$)"
        )
        assert not {action for action in set(ACTS) - recorded() if not composed.match(action)}
