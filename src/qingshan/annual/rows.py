"""Entering and revising rows: the only place that writes versions of them. Rights are asked before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qingshan.annual.beginnings import Beginning
from qingshan.annual.errors import BadRow
from qingshan.annual.models import AnnualPlan, AnnualRow, AnnualRowVersion
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.history import public as history
from qingshan.plans.public import OPERATOR_SIGNS, Operator

__all__ = ["FIELDS", "current_row", "enter_rows", "label", "next_version"]

#: What a version of a row may be given.
FIELDS = (
    "name", "goal", "value", "operator", "unit", "basis", "method", "lead_id", "joint", "due_on",
    "evidence_wanted", "weight_hundredths", "quarterly", "included",
)  # fmt: skip


def enter_rows(
    annual: AnnualPlan, given: list[Beginning], *, by: Any, at: datetime, on: date, reason: str = ""
) -> list[AnnualRow]:
    """Enter rows with their first versions, numbered on from the last."""
    last = (
        AnnualRow.objects.filter(annual=annual).order_by("-number").values_list("number", flat=True).first()
    )
    checked = [_checked(one.facts, annual.year, one.kind) for one in given]
    rows = [
        AnnualRow(
            annual=annual, number=(last or 0) + place, kind=one.kind, source_ref=str(one.source),
            created_by=by, created_at=at,
        )
        for place, one in enumerate(given, start=1)
    ]  # fmt: skip
    AnnualRow.objects.bulk_create(rows)
    AnnualRowVersion.objects.bulk_create(
        AnnualRowVersion(subject=row, valid_from=on, recorded_at=at, recorded_by=by, reason=reason, **facts)
        for row, facts in zip(rows, checked, strict=True)
    )
    return rows


def current_row(row: AnnualRow) -> AnnualRowVersion:
    """Return a row as it is now."""
    found: AnnualRowVersion = AnnualRowVersion.objects.current().select_related("lead").get(subject=row)
    return found


def next_version(
    row: AnnualRow, seen: int, changes: Mapping[str, Any], *, by: Any, at: datetime, on: date, reason: str
) -> AnnualRowVersion:
    """Enter the next version of a row on top of the one the writer saw; unchanged, it stays the same.

    A number that somebody writes is negotiated, and no longer how the machine computed it.

    Raises
    ------
    BadRow
        A field does not hold what it may.
    StaleVersion
        Somebody changed the row meanwhile; it carries both versions.
    """
    held = current_row(row)
    if held.number != seen:
        raise history.StaleVersion(AnnualRowVersion.objects.get(subject=row, number=seen), held)
    merged = {**{name: getattr(held, name) for name in FIELDS}, **changes}
    if any(merged[name] != getattr(held, name) for name in ("goal", "value")):
        merged |= {"basis": Basis.NEGOTIATED, "method": changes.get("method", _("协商确定。"))}
        merged |= _target_words(row, held, merged)
    checked = _checked(merged, row.annual.year, row.what)
    return history.revise(
        held, changes=checked, valid_from=max(on, held.valid_from), by=by, at=at, reason=reason
    )


def _target_words(row: AnnualRow, held: AnnualRowVersion, merged: Mapping[str, Any]) -> dict[str, str]:
    """A target whose number alone is changed says the new number in its words."""
    if row.what is not RowKind.TARGET or merged["goal"] != held.goal or not merged["value"]:
        return {}
    sign = OPERATOR_SIGNS[Operator(merged["operator"])] if merged["operator"] else ""
    return {"goal": f"{sign.replace('=', '')}{merged['value']}{merged['unit']}"}


def _checked(facts: Mapping[str, Any], year: int, kind: RowKind) -> dict[str, Any]:
    """The fields as the table holds them.

    Raises
    ------
    BadRow
        Each field that does not hold what it may, under its label.
    """
    probe = AnnualRowVersion(**facts)
    left = [field.name for field in AnnualRowVersion._meta.fields if field.attname not in FIELDS]
    wrong: dict[str, list[str]] = {}
    try:
        probe.clean_fields(exclude=[*left, "lead"])
    except ValidationError as error:
        wrong = {label(name): told for name, told in error.message_dict.items()}
    if probe.value and not _is_number(probe.value):
        wrong[label("value")] = [_("“%s”不是数值") % probe.value]
    if isinstance(probe.due_on, date) and probe.due_on.year != year:
        told = _("%(due)s 不在 %(year)d 年内；跨年的工作每年另列") % {"due": probe.due_on, "year": year}
        wrong[label("due_on")] = [told]
    if probe.lead_id and probe.lead_id in probe.joint:
        wrong[label("joint")] = [_("牵头单位不再列为配合单位")]
    if wrong:
        raise BadRow(wrong)
    return {name: getattr(probe, name) for name in FIELDS}


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def label(name: str) -> str:
    """Return what a field of a row is called."""
    return str(AnnualRowVersion._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]
