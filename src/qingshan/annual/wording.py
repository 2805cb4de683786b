"""Annual plans, rows and requests in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from qingshan.annual.models import AnnualPlan, RowRequest
from qingshan.plans.public import head_of

__all__ = ["in_words", "title_of"]


def title_of(annual: AnnualPlan, on: date = date.max) -> str:
    """Return the short name of the plan whose year it is."""
    name: str = head_of(plan=annual.plan, on=on)["short_name"]
    return name


def in_words(request: RowRequest) -> str:
    """Return what a request asks for, as one phrase."""
    asked = [
        _("目标改为“%s”") % request.goal if request.goal else "",
        _("数值改为 %s") % request.value if request.value else "",
        _("期限改为 %s") % request.due_on.isoformat() if request.due_on else "",
        _("牵头单位改为 %s") % request.lead if request.lead else "",
        _included(request.included),
    ]
    return _("；").join(one for one in asked if one)


def _included(wanted: bool | None) -> str:
    if wanted is None:
        return ""
    return _("列入年度计划") if wanted else _("不再列入年度计划")
