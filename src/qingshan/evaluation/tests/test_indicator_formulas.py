"""Every indicator of plan 001 is computed by a function, and what cannot be is refused by name."""

import doctest
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.evaluation import indicator_formulas
from qingshan.evaluation.indicator_formulas import (
    BadIndicatorInput,
    InputKind,
    formulas,
    indicator_value,
)
from qingshan.kernel.basis import Missing
from qingshan.standards.public import read_exact

ROOT = Path(__file__).resolve().parents[4]
CATALOGUE = {
    row["code"]: row
    for row in read_exact(ROOT / "src/qingshan/plans/catalogue/indicators.yaml")["indicators"]
}
OF_PLAN_001 = {
    code: re.search(r"001第(\d+)项", note)[1]
    for code, row in CATALOGUE.items()
    for note in row.get("notes", ())
    if "001第" in note
}
CASES = read_exact(Path(__file__).parent / "indicator_cases.yaml")


def plain(formula):
    """Inputs that are possible: parts of 1, wholes of 2, every requirement met."""
    given = {}
    for name, one in formula.inputs.items():
        if one.kind is InputKind.YES_NO:
            given[name] = True
        elif one.bound is not None:
            given[name] = one.bound.at_least if one.bound.at_least is not None else one.bound.at_most
        else:
            given[name] = 2 if name in ("whole", "base_whole", "unit", "population", "base") else 1
    return given


class TestEveryIndicatorOfPlan001:
    def test_all_36_are_there(self):
        assert {int(number) for number in OF_PLAN_001.values()} == set(range(1, 37))
        assert len(OF_PLAN_001) == 39
        assert set(OF_PLAN_001) <= set(formulas())

    def test_a_formula_names_the_item_it_belongs_to(self):
        for code, number in OF_PLAN_001.items():
            assert re.match(r"\d+", formulas()[code].item)[0] == number

    def test_no_formula_is_for_an_indicator_that_the_catalogue_does_not_have(self):
        assert set(formulas()) <= set(CATALOGUE)

    @pytest.mark.parametrize("code", formulas())
    def test_it_has_the_unit_of_the_catalogue_a_label_and_a_unit_for_each_input(self, code):
        formula, row = formulas()[code], CATALOGUE[code]
        unit = "%" if formula.unit == "个百分点" else formula.unit
        assert unit == row.get("unit", "")
        assert (formula.function == "fulfilment") == (row["direction"] == "qualitative")
        for one in formula.inputs.values():
            assert re.search(r"[\u4e00-\u9fff]", one.label)
            if one.kind is not InputKind.YES_NO and formula.function != "ecological_index":
                assert one.unit

    @pytest.mark.parametrize("code", formulas())
    def test_it_is_computed(self, code):
        formula = formulas()[code]
        found = indicator_value(code, plain(formula))
        if formula.function == "fulfilment":
            assert (found.met, found.failed, found.value) == (True, (), None)
        else:
            assert isinstance(found.value, Fraction)
            assert found.met is None
        assert formula.source in found.basis.clauses

    @pytest.mark.parametrize("code", formulas())
    def test_what_is_not_known_is_not_zero(self, code):
        formula = formulas()[code]
        for name in formula.inputs:
            found = indicator_value(code, {**plain(formula), name: None})
            open_one = found.met if formula.function == "fulfilment" else found.value
            assert open_one == Missing(f"unknown_{name}")

    @pytest.mark.parametrize("code", formulas())
    def test_a_bad_input_is_refused_by_its_name(self, code):
        formula = formulas()[code]
        good = plain(formula)
        for name, one in formula.inputs.items():
            bad = [0.5, "viel"] if one.kind is not InputKind.YES_NO else [1, "是"]
            if one.kind in (InputKind.NUMBER, InputKind.COUNT, InputKind.PERCENT):
                bad += ["-1", True]
            if one.kind is InputKind.COUNT:
                bad.append("1.5")
            if one.kind is InputKind.PERCENT:
                bad.append("100.1")
            for value in bad:
                with pytest.raises(BadIndicatorInput) as refused:
                    indicator_value(code, {**good, name: value})
                assert (refused.value.code, refused.value.input) == (code, name)
                assert one.label in str(refused.value)
            with pytest.raises(BadIndicatorInput, match=f"{code}.{name}: .*没有给"):
                indicator_value(code, {key: value for key, value in good.items() if key != name})
        with pytest.raises(BadIndicatorInput, match="nonsense: asked for are"):
            indicator_value(code, {**good, "nonsense": 1})


