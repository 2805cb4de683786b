"""The calendar of an installation: loading a year moves what depended on a guess."""

import argparse
from datetime import date

import pytest

from qingshan.workflow.actions import NothingNew, load_calendar, set_deadline
from qingshan.workflow.actions.deadlines import RECOMPUTED
from qingshan.workflow.calendar_files import FOLDER, BadCalendar
from qingshan.workflow.commands import calendar_load, calendar_show
from qingshan.workflow.models import CalendarYear
from qingshan.workflow.queries import editions, working_calendar
from qingshan.workflow.terms import Term
from qingshan.workflow.working_days import YearNotLoaded

pytestmark = pytest.mark.django_db


def load(text, at, by=None):
    return load_calendar(text=text, file_name="2027.yaml", by=by, at=at)


class TestLoading:
    def test_a_loaded_year_can_be_counted_over(self, next_year, at, cast):
        with pytest.raises(YearNotLoaded):
            working_calendar().add_working_days(date(2026, 12, 31), 1)
        load(next_year, at, cast.lin)
        assert working_calendar().add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)

    def test_a_later_edition_of_a_year_takes_the_place_of_the_bundled_one(self, at):
        text = (FOLDER / "2026.yaml").read_text("utf-8")
        longer = text.replace("from: 2026-10-01, to: 2026-10-07", "from: 2026-10-01, to: 2026-10-09")
        load(longer, at)
        assert not working_calendar().is_working_day(date(2026, 10, 8))
        assert [row.edition for row in editions(2026)] == [1]

    def test_the_same_arrangement_again_is_nothing_new(self, next_year, at):
        with pytest.raises(NothingNew):
            load((FOLDER / "2026.yaml").read_text("utf-8"), at)
        load(next_year, at)
        with pytest.raises(NothingNew):
            load(next_year, at)
        assert CalendarYear.objects.count() == 1

    def test_a_faulty_file_leaves_nothing(self, next_year, at):
        with pytest.raises(BadCalendar):
            load(next_year.replace("2027-02-20", "2027-02-22"), at)
        assert not CalendarYear.objects.exists()

    def test_an_estimated_deadline_moves_to_its_true_day(self, next_year, at, measure):
        deadline = set_deadline(
            about=measure,
            name="答复",
            starts_on=date(2026, 12, 30),
            term=Term.read("2个工作日"),
            calendar=working_calendar(),
            estimate=True,
            by=None,
            at=at,
        )
        assert (deadline.due_on, deadline.estimated) == (date(2027, 1, 1), True)
        load(next_year, at)
        deadline.refresh_from_db()
        assert (deadline.due_on, deadline.estimated) == (date(2027, 1, 4), False)
        (change,) = deadline.changes.all()
        assert (change.before, change.reason) == (date(2027, 1, 1), RECOMPUTED)

    def test_a_day_named_by_a_paper_does_not_move(self, next_year, at, measure):
        deadline = set_deadline(
            about=measure, name="答复", starts_on=date(2026, 12, 30), due_on=date(2027, 1, 2), by=None, at=at
        )
        load(next_year, at)
        deadline.refresh_from_db()
        assert deadline.due_on == date(2027, 1, 2)


class TestCommands:
    def test_load_and_show(self, tmp_path, next_year, capsys):
        path = tmp_path / "2027.yaml"
        path.write_text(next_year, "utf-8")
        assert calendar_show.run(argparse.Namespace(year=2027)) == 1
        assert "2027年放假安排尚未载入" in capsys.readouterr().err
        assert calendar_load.run(argparse.Namespace(file=path)) == 0
        assert calendar_show.run(argparse.Namespace(year=2027)) == 0
        assert "春节  2027-02-06 至 2027-02-12  上班：2027-02-20" in capsys.readouterr().out
        assert calendar_show.run(argparse.Namespace(year=None)) == 0
        assert "2021" in capsys.readouterr().out

    def test_a_file_that_cannot_be_loaded_says_why_and_fails(self, tmp_path, next_year, capsys):
        path = tmp_path / "bad.yaml"
        path.write_text(next_year.replace("2027-02-20", "2027-02-22"), "utf-8")
        assert calendar_load.run(argparse.Namespace(file=path)) == 1
        assert "2027-02-22 是周一" in capsys.readouterr().err
        path.write_bytes("名称：春节".encode("gbk"))
        assert calendar_load.run(argparse.Namespace(file=path)) == 1
        assert calendar_load.run(argparse.Namespace(file=tmp_path / "absent.yaml")) == 1
