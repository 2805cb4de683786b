"""The baseline of the next plan: computed from the last value, never invented (新基准值).

What counts as the last value is the ledger's word: the value that counts of the last whole year which may be
evaluated. A value for a part of a year is no baseline. Where there is none, the baseline is not available,
and says why. A redefined indicator begins without one: a value counted the old way is no base of a path
counted the new way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans import public as plans
from qingshan.plans.public import MeasuredKind, Operator, Typed, ValueKind, typed_in_words
from qingshan.succession.vocabulary import Decision

__all__ = ["Baseline", "baseline_of"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A new baseline with the value it rests on, or none and the reason.

    ``value`` is the ledger's value (its ref, year, kind, condition), None where there is no baseline.
    """

    typed: Typed | None
    year: int | None
    condition: str
    value: Any
    basis: str

    @property
    def words(self) -> str:
        """The baseline as a page prints it."""
        return _("暂缺") if self.typed is None else typed_in_words(self.typed)


def baseline_of(standing: Any, decision: Decision) -> Baseline:
    """Return the baseline that an indicator takes into the next plan.

    Parameters
    ----------
    standing : Standing
        The indicator with all that is known of it on the day.
    decision : Decision
        Whether it is kept as it is, or redefined.
    """
    value = plans.last_whole_year(standing)
    if value is None:
        return _none(_without(standing))
    if decision is Decision.REDEFINE:
        return _none(
            _("口径重新定义，按原口径计算的数值（%s）不能沿用为基准值。") % in_words(value, standing)
        )
    unit = value.unit or standing.version.unit
    if value.number is not None:
        typed = Typed(ValueKind.NUMBER, Operator.EQUAL, value.number, unit, implied=True)
    else:
        text = value.text or value.get_finding_display()
        typed = Typed(ValueKind.QUALITATIVE, text=text)
    return Baseline(typed, value.year, value.condition, value, in_words(value, standing))


def in_words(value: Any, standing: Any) -> str:
    """Return which value it is: year, number, kind, condition, scope and the day it speaks of."""
    number = value.text or value.get_finding_display()
    if value.number is not None:
        number = f"{value.number:f}{value.unit or standing.version.unit}"
    parts = [
        _("%(year)d年 %(number)s") % {"year": value.year, "number": number},
        str(MeasuredKind(value.kind).label),
        value.condition,
        _("截至 %s") % value.as_of,
    ]
    if scope := standing.version.baseline_scope:
        parts.append(_("原基准值范围：%s") % scope)
    return "，".join(part for part in parts if part)


def _without(standing: Any) -> str:
    if not standing.values:
        return _("上一轮没有经审核的数值，基准值暂缺。")
    excluded = sorted(set(standing.values) & set(standing.excluded))
    if excluded and len(excluded) == len(standing.values):
        return _("有数值的年度（%s）均经批准不予评估，基准值暂缺。") % "、".join(map(str, excluded))
    return _("只有年内部分时段的数值，不能作全年基准值，基准值暂缺。")


def _none(basis: str) -> Baseline:
    return Baseline(None, None, "", None, basis)
