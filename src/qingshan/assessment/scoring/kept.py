"""Rows, facts and sheets as plain data and back, without loss: what is frozen is this.

Numbers are texts: a decimal as it was written, a fraction as ``75/14``. Reading back what was kept gives an
equal shape, so a frozen sheet is shown by the same code as one just reckoned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.assessment.scoring.shapes import (
    Because,
    Conduct,
    ConductSheet,
    Line,
    ListKind,
    ListSheet,
    Row,
    Scheme,
    Sheet,
    Verdict,
)
from qingshan.plans.packs.words import Attribute, Direction

__all__ = ["conduct_from", "plain_conduct", "plain_row", "plain_sheet", "row_from", "sheet_from"]

Plain = dict[str, Any]
_NUMBERS = ("baseline", "target", "actual", "done")


def plain_row(row: Row) -> Plain:
    """Return a row as JSON holds it."""
    held = {field.name: getattr(row, field.name) for field in fields(Row)}
    for name in _NUMBERS:
        held[name] = None if held[name] is None else f"{held[name]:f}"
    return {**held, "joint": list(row.joint), "joint_ids": list(row.joint_ids)}


def row_from(plain: Mapping[str, Any]) -> Row:
    """Read a row that was kept."""
    numbers = {name: None if plain[name] is None else Decimal(plain[name]) for name in _NUMBERS}
    words: dict[str, Any] = {
        "attribute": Attribute(plain["attribute"]),
        "direction": Direction(plain["direction"]),
        "verdict": None if plain["verdict"] is None else Verdict(plain["verdict"]),
        "joint": tuple(plain["joint"]),
        "joint_ids": tuple(plain.get("joint_ids", ())),
    }
    return Row(**{**plain, **numbers, **words})


def plain_conduct(fact: Conduct) -> Plain:
    """Return a fact beside the lists as JSON holds it."""
    held = {field.name: getattr(fact, field.name) for field in fields(Conduct)}
    return {**held, "whose": None if fact.whose is None else list(fact.whose)}


def conduct_from(plain: Mapping[str, Any]) -> Conduct:
    """Read a fact that was kept."""
    whose = plain.get("whose")
    return Conduct(**{**plain, "whose": None if whose is None else tuple(whose)})


def plain_sheet(sheet: Sheet) -> Plain:
    """Return a sheet as JSON holds it; its scheme is kept apart, as the text it was read from."""
    return {
        "lists": [_plain_list(one) for one in sheet.lists],
        "conduct": [_plain_conduct_sheet(one) for one in sheet.conduct],
        "sum": str(sheet.sum),
        "total": str(sheet.total),
        "grade": sheet.grade,
        "because": list(sheet.because),
        "cut": list(sheet.cut),
        "department": sheet.department,
        "zone": sheet.zone,
    }


def sheet_from(plain: Mapping[str, Any], scheme: Scheme) -> Sheet:
    """Read a sheet that was kept.

    Raises
    ------
    StopIteration
        The scheme is not the one the sheet was reckoned by.
    """
    return Sheet(
        scheme=scheme,
        lists=tuple(_list_from(one) for one in plain["lists"]),
        conduct=tuple(_conduct_sheet_from(one, scheme) for one in plain["conduct"]),
        sum=Fraction(plain["sum"]),
        total=Decimal(plain["total"]),
        grade=plain["grade"],
        because=tuple(Because(one) for one in plain["because"]),
        cut=tuple(plain["cut"]),
        department=plain["department"],
        zone=plain["zone"],
    )


def _plain_list(sheet: ListSheet) -> Plain:
    return {
        "kind": sheet.kind,
        "full": str(sheet.full),
        "lines": [_plain_line(line) for line in sheet.lines],
        "earned": str(sheet.earned),
        "points": str(sheet.points),
        "cut": sheet.cut,
    }


def _list_from(plain: Mapping[str, Any]) -> ListSheet:
    return ListSheet(
        kind=ListKind(plain["kind"]),
        full=Fraction(plain["full"]),
        lines=tuple(_line_from(line) for line in plain["lines"]),
        earned=Fraction(plain["earned"]),
        points=Fraction(plain["points"]),
        cut=plain["cut"],
    )


_EXACT = ("weight", "full", "share", "points")


def _plain_line(line: Line) -> Plain:
    numbers = {name: str(getattr(line, name)) for name in _EXACT}
    return {"row": plain_row(line.row), **numbers, "why": line.why, "left_out": line.left_out}


def _line_from(plain: Mapping[str, Any]) -> Line:
    numbers = {name: Fraction(plain[name]) for name in _EXACT}
    return Line(row=row_from(plain["row"]), **numbers, why=plain["why"], left_out=plain["left_out"])


def _plain_conduct_sheet(sheet: ConductSheet) -> Plain:
    return {
        "kind": sheet.rule.kind,
        "cases": [plain_conduct(case) for case in sheet.cases],
        "points": str(sheet.points),
        "why": sheet.why,
    }


def _conduct_sheet_from(plain: Mapping[str, Any], scheme: Scheme) -> ConductSheet:
    return ConductSheet(
        rule=next(rule for rule in scheme.conduct if rule.kind == plain["kind"]),
        cases=tuple(conduct_from(case) for case in plain["cases"]),
        points=Fraction(plain["points"]),
        why=plain["why"],
    )
