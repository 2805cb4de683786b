"""What waits for a person, whichever room it is in."""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.pages import waiting
from qingshan.pages.public import Waiting, register_waiting, waiting_for

ON = date(2026, 11, 21)
LATER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def nobody_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_TELLERS", {})


class TestWaiting:
    def test_every_room_is_heard(self) -> None:
        register_waiting("papers", lambda user, on: [Waiting("待签发", "/papers/", 2)])
        register_waiting("dispatch", lambda user, on: [Waiting("填报调度", "/dispatch/1/", 3, LATER)])
        assert [one.label for one in waiting_for("林", ON)] == ["填报调度", "待签发"]

    def test_what_is_late_stands_first(self) -> None:
        register_waiting(
            "dispatch",
            lambda user, on: [
                Waiting("本季度", "/dispatch/2/", 1, LATER),
                Waiting("上季度", "/dispatch/1/", 1, LATER, late=True),
            ],
        )
        assert [one.label for one in waiting_for("吴", ON)] == ["上季度", "本季度"]

    def test_nothing_is_not_told(self) -> None:
        register_waiting("papers", lambda user, on: [Waiting("待签发", "/papers/", 0)])
        assert waiting_for("吴", ON) == []

    def test_who_asks_and_the_day_are_handed_on(self) -> None:
        register_waiting("papers", lambda user, on: [Waiting(f"{user} {on}", "/papers/")])
        assert [one.label for one in waiting_for("林", ON)] == ["林 2026-11-21"]

    def test_a_room_told_again_is_heard_once(self) -> None:
        for label in ("旧", "新"):
            register_waiting("papers", lambda user, on, label=label: [Waiting(label, "/papers/")])
        assert [one.label for one in waiting_for("林", ON)] == ["新"]
