"""Amounts as pages print them: in ten thousand yuan (万元), with day and source; what is missing says so."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from qingshan.funds.queries import Amount
from qingshan.kernel.figure import Figure
from qingshan.plans import public as plans

__all__ = ["amount_figure", "money_figure"]


def money_figure(
    yuan: int | None, *, on: date, source: str, simulated: bool, origin: str = "", missing: str = ""
) -> Figure:
    """Return one amount."""
    if yuan is None:
        return Figure(None, _("万元"), on, missing=missing or _("尚未登记"), simulated=simulated)
    return Figure(plans.wan(yuan), _("万元"), on, source, simulated, origin)


def amount_figure(amount: Amount | None, *, on: date, simulated: bool, of: str) -> Figure | None:
    """Return a sum, saying of how many parts, and how many of them are missing.

    Parameters
    ----------
    of : str
        What the parts are: 个项目, 笔资金.
    """
    if amount is None:
        return None
    told = _("%(parts)d %(of)s合计") % {"parts": amount.parts, "of": of}
    if amount.missing:
        told += _("，其中 %(missing)d %(of)s没有数据，未计入") % {"missing": amount.missing, "of": of}
    return money_figure(amount.yuan, on=on, source=told, simulated=simulated, missing=told)
