"""When a schedule comes due."""

from datetime import UTC, datetime

import pytest

from qingshan.jobs.when import BadWhen, read_when
from qingshan.kernel.spans import BEIJING


def beijing(*parts):
    return datetime(*parts, tzinfo=BEIJING)


class TestEvery:
    def test_it_comes_due_after_its_step(self):
        assert read_when("every 90s").after(beijing(2026, 11, 21, 8, 0)) == beijing(2026, 11, 21, 8, 1, 30)

    def test_a_step_of_nothing_is_refused(self):
        with pytest.raises(BadWhen, match="at least one second"):
            read_when("every 0m")


class TestCron:
    @pytest.mark.parametrize(
        ("rule", "after", "due"),
        [
            ("0 2 * * *", (2026, 11, 21, 1, 59), (2026, 11, 21, 2, 0)),
            ("0 2 * * *", (2026, 11, 21, 2, 0), (2026, 11, 22, 2, 0)),
            ("*/20 8-9 * * *", (2026, 11, 21, 9, 40), (2026, 11, 22, 8, 0)),
            ("5/20 8 * * *", (2026, 11, 21, 8, 6), (2026, 11, 21, 8, 25)),
            ("0 9 1 1 *", (2026, 1, 1, 9, 0), (2027, 1, 1, 9, 0)),
            ("0 9 29 2 *", (2026, 3, 1, 0, 0), (2028, 2, 29, 9, 0)),
            ("0 9 * * 7", (2026, 11, 21, 0, 0), (2026, 11, 22, 9, 0)),
            ("0 9 * * 0", (2026, 11, 21, 0, 0), (2026, 11, 22, 9, 0)),
            ("0,30 9 * * *", (2026, 11, 21, 9, 0), (2026, 11, 21, 9, 30)),
        ],
    )
    def test_it_names_the_first_moment_after(self, rule, after, due):
        assert read_when(rule).after(beijing(*after)) == beijing(*due)

    def test_day_of_month_or_day_of_week_as_cron_has_it(self):
        rule = read_when("0 8 15 * 1")
        assert rule.after(beijing(2026, 11, 10)) == beijing(2026, 11, 15, 8)  # the 15th, a Sunday
        assert rule.after(beijing(2026, 11, 15, 9)) == beijing(2026, 11, 16, 8)  # a Monday

    def test_it_is_reckoned_in_beijing_and_told_in_utc(self):
        due = read_when("30 0 * * *").after(datetime(2026, 11, 20, 16, 0, tzinfo=UTC))
        assert due.isoformat() == "2026-11-20T16:30:00+00:00"

    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            ("60 * * * *", "minute: '60'; allowed is 0 to 59"),
            ("* 24 * * *", "hour"),
            ("* * 0 * *", "day of month"),
            ("* * * 13 *", "month"),
            ("* * * * 8", "day of week"),
            ("*/0 * * * *", "minute"),
            ("9-5 * * * *", "minute"),
            ("x * * * *", "not a number"),
            ("* * *", "five cron fields"),
            ("", "five cron fields"),
        ],
    )
    def test_a_rule_it_cannot_read_is_refused_with_what_is_allowed(self, rule, words):
        with pytest.raises(BadWhen, match=words):
            read_when(rule)

    def test_a_day_no_year_has_is_refused(self):
        with pytest.raises(BadWhen, match="no such day"):
            read_when("0 0 31 6 *").after(beijing(2026, 1, 1))
