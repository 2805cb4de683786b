"""The last day of a term."""

from datetime import date

import pytest

from qingshan.workflow.calendar_files import bundled
from qingshan.workflow.terms import BadTerm, Term, last_day
from qingshan.workflow.working_days import WorkingCalendar, YearNotLoaded


@pytest.fixture(scope="module")
def working():
    return WorkingCalendar(bundled())


class TestCivilCode201To203:
    @pytest.mark.parametrize(
        ("start", "term", "end"),
        [
            # 201: the day of the beginning is not counted.
            (date(2026, 11, 9), "10日", date(2026, 11, 19)),
            # 202: the day of the same number, or the month's last.
            (date(2026, 1, 15), "2个月", date(2026, 3, 16)),  # 15 March 2026 is a Sunday
            (date(2025, 10, 31), "1个月", date(2025, 12, 1)),  # 30 November 2025 is a Sunday
            (date(2024, 2, 29), "1年", date(2025, 2, 28)),
            (date(2025, 11, 30), "3个月", date(2026, 2, 28)),  # a Saturday, but worked for Spring Festival
            # 203: a last day of rest gives way to the first day after the rest.
            (date(2026, 9, 21), "10日", date(2026, 10, 8)),
            (date(2026, 2, 5), "10日", date(2026, 2, 24)),
            (date(2026, 11, 11), "10日", date(2026, 11, 23)),
            # Working days end on a working day by themselves.
            (
                date(2026, 9, 21),
                "10个工作日",
                date(2026, 10, 12),
            ),  # 25 September and 10 October behave unlike their weekdays
        ],
    )
    def test_the_last_day(self, working, start, term, end):
        assert last_day(start, Term.read(term), working).on == end

    def test_days_of_rest_within_a_term_are_counted(self, working):
        assert last_day(date(2026, 9, 28), Term.read("11天"), working).on == date(2026, 10, 9)

    def test_beyond_the_loaded_years_it_refuses_or_estimates(self, working):
        month = Term.read("2个月")
        with pytest.raises(YearNotLoaded):
            last_day(date(2026, 11, 20), month, working)
        due = last_day(date(2026, 11, 20), month, working, estimate=True)
        assert (due.on, due.estimated_years) == (date(2027, 1, 20), (2027,))


class TestReadingATerm:
    @pytest.mark.parametrize("text", ["", "十日", "0日", "10", "10 周", "-3日", "12345日"])
    def test_what_is_no_term_is_refused(self, text):
        with pytest.raises(BadTerm):
            Term.read(text)

    @pytest.mark.parametrize("text", ["15个工作日", "30日", "2个月", "1年"])
    def test_what_is_read_is_printed_the_same(self, text):
        assert str(Term.read(text)) == text