class TestByHand:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["code"])
    def test_a_worked_case(self, case):
        found = indicator_value(case["code"], case["given"])
        if "met" in case:
            assert found.met is case["met"]
            assert list(found.failed) == case.get("failed", [])
        else:
            assert found.value == Fraction(str(case["value"]))

    def test_every_indicator_of_plan_001_has_a_case(self):
        assert set(OF_PLAN_001) == {case["code"] for case in CASES} & set(OF_PLAN_001)


class TestRefusals:
    def test_an_indicator_without_a_formula_is_refused(self):
        with pytest.raises(BadIndicatorInput, match="no formula"):
            indicator_value("happiness", {})

    def test_a_part_beyond_its_whole_is_refused(self):
        with pytest.raises(BadIndicatorInput, match="forest-coverage: 3 of 2"):
            indicator_value("forest-coverage", {"part": 3, "whole": 2})

    def test_too_few_people_asked_is_no_result(self):
        asked = {"percent": 90, "asked": 1, "population": 5000}
        assert indicator_value("public-awareness", asked).value == Missing("1_asked_of_5_needed")

    def test_a_reason_for_a_gap_may_be_given(self):
        found = indicator_value("river-chief-system", {"chiefs": True, "duties": Missing("under_review")})
        assert found.unknown == ("duties",)


class TestBasis:
    def test_a_formula_that_is_not_printed_says_so(self):
        (said,) = indicator_value("forest-coverage", {"part": 1, "whole": 2}).basis.unverified
        assert "公式文件未印" in said
        given = {"plant": 1, "other": 1, "whole": 2}
        assert indicator_value("urban-sewage-treatment-rate", given).basis.unverified == ()

    def test_the_ecological_index_rests_on_its_standard(self):
        parts = {"biology": 60, "vegetation": 70, "water": 50, "land_stress": 10, "pollution_load": 5}
        found = indicator_value("ecological-index", parts, on=date(2024, 6, 1))
        assert "HJ 192-2015" in found.basis.editions
        assert found.value == 69


class TestProperties:
    @given(st.sampled_from([code for code, one in formulas().items() if one.function == "share"]), st.data())
    def test_a_share_lies_between_nothing_and_everything(self, code, data):
        whole = data.draw(st.integers(1, 10**6))
        part = data.draw(st.integers(0, whole))
        assert 0 <= indicator_value(code, {"part": part, "whole": whole}).value <= 100


class TestHandbook:
    PAGE = ROOT / "docs/indicator-formulas.md"

    def test_its_example_runs(self):
        failed, tried = doctest.testfile(str(self.PAGE), module_relative=False, encoding="utf-8")
        assert tried > 0
        assert failed == 0

    def test_it_names_every_formula_with_its_function_and_inputs(self):
        text = self.PAGE.read_text(encoding="utf-8")
        for code, formula in formulas().items():
            (line,) = [row for row in text.splitlines() if f"`{code}`" in row]
            assert f"`{formula.function}`" in line
            for name in formula.inputs:
                assert name in line, (code, name)

    def test_every_function_of_the_table_is_used(self):
        used = {one.function for one in formulas().values()}
        assert used == set(indicator_formulas._FUNCTIONS) | {"fulfilment", "ecological_index"}
