"""A row by hand: which records of the plan it may come from, and what it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.annual.beginnings import Beginning
from qingshan.annual.models import AnnualPlan
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.kernel.refs import Ref
from qingshan.plans.public import known_records

__all__ = ["beginning_of", "records_of"]

_KINDS = {
    "indicator": RowKind.TARGET,
    "measure": RowKind.MEASURE,
    "project": RowKind.PROJECT,
    "commitment": RowKind.COMMITMENT,
}


def records_of(*, annual: AnnualPlan, user: Any, on: date) -> dict[Ref, str]:
    """Return what a row may come from, under names a person knows it by."""
    return {
        one.ref: f"{_KINDS[one.kind].label} {one.code} {one.name}"
        for one in known_records(plan=annual.plan)
        if one.ref is not None and one.kind in _KINDS
    }


def beginning_of(source: str, records: Mapping[Ref, str], facts: Mapping[str, Any], year: int) -> Beginning:
    """Return a row as its form gives it."""
    ref = Ref.read(source)
    kind = _KINDS[ref.kind]
    label = records[ref].split(" ", 2)[2]
    given = {**facts, "basis": Basis.NEGOTIATED, "method": _("由规划管理员新增。")}
    given["name"] = (facts["name"] or label)[:300]
    given["due_on"] = facts["due_on"] or date(year, 12, 31)
    return Beginning(kind, ref, given)
