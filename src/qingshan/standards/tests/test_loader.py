"""A data file says everything it must, exactly, or is refused with the place and the reason."""

from decimal import Decimal

import pytest

from qingshan.standards.public import (
    BadDataFile,
    BadYaml,
    NoSuchValue,
    Verified,
    read_edition,
    read_exact_text,
    read_folder,
)

WHOLE = """
standard: GB 1
edition: GB 1-2026
title: 试验
effective: {from: 2026-03-01, to: null}
verified: primary_text
how_verified: 核读
phases:
  early: {from: 2026-03-01, to: 2030-12-31, clause: "4.4"}
  late: {from: 2031-01-01, to: null, clause: "4.4"}
tables:
  - table: limits
    clause: 表1
    unit: µg/m³
    columns: {grade: [1, 2]}
    rows:
      - {parameter: PM2.5, values: [0.1, 2]}
      - {parameter: CO, unit: mg/m³, clause: 4.10, verified: one_source, values: [4, null]}
  - table: rule
    clause: 表2
    rows:
      - {what: mark, value: NA}
      - {what: top, phase: early, value: 5}
      - {what: top, phase: late, value: 6}
"""


@pytest.fixture
def whole(tmp_path):
    path = tmp_path / "air" / "gb1.yaml"
    path.parent.mkdir()
    path.write_text(WHOLE, encoding="utf-8")
    return read_edition(path)


def damaged(tmp_path, old, new):
    assert old in WHOLE
    path = tmp_path / "damaged.yaml"
    path.write_text(WHOLE.replace(old, new), encoding="utf-8")
    return path


class TestAFile:
    def test_its_decimals_are_exact(self, whole):
        (cell,) = [c for c in whole.cells if c.keys == {"parameter": "PM2.5", "grade": "1"}]
        assert cell.value == Decimal("0.1")
        assert (cell.unit, cell.clause, cell.verified) == ("µg/m³", "表1", Verified.PRIMARY_TEXT)

    def test_a_row_may_differ_in_unit_clause_and_certainty(self, whole):
        cell = next(c for c in whole.cells if c.keys == {"parameter": "CO", "grade": "1"})
        assert (cell.unit, cell.clause, cell.verified) == ("mg/m³", "4.10", Verified.ONE_SOURCE)

    def test_an_empty_place_stays_empty_and_is_no_number(self, whole):
        cell = next(c for c in whole.cells if c.keys == {"parameter": "CO", "grade": "2"})
        assert cell.value is None
        with pytest.raises(NoSuchValue, match="holds None"):
            _ = cell.number

    def test_its_subject_is_its_folder(self, whole):
        assert whole.subject == "air"

    def test_two_files_of_one_edition_are_refused(self, tmp_path):
        for name in ("a", "b"):
            (tmp_path / f"{name}.yaml").write_text(WHOLE, encoding="utf-8")
        with pytest.raises(BadDataFile, match="stands in"):
            read_folder(tmp_path)


class TestADamagedFile:
    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("standard: GB 1\n", "", "standard is missing"),
            ("title: 试验", "title: ''", "title is ''"),
            ("title: 试验", "titel: 试验", "unknown keys"),
            ("verified: primary_text", "verified: surely", "is none of"),
            ("from: 2026-03-01, to: null", "from: 2026-03, to: null", "is not a day"),
            ("{from: 2026-03-01, to: null}", "{from: null, to: null}", "first day is empty"),
            ("{from: 2026-03-01, to: null}", "{from: 2026-03-01, to: 2026-02-28}", "lies before"),
            ("{from: 2026-03-01, to: null}", "soon", "write a mapping"),
            ("values: [0.1, 2]", "values: [0.1]", "1 values for 2 columns"),
            ("values: [0.1, 2]", "values: [0.1, true]", "neither number"),
            ("values: [0.1, 2]", "value: 1", "values is missing"),
            ("what: mark, value: NA", "what: mark", "value is missing"),
            ("what: mark", "what: false", "is not a word"),
            ("phase: early, value: 5", "phase: never, value: 5", "is none of"),
            ("phase: late, value: 6", "phase: early, value: 6", "stands twice"),
            ("phase: late, value: 6", "value: 6", "stands twice"),
            ("columns: {grade: [1, 2]}", "columns: {grade: [1, 2], water: [1, 2]}", "columns have one label"),
            ("    clause: 表2\n", "", "clause"),
            ("rows:\n      - {what: mark", "rows: []\n    strange:\n      - {what: mark", "unknown keys"),
            ("edition: GB 1-2026", "standard: GB 2", "stands twice"),
            ("standard: GB 1", "standard: [", "expected"),
        ],
    )
    def test_it_is_refused_with_the_reason(self, tmp_path, old, new, words):
        with pytest.raises(BadDataFile, match=words):
            read_edition(damaged(tmp_path, old, new))

    def test_an_empty_list_of_rows_is_refused(self, tmp_path):
        path = tmp_path / "x.yaml"
        path.write_text(WHOLE.split("tables:")[0] + "tables: []\n", encoding="utf-8")
        with pytest.raises(BadDataFile, match="at least one entry"):
            read_edition(path)


class TestExactYaml:
    def test_what_looks_like_a_float_and_is_none_is_refused(self):
        with pytest.raises(BadYaml, match="not a decimal"):
            read_exact_text("1:30.5")

    def test_a_word_that_only_begins_like_a_truth_value_stays_a_word(self):
        assert read_exact_text("{false_data: truely, t: true}") == {"false_data": "truely", "t": True}

    def test_only_true_and_false_are_truth_values(self):
        assert read_exact_text("{on: NO, b: true, c: off, d: tru}") == {
            "on": "NO",
            "b": True,
            "c": "off",
            "d": "tru",
        }

    def test_merged_mappings_are_read(self):
        assert read_exact_text("a: &a {x: 1.50}\nb: {<<: *a, y: 2}")["b"] == {"x": Decimal("1.50"), "y": 2}
