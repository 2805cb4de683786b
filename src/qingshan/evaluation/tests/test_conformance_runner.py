"""The runner counts honestly: what nobody compared does not pass."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from qingshan.cli import main
from qingshan.evaluation.conformance.comparing import differences
from qingshan.evaluation.conformance.examples import (
    BadExampleFile,
    Example,
    Family,
    Unsupported,
    read_examples,
)
from qingshan.evaluation.conformance.runner import Outcome, run_example, run_examples


def example(expected, kind="derived", strength="", family="double", **inputs):
    return Example("x-1", family, kind, strength, inputs, expected)


def double(given):
    if given.inputs["value"] is None:
        raise Unsupported("no value")
    return {"twice": given.inputs["value"] * 2}


FAMILIES = {"double": Family(double, notes=frozenset({"remark"}), tolerance={})}


class TestOneExample:
    def test_it_passes_when_every_result_agrees_and_lists_its_notes(self):
        result = run_example(example({"twice": 4, "remark": "two and two"}, value=2), FAMILIES)
        assert result.outcome is Outcome.PASSED
        assert result.notes == ("remark",)

    def test_it_fails_with_the_difference(self):
        result = run_example(example({"twice": 5}, value=2), FAMILIES)
        assert result.outcome is Outcome.FAILED
        assert result.reasons == ("twice: expected 5, computed 4",)

    def test_a_key_that_nobody_computes_makes_it_unsupported(self):
        result = run_example(example({"twice": 4, "thrice": 6}, value=2), FAMILIES)
        assert result.outcome is Outcome.UNSUPPORTED
        assert "thrice" in result.reasons[0]

    def test_a_calculation_that_cannot_be_made_is_unsupported_with_its_reason(self):
        assert run_example(example({"twice": 4}, value=None), FAMILIES).reasons == ("no value",)

    def test_inputs_of_another_shape_are_unsupported_and_end_no_run(self):
        result = run_example(example({"twice": 4}, amount=2), FAMILIES)
        assert result.outcome is Outcome.UNSUPPORTED
        assert "do not fit: KeyError: 'value'" in result.reasons[0]

    def test_a_figure_that_is_no_number_fails_and_ends_no_run(self):
        for word in ("NaN", "Infinity"):
            assert run_example(example({"twice": Decimal(word)}, value=2), FAMILIES).outcome is Outcome.FAILED

    def test_a_family_of_another_subject_is_out_of_scope(self):
        assert run_example(example({}, family="noise"), FAMILIES).outcome is Outcome.OUT_OF_SCOPE


class TestComparing:
    @pytest.mark.parametrize(
        ("expected", "computed"),
        [
            (True, 1),
            (1, True),
            (None, "x"),
            ("1", 1),
            ([1, 2], [1]),
            ([1, 2], [2, 1]),
            ({"a": 1}, {}),
            ({"a": 1}, {"a": 2}),
            ({"a": 1}, [1]),
            (Decimal("0.1"), Fraction(1, 9)),
        ],
    )
    def test_things_that_differ(self, expected, computed):
        assert differences({"key": expected}, {"key": computed}, {})

    @pytest.mark.parametrize(
        ("expected", "computed"),
        [
            (Decimal("0.10"), Fraction(1, 10)),
            (100, Decimal("100.0")),
            (None, None),
            ([], []),
            ({1: "a"}, {"1": "a", "2": "b"}),
            (["PM2.5"], ("PM2.5",)),
        ],
    )
    def test_things_that_agree(self, expected, computed):
        assert differences({"key": expected}, {"key": computed}, {}) == ()

    def test_a_tolerance_counts_for_its_key_only(self):
        near = {"a": Decimal("1.02")}
        assert differences({"a": Decimal("1.00")}, near, {"a": Decimal("0.02")}) == ()
        assert differences({"a": Decimal("1.00")}, near, {"b": Decimal("0.02")})
        assert differences({"a": Decimal("0.99")}, near, {"a": Decimal("0.02")})

    def test_a_list_that_names_a_set_has_no_order(self):
        tied, other = {"primary": ["PM10", "PM2.5"]}, {"primary": ("PM2.5", "PM10")}
        assert differences(tied, other, {}, frozenset({"primary"})) == ()
        assert differences(tied, other, {})
        assert differences({"primary": 1}, {"primary": 1}, {}, frozenset({"primary"})) == ()


class TestReport:
    def test_conflicts_and_third_parties_are_counted_apart(self):
        wrong = {"twice": 5}
        report = run_examples(
            [
                example({"twice": 4}, value=2),
                example(wrong, kind="published_conflict", value=2),
                example(wrong, kind="published", strength="third_party", value=2),
                example(wrong, kind="published", strength="official", value=2),
            ],
            FAMILIES,
        )
        data = report.as_data()
        assert (data["passed"], data["failed"]) == (1, 1)
        assert data["apart"]["third_party"]["failed"] == 1
        assert data["apart"]["published_conflict"]["failed"] == 1
        assert data["families"] == {"double": {"passed": 1, "failed": 3}}


FILE = """
examples:
  - {id: a, family: family_of_nobody, kind: derived, inputs: {Leq: 55.5}, expected: {grade: 1}}
  - {id: b, topic: section_class_of_nobody, kind: published, inputs: {}, expected: {}}
"""


class TestFiles:
    def test_family_and_topic_are_one_thing_and_decimals_are_exact(self, tmp_path):
        path = tmp_path / "examples.yaml"
        path.write_text(FILE, encoding="utf-8")
        one, two = read_examples(path)
        assert one.inputs == {"Leq": Decimal("55.5")}
        assert two.family == "section_class_of_nobody"

    @pytest.mark.parametrize("text", ["[]", "examples: 1", "examples: [1]", "examples: [{id: 1}]", "a: ["])
    def test_another_shape_is_refused(self, tmp_path, text):
        path = tmp_path / "examples.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadExampleFile):
            read_examples(path)

    def test_the_command_prints_counts_as_json(self, tmp_path, capsys):
        path = tmp_path / "examples.yaml"
        path.write_text(FILE, encoding="utf-8")
        assert main(["conformance", str(path), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert (data["passed"], data["failed"], data["unsupported"], data["out_of_scope"]) == (0, 0, 0, 2)
        assert main(["conformance", str(path)]) == 0
        assert "out of scope 2" in capsys.readouterr().out

    def test_the_command_fails_and_names_the_difference(self, tmp_path, capsys):
        path = tmp_path / "examples.yaml"
        inputs = "{pollutant: PM2.5, average: annual, grade: 2, date: '2026-06-01'}"
        rows = [
            f"{{id: a, family: gb3095, kind: derived, inputs: {inputs}, expected: {{limit: 35}}}}",
            "{id: b, family: composite_index, kind: published, strength: third_party, inputs: {limits: x},"
            " expected: {composite_index: 1, rules_that_reproduce_it: [A]}}",
        ]
        path.write_text("examples:\n" + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
        assert main(["conformance", str(path)]) == 1
        printed = capsys.readouterr().out
        assert "limit: expected 35, computed 30" in printed
        assert "b（third_party）\tno limits named 'x'" in printed
        assert "notes\tcomposite_index\trules_that_reproduce_it" in printed

    def test_the_command_refuses_a_file_of_another_shape(self, tmp_path, capsys):
        path = tmp_path / "examples.yaml"
        path.write_text("[]", encoding="utf-8")
        assert main(["conformance", str(path)]) == 2
        assert "no list of examples" in capsys.readouterr().err
