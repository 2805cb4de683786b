"""The shipped files pass the check; overlaps, holes and doubtful values are found."""

from dataclasses import replace
from datetime import date

from qingshan.standards.public import Phase, check, check_files, editions_of, shipped


def texts(editions, errors=True):
    return [finding.text for finding in check(editions) if finding.is_error is errors]


class TestShippedFiles:
    def test_they_have_no_error(self):
        assert texts(shipped()) == []

    def test_doubtful_values_are_named(self):
        assert any("trend_critical" in text for text in texts(shipped(), errors=False))


class TestFindings:
    def test_two_editions_in_force_on_one_day(self):
        old, new = editions_of("GB 3095")
        assert "still in force" in texts([replace(old, last_on=None), new])[0]
        assert "still in force" in texts([replace(old, last_on=new.first_on), new])[0]

    def test_a_hole_between_editions_is_a_remark(self):
        old, new = editions_of("GB 3095")
        assert "starts only on" in texts([replace(old, last_on=date(2026, 2, 27)), new], errors=False)[0]

    def test_phases_cover_their_edition_without_hole(self):
        _, new = editions_of("GB 3095")
        first, last = new.phases
        assert "first phase" in texts([replace(new, first_on=date(2026, 1, 1))])[0]
        assert "last phase" in texts([replace(new, last_on=date(2040, 1, 1))])[0]
        assert (
            "does not start"
            in texts([replace(new, phases=(first, replace(last, first_on=date(2031, 1, 2))))])[0]
        )
        endless = Phase("transition", first.first_on, None, "4.4")
        assert "does not start" in texts([replace(new, phases=(endless, last))])[0]

    def test_a_file_that_cannot_be_read_is_a_finding(self, tmp_path):
        path = tmp_path / "x.yaml"
        path.write_text("standard: x", encoding="utf-8")
        editions, findings = check_files([path])
        assert editions == ()
        assert "effective is missing" in findings[0].text
