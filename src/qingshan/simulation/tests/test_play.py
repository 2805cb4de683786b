"""Courses take their turns day by day."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

from qingshan.simulation.play import Course, play

MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)


def course(name: str, days: list[date], told: list[tuple[str, datetime]]) -> Course:
    for day in days:
        at = yield day
        told.append((name, at))


def played(*courses: tuple[str, list[date]], until: date = FRIDAY) -> list[tuple[str, datetime]]:
    told: list[tuple[str, datetime]] = []
    play((course(name, days, told) for name, days in courses), until=until)
    return told


class TestPlay:
    def test_an_earlier_day_comes_before_an_earlier_course(self) -> None:
        told = played(("first", [TUESDAY]), ("second", [MONDAY]))
        assert [name for name, _ in told] == ["second", "first"]

    def test_of_one_day_the_earlier_course_comes_first(self) -> None:
        told = played(("rights", [TUESDAY]), ("values", [MONDAY, TUESDAY]))
        assert [name for name, _ in told] == ["values", "rights", "values"]

    def test_every_step_has_a_moment_of_its_own(self) -> None:
        told = played(*((str(number), [MONDAY, MONDAY]) for number in range(20)))
        assert all(before < after for (_, before), (_, after) in pairwise(told))
        assert {at.date() for _, at in told} == {MONDAY}

    def test_a_day_behind_the_present_one_is_taken_at_once(self) -> None:
        told = played(("late", [TUESDAY, MONDAY]))
        assert [at.date() for _, at in told] == [TUESDAY, TUESDAY]

    def test_nothing_is_done_after_the_last_day(self) -> None:
        told = played(("one", [MONDAY, FRIDAY]), until=TUESDAY)
        assert [at.date() for _, at in told] == [MONDAY]
