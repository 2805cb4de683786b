"""Computes an indicator of a plan by its code: the function, what it asks for, what is refused (指标公式)."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from qingshan.evaluation.ecology_rules import EcologyRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import exact
from qingshan.science.emission.intensity import reduction_against_base
from qingshan.science.indicators.requirements import Bound, Fulfilment, fulfilment, within
from qingshan.science.indicators.shares import (
    amount_per_unit,
    combined_share,
    share,
    share_cut,
    share_gain,
)
from qingshan.science.indicators.surveys import survey_mean, survey_result
from qingshan.standards.public import read_exact

__all__ = [
    "BadIndicatorInput",
    "Formula",
    "IndicatorValue",
    "Input",
    "InputKind",
    "formulas",
    "indicator_value",
]

TABLE = Path(__file__).with_name("indicator_formulas.yaml")
"""Which function computes which indicator."""


class BadIndicatorInput(ValueError):
    """An indicator is unknown, or an input of it is missing, unknown or impossible; the message names it."""

    def __init__(self, code: str, name: str, why: str) -> None:
        super().__init__(f"{code}.{name}: {why}" if name else f"{code}: {why}")
        self.code, self.input = code, name


class InputKind(enum.StrEnum):
    """What an input may be."""

    NUMBER = "number"
    SIGNED = "signed"
    COUNT = "count"
    PERCENT = "percent"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Input:
    """One quantity that a formula asks for: label, kind and unit; a bound makes it a requirement."""

    label: str
    kind: InputKind
    unit: str = ""
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """How an indicator is computed.

    ``item`` is its number in the appendix of plan 001, or empty. ``printed`` says whether the plan prints
    the formula; where it does not, the function follows what the plan explains, and the basis says so.
    """

    code: str
    function: str
    inputs: Mapping[str, Input]
    unit: str
    source: str
    item: str = ""
    printed: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """An indicator's value, or whether it is met; the other one is None.

    Either is Missing, with its reason, where something is not known. ``failed`` and ``unknown`` name the
    requirements that are not met or not known.
    """

    formula: Formula
    value: Fraction | Missing | None
    met: bool | Missing | None = None
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    basis: Basis = field(default_factory=Basis)


Given = Mapping[str, Any]


def indicator_value(
    code: str, given: Given, *, on: date | None = None, allow_unverified: bool = False
) -> IndicatorValue:
    """Return an indicator from what was counted or measured.

    Parameters
    ----------
    code : str
        Code of the catalogue of indicators.
    given : mapping of input to Decimal, Fraction, int, str, bool, Missing or None
        Every input that the formula asks for, in its unit. None and Missing are values not known.
    on : date or None
        Day of the data, for the indicator that rests on a standard (EI); None takes the shipped edition.
    allow_unverified : bool
        As the door of `standards` says, for that indicator.

    Returns
    -------
    IndicatorValue
        Not rounded; Missing as soon as a number is not known.

    Raises
    ------
    BadIndicatorInput
        No such indicator; an input that is missing or unknown; a binary float, a text, a negative or
        fractional number where none can be; a part larger than its whole.

    Examples
    --------
    >>> indicator_value("forest-coverage", {"part": "4000", "whole": "9500"}).value
    Fraction(800, 19)
    >>> indicator_value("river-chief-system", {"chiefs": True, "duties": None}).met
    Missing(reason='unknown_duties')
    """
    formula = formulas().get(code)
    if formula is None:
        raise BadIndicatorInput(code, "", "no formula computes it")
    read = _read(formula, given)
    said = () if formula.printed or not formula.item else (f"{code} 的公式文件未印，据释义写出",)
    basis = Basis((), (formula.source,), said)
    if formula.function == "fulfilment":
        return _judged(formula, read, basis)
    if gaps := [name for name, value in read.items() if isinstance(value, Missing)]:
        return IndicatorValue(formula, Missing(f"unknown_{'_and_'.join(gaps)}"), basis=basis)
    if formula.function == "ecological_index":
        verdict = EcologyRules(on, allow_unverified=allow_unverified).judge_ei(read)
        return IndicatorValue(formula, verdict.value, basis=Basis((), (formula.source,)) | verdict.basis)
    try:
        value = _FUNCTIONS[formula.function](read)
    except ValueError as problem:
        raise BadIndicatorInput(code, "", str(problem)) from None
    return IndicatorValue(formula, value, basis=basis)


@cache
def formulas() -> Mapping[str, Formula]:
    """Return every formula by the code of its indicator.

    Examples
    --------
    >>> formulas()["urban-sewage-treatment-rate"].inputs["plant"].unit
    'm³'
    """
    return {one.code: one for one in map(_formula, read_exact(TABLE)["formulas"])}


def _formula(raw: Mapping[str, Any]) -> Formula:
    inputs = {name: _input(body) for name, body in raw["inputs"].items()}
    words = {name: raw[name] for name in ("item", "printed") if name in raw}
    return Formula(raw["code"], raw["function"], inputs, raw.get("unit", ""), raw["source"], **words)


def _input(body: Mapping[str, Any]) -> Input:
    ends = {name: body[name] for name in ("at_least", "at_most") if name in body}
    return Input(
        body["label"], InputKind(body["kind"]), body.get("unit", ""), Bound(**ends) if ends else None
    )


def _read(formula: Formula, given: Given) -> dict[str, Any]:
    for name in given:
        if name not in formula.inputs:
            raise BadIndicatorInput(formula.code, name, f"asked for are {'、'.join(formula.inputs)}")
    read = {}
    for name, wanted in formula.inputs.items():
        if name not in given:
            raise BadIndicatorInput(formula.code, name, f"{wanted.label}没有给；不知道时给 None")
        try:
            read[name] = _value(given[name], wanted)
        except (TypeError, ValueError) as problem:
            raise BadIndicatorInput(formula.code, name, f"{wanted.label}：{problem}") from None
    return read


def _value(value: Any, wanted: Input) -> Fraction | bool | Missing:
    if value is None:
        return Missing("not_reported")
    if isinstance(value, Missing):
        return value
    if wanted.kind is InputKind.YES_NO:
        if not isinstance(value, bool):
            raise TypeError(f"{value!r} is neither yes nor no")
        return value
    if not isinstance(value, Decimal | Fraction | int | str):
        raise TypeError(f"{value!r} is no exact number")
    number = exact(value)
    if wanted.kind is not InputKind.SIGNED and number < 0:
        raise ValueError(f"{value} is below zero")
    if wanted.kind is InputKind.COUNT and number.denominator != 1:
        raise ValueError(f"{value} is not a whole number")
    if wanted.kind is InputKind.PERCENT and number > 100:
        raise ValueError(f"{value} is above 100")
    return number


def _judged(formula: Formula, read: Mapping[str, Any], basis: Basis) -> IndicatorValue:
    answers: dict[str, bool | Missing] = {}
    for name, value in read.items():
        bound = formula.inputs[name].bound
        answers[name] = value if bound is None or isinstance(value, Missing) else within(value, bound)
    found: Fulfilment = fulfilment(answers)
    return IndicatorValue(formula, None, found.met, found.failed, found.unknown, basis)


_FUNCTIONS: Mapping[str, Callable[[Any], Fraction | Missing]] = {
    "share": lambda read: share(read["part"], read["whole"]),
    "share_gain": lambda read: share_gain(read["part"], read["whole"], read["base_part"], read["base_whole"]),
    "share_cut": lambda read: share_cut(read["part"], read["whole"], read["base_part"], read["base_whole"]),
    "combined_share": lambda read: combined_share([read["plant"], read["other"]], read["whole"]),
    "amount_per_unit": lambda read: amount_per_unit(read["amount"], read["unit"]),
    "reduction": lambda read: reduction_against_base(read["base"], read["current"]),
    "survey_result": lambda read: survey_result(read["percent"], int(read["asked"]), int(read["population"])),
    "survey_mean": lambda read: survey_mean(
        read["site_percent"], read["agency_percent"], int(read["asked_on_site"]), int(read["population"])
    ),
}
