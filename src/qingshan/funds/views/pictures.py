"""Bars of money: drawn lengths are whole thousandths of the greatest amount, and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.funds.figures import amount_figure
from qingshan.funds.queries import Amount, SummaryRow
from qingshan.kernel.figure import Figure
from qingshan.plans import public as plans

__all__ = ["Bar", "Shown", "bars", "chart_of_years", "sums_shown"]

_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount: its word, its figure, its length in thousandths; None where there is no amount."""

    kind: str
    label: str
    figure: Figure
    length: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a summary with its bars."""

    name: str
    projects: int
    bars: tuple[Bar, ...]


def bars(row: SummaryRow, most_yuan: int, *, on: date, simulated: bool) -> Shown:
    """Return a row as bars of one scale."""
    of = _("个项目") if row.invested is not None else _("笔资金")
    return Shown(
        row.name,
        row.projects,
        tuple(
            _bar(kind, label, amount, most_yuan, on=on, simulated=simulated, of=of)
            for kind, label, amount in _amounts(row)
            if amount is not None
        ),
    )


def sums_shown(row: SummaryRow, *, on: date, simulated: bool) -> Shown:
    """Return a row as figures, each a bar of its own whole."""
    most = max((amount.yuan or 0 for _kind, _label, amount in _amounts(row) if amount), default=0)
    return bars(row, most, on=on, simulated=simulated)


def _amounts(row: SummaryRow) -> tuple[tuple[str, str, Amount | None], ...]:
    return (
        ("invested", _("总投资"), row.invested),
        ("planned", _("计划"), row.planned),
        ("received", _("到位"), row.received),
        ("paid", _("支付"), row.paid),
    )


def _bar(kind: str, label: str, amount: Amount, most_yuan: int, *, on: date, simulated: bool, of: str) -> Bar:
    figure = amount_figure(amount, on=on, simulated=simulated, of=of)
    length = None if amount.yuan is None else _WHOLE * amount.yuan // most_yuan if most_yuan else 0
    return Bar(kind, label, figure or Figure(None), length)


def chart_of_years(rows: tuple[SummaryRow, ...]) -> dict[str, Any]:
    """Return what the chart of years draws; an amount nobody entered is a gap, never zero."""
    kinds = ((_("计划"), "planned"), (_("到位"), "received"), (_("支付"), "paid"))
    return {
        "unit": _("万元"),
        "years": [row.name for row in rows],
        "series": [
            {"name": label, "points": [_drawn(getattr(row, name)) for row in rows]} for label, name in kinds
        ],
    }


def _drawn(amount: Amount) -> float | None:
    return None if amount.yuan is None else float(plans.wan(amount.yuan))
