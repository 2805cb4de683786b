"""Numbers of the ledger as they are shown: value, unit, as-of date, source, and where they came from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.plans.models import IndicatorVersion, Value
from qingshan.plans.models.project import wan
from qingshan.plans.targets import Typed, typed_in_words
from qingshan.plans.vocabulary import MeasuredKind, ValueKind

__all__ = [
    "baseline_figure",
    "money_figure",
    "progress_figure",
    "typed_figure",
    "value_figure",
    "years_in_words",
]


def value_figure(value: Value, *, unit: str, simulated: bool, origin: str) -> Figure:
    """Return a value of an indicator as it is shown."""
    return Figure(
        value.number,
        value.unit or unit,
        value.as_of,
        f"{MeasuredKind(value.kind).label}{_('：')}{value.source}",
        simulated=simulated,
        origin=origin,
        text=value.text or (value.get_finding_display() if value.number is None else ""),
    )


def baseline_figure(version: IndicatorVersion, *, simulated: bool, origin: str) -> Figure:
    """Return the baseline of an indicator as it is shown, or why there is none."""
    year = version.baseline_year
    if version.baseline is None:
        return Figure(None, version.unit, missing=_("规划没有给出基准值"), simulated=simulated)
    told = "，".join(
        part for part in (version.baseline_scope, version.baseline_condition, version.baseline_note) if part
    )
    source = _("规划文本，基准值") + (f"（{told}）" if told else "")
    return typed_figure(
        version.baseline,
        raw=version.baseline_raw,
        unit=version.unit,
        as_of=date(year, 12, 31) if year else None,
        source=source,
        simulated=simulated,
        origin=origin,
    )


def typed_figure(
    typed: Typed,
    *,
    raw: str,
    unit: str,
    as_of: date | None,
    source: str,
    simulated: bool,
    origin: str,
) -> Figure:
    """Return a typed value: as a number where it is one, else in words; what is not there says why."""
    if typed.kind is ValueKind.NO_DATA:
        return Figure(
            None, unit, as_of, missing=_("规划印作“%s”，没有数据") % (typed.raw or raw), simulated=simulated
        )
    if typed.kind is ValueKind.NUMBER:
        return Figure(typed.value, typed.unit or unit, as_of, source, simulated, origin)
    return Figure(None, "", as_of, source, simulated, origin, text=typed_in_words(typed))


def money_figure(
    yuan: int | None, *, as_of: date, source: str, simulated: bool, origin: str = "", missing: str = ""
) -> Figure:
    """Return an amount in ten thousand yuan (万元)."""
    return Figure(
        None if yuan is None else wan(yuan),
        _("万元"),
        as_of,
        source,
        simulated,
        origin,
        missing=missing if yuan is None else "",
    )


def progress_figure(version: Any) -> Figure:
    """Return the progress of a measure, commitment or project with the day of its last approved report."""
    simulated = version.plan.simulated
    if version.percent is None:
        return Figure(None, "%", missing=_("尚无经审核的进展报告"), simulated=simulated)
    return Figure(version.percent, "%", version.reported_on, _("责任单位进展报告"), simulated=simulated)


def years_in_words(version: Any) -> str:
    """Return a project's years as one phrase."""
    if version.start_year is None and version.end_year is None:
        return version.years_raw or _("文本未写年限")
    if version.start_year == version.end_year:
        return str(version.end_year)
    return "—".join(str(year) if year else "" for year in (version.start_year, version.end_year))
