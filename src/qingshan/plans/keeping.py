"""Money that is kept entry by entry in a room above: its sums come from there, and are not typed over here.

This room does not know who keeps it. Whoever does says so with `register_keeper`, in ``portal/wiring.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.models import Project

__all__ = ["Keeper", "register_keeper", "require_unkept"]

#: ``(project, year, funds)`` -> whether receipts or payments of that line are kept one by one.
Keeper = Callable[[Project, int, str], bool]
_SUMS = ("received_yuan", "paid_yuan")

_KEEPERS: dict[str, Keeper] = {}


def register_keeper(name: str, keeper: Keeper) -> None:
    """Let a higher room keep the money of lines; a name that is known already is replaced."""
    _KEEPERS[name] = keeper


def require_unkept(project: Project, year: int, funds: str, amounts: Mapping[str, Any]) -> None:
    """Refuse a sum typed over what is kept entry by entry.

    Raises
    ------
    LedgerRefusal
        The line has entries, and the amounts name received or paid.
    """
    if not any(name in amounts for name in _SUMS):
        return
    if any(keeper(project, year, funds) for keeper in _KEEPERS.values()):
        raise LedgerRefusal(
            _("%(year)d 年“%(funds)s”已按流水登记，到位和支付由流水合计；请在“资金流水”登记或冲销。")
            % {"year": year, "funds": funds}
        )
