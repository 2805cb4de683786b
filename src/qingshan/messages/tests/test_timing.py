"""When a notice may leave."""

from datetime import datetime, time

import pytest

from qingshan.kernel.spans import BEIJING
from qingshan.messages.timing import Pace, Quiet, leaves_at


def beijing(*parts):
    return datetime(*parts, tzinfo=BEIJING)


def weekend(day):
    return day.isoweekday() > 5


def leaves(moment, quiet=None, pace=Pace.AT_ONCE, urgent=False):
    return leaves_at(
        moment, pace=pace, quiet=quiet or Quiet(), urgent=urgent, is_rest_day=weekend
    ).astimezone(BEIJING)


FRIDAY = (2026, 11, 20)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("moment", "leaving"),
        [
            ((*FRIDAY, 21, 59), (*FRIDAY, 21, 59)),
            ((*FRIDAY, 22, 0), (2026, 11, 21, 7, 30)),
            ((*FRIDAY, 0, 5), (*FRIDAY, 7, 30)),
            ((*FRIDAY, 7, 29), (*FRIDAY, 7, 30)),
            ((*FRIDAY, 7, 30), (*FRIDAY, 7, 30)),
        ],
    )
    def test_they_run_over_midnight(self, moment, leaving):
        assert leaves(beijing(*moment)) == beijing(*leaving)

    def test_within_one_day(self):
        noon = Quiet(from_time=time(12, 0), to_time=time(14, 0))
        assert leaves(beijing(*FRIDAY, 13, 0), noon) == beijing(*FRIDAY, 14, 0)
        assert leaves(beijing(*FRIDAY, 23, 0), noon) == beijing(*FRIDAY, 23, 0)

    def test_the_same_time_twice_means_none(self):
        never = Quiet(from_time=time(0, 0), to_time=time(0, 0))
        assert leaves(beijing(*FRIDAY, 3, 0), never) == beijing(*FRIDAY, 3, 0)

    def test_rest_days_are_quiet_from_end_to_end_when_wished(self):
        quiet = Quiet(on_rest_days=True)
        assert leaves(beijing(2026, 11, 21, 10, 0), quiet) == beijing(2026, 11, 23, 7, 30)
        assert leaves(beijing(2026, 11, 23, 10, 0), quiet) == beijing(2026, 11, 23, 10, 0)

    def test_urgent_notices_wait_for_nothing(self):
        moment = beijing(2026, 11, 21, 3, 0)
        assert leaves(moment, Quiet(on_rest_days=True), Pace.WEEKLY, urgent=True) == moment

    def test_a_calendar_of_rest_days_only_is_an_error_and_no_endless_wait(self):
        with pytest.raises(ValueError, match="no working day"):
            leaves_at(
                beijing(*FRIDAY, 9),
                pace=Pace.AT_ONCE,
                quiet=Quiet(on_rest_days=True),
                urgent=False,
                is_rest_day=lambda day: True,
            )


class TestDigests:
    def test_daily_at_its_time(self):
        assert leaves(beijing(*FRIDAY, 8, 0), pace=Pace.DAILY) == beijing(*FRIDAY, 8, 30)
        assert leaves(beijing(*FRIDAY, 8, 30), pace=Pace.DAILY) == beijing(2026, 11, 21, 8, 30)

    def test_weekly_on_its_day(self):
        assert leaves(beijing(*FRIDAY, 8, 0), pace=Pace.WEEKLY) == beijing(2026, 11, 23, 8, 30)

    def test_a_digest_due_on_a_quiet_rest_day_waits_for_the_next_working_day(self):
        quiet = Quiet(on_rest_days=True)
        assert leaves(beijing(*FRIDAY, 9, 0), quiet, Pace.DAILY) == beijing(2026, 11, 23, 7, 30)
