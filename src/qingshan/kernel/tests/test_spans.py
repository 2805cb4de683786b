"""Spans are half open, in UTC inside and in Beijing days outside."""

# ruff: noqa: DTZ001 - wall-clock times without zone are what is tested

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.spans import (
    Span,
    beijing_day,
    beijing_time,
    day_span,
    days_in_month,
    from_beijing,
    hour_span,
    month_span,
    quarter_span,
    year_span,
)


class TestSpan:
    def test_neighbours_share_no_instant(self):
        before, after = day_span(date(2026, 2, 28)), day_span(date(2026, 3, 1))
        assert before.end == after.start
        assert not before.overlaps(after)
        assert not before.contains(after.start)
        assert after.contains(after.start)

    def test_parts_overlap_their_whole(self):
        assert month_span(2026, 3).overlaps(year_span(2026))

    def test_a_year_is_its_twelve_months_and_four_quarters(self):
        months = [month_span(2026, month) for month in range(1, 13)]
        assert months[0].start == year_span(2026).start
        assert months[-1].end == year_span(2026).end
        assert all(a.end == b.start for a, b in itertools.pairwise(months))
        assert quarter_span(2026, 1).end == quarter_span(2026, 2).start == months[3].start
        assert quarter_span(2026, 4).end == year_span(2026).end

    def test_its_last_day_is_the_day_before_its_end(self):
        assert year_span(2026).first_day == date(2026, 1, 1)
        assert year_span(2026).last_day == date(2026, 12, 31)

    def test_it_lists_its_days(self):
        assert len(list(month_span(2024, 2).days())) == 29 == days_in_month(2024, 2)
        assert month_span(2024, 2).length == timedelta(days=29)

    def test_an_hour_holds_its_minutes(self):
        assert (
            str(hour_span(from_beijing(datetime(2026, 3, 1, 0, 30)))) == "2026-03-01T00:00/2026-03-01T01:00"
        )

    @pytest.mark.parametrize("hours", [0, -1])
    def test_it_refuses_an_end_that_is_not_after_its_start(self, hours):
        start = datetime(2026, 1, 1, tzinfo=UTC)
        with pytest.raises(ValueError):
            Span(start, start + timedelta(hours=hours))

    def test_it_refuses_instants_without_zone(self):
        with pytest.raises(ValueError):
            Span(datetime(2026, 1, 1), datetime(2026, 1, 2))

    def test_it_refuses_a_fifth_quarter(self):
        with pytest.raises(ValueError):
            quarter_span(2026, 5)


class TestBeijing:
    def test_midnight_in_beijing_is_sixteen_hours_utc_of_the_day_before(self):
        at = from_beijing(datetime(2026, 3, 1))
        assert at == datetime(2026, 2, 28, 16, tzinfo=UTC)
        assert beijing_day(at) == date(2026, 3, 1)
        assert beijing_day(at - timedelta(seconds=1)) == date(2026, 2, 28)
        assert beijing_time(at).hour == 0

    def test_a_time_with_zone_is_not_given_a_second_one(self):
        with pytest.raises(ValueError):
            from_beijing(datetime(2026, 3, 1, tzinfo=UTC))


class TestBasis:
    def test_merging_keeps_order_and_names_things_once(self):
        one, two = Basis(("A",), ("1",)), Basis(("A", "B"), ("2",), ("x",))
        assert one | two == Basis(("A", "B"), ("1", "2"), ("x",))

    def test_a_missing_value_is_no_truth_value(self):
        with pytest.raises(TypeError):
            bool(Missing("blank"))
