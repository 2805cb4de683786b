"""The Chinese working-day calendar, on the real years."""

from datetime import date

import pytest

from qingshan.workflow.calendar_files import bundled
from qingshan.workflow.working_days import DayKind, WorkingCalendar, YearNotLoaded


@pytest.fixture(scope="module")
def working():
    return WorkingCalendar(bundled())


class TestBundledYears:
    def test_2021_to_2026_are_there_with_their_notices(self, working):
        assert working.years == (2021, 2022, 2023, 2024, 2025, 2026)
        for year, arrangement in working.arrangements.items():
            assert arrangement.number.startswith(f"国办发明电〔{year - 1}〕")
            assert arrangement.issued_on.year == year - 1
            assert arrangement.address.startswith("https://www.gov.cn/")
            assert arrangement.confirmed

    @pytest.mark.parametrize(
        ("year", "days_off", "make_up_days"),
        # As the notices say in words: 放假共几天, and the days named with 上班.
        [(2021, 31, 7), (2022, 31, 7), (2023, 27, 7), (2024, 28, 8), (2025, 28, 5), (2026, 33, 6)],
    )
    def test_each_year_has_the_days_its_notice_counts(self, working, year, days_off, make_up_days):
        holidays = working.arrangements[year].holidays
        assert sum(len(list(holiday.days())) for holiday in holidays) == days_off
        assert sum(len(holiday.make_up) for holiday in holidays) == make_up_days

    @pytest.mark.parametrize(
        ("day", "kind", "name"),
        [
            (date(2026, 2, 14), DayKind.MAKE_UP, "春节"),
            (date(2026, 2, 15), DayKind.HOLIDAY, "春节"),
            (date(2026, 2, 23), DayKind.HOLIDAY, "春节"),
            (date(2026, 2, 24), DayKind.WORKDAY, ""),
            (date(2026, 1, 4), DayKind.MAKE_UP, "元旦"),
            (date(2026, 10, 10), DayKind.MAKE_UP, "国庆节"),
            (date(2026, 11, 21), DayKind.WEEKEND, ""),
            (date(2022, 12, 31), DayKind.HOLIDAY, "元旦"),  # by the notice for 2023
            (date(2025, 1, 1), DayKind.HOLIDAY, "元旦"),
            (date(2025, 1, 2), DayKind.WORKDAY, ""),
        ],
    )
    def test_days_of_either_side_of_a_holiday(self, working, day, kind, name):
        mark = working.mark(day)
        assert (mark.kind, mark.name) == (kind, name)


class TestCounting:
    def test_the_first_day_is_not_counted(self, working):
        assert working.add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)

    def test_make_up_days_count_and_holidays_do_not(self, working):
        assert working.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)

    def test_ten_working_days_over_spring_festival(self, working):
        assert working.add_working_days(date(2026, 2, 10), 10) == date(2026, 3, 2)

    def test_none_at_all_gives_the_day_itself_or_the_next_worked(self, working):
        assert working.add_working_days(date(2026, 11, 20), 0) == date(2026, 11, 20)
        assert working.add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 23)

    def test_backwards_it_counts_the_same_days(self, working):
        assert working.add_working_days(date(2026, 10, 10), -3) == date(2026, 9, 30)

    def test_between_two_days_is_the_reverse_of_adding(self, working):
        start = date(2025, 12, 25)
        for count in range(1, 60):
            end = working.add_working_days(start, count)
            assert working.working_days_between(start, end) == count
            assert working.working_days_between(end, start) == -count

    def test_a_year_has_as_many_working_days_as_is_published(self, working):
        # 2024: 251 working days, 2025: 248 (366 or 365 less rest days and the eleven/thirteen holidays).
        assert working.working_days_between(date(2023, 12, 31), date(2024, 12, 31)) == 251
        assert working.working_days_between(date(2024, 12, 31), date(2025, 12, 31)) == 248


class TestYearNotLoaded:
    def test_it_refuses_in_words_instead_of_guessing(self, working):
        with pytest.raises(YearNotLoaded, match="2027年放假安排尚未载入"):
            working.add_working_days(date(2026, 12, 30), 2)
        with pytest.raises(YearNotLoaded):
            working.is_working_day(date(2020, 12, 31))
        with pytest.raises(YearNotLoaded):
            working.working_days_between(date(2026, 12, 30), date(2027, 1, 4))

    def test_the_last_loaded_day_is_still_known(self, working):
        assert working.add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)

    def test_an_estimate_names_the_years_it_guesses(self, working):
        due = working.estimate_working_days(date(2026, 12, 30), 2)
        assert (due.on, due.estimated, due.estimated_years) == (date(2027, 1, 1), True, (2027,))

    def test_an_estimate_that_needs_no_guess_says_so(self, working):
        assert not working.estimate_working_days(date(2026, 12, 30), 1).estimated
