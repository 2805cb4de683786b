"""What the rooms above the ledger have about a plan, as links on its overview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import can
from qingshan.plans.public import Neighbour

__all__ = ["neighbours"]


def neighbours(user: Any, plan: Any) -> Iterator[Neighbour]:
    """Return the pages about a plan; who sees the plan may open them, but for those of its keepers.

    Parameters
    ----------
    plan : PlanVersion
        As it stood on the day that is looked at.
    """
    subject = plan.subject
    of_plan = urlencode({"q": plan.short_name})
    yield Neighbour(_("年度计划"), _("当年的目标和任务"), reverse("annual:list"))
    yield Neighbour(_("调度"), _("各轮报送和通报"), f"{reverse('dispatch:list')}?{of_plan}")
    yield Neighbour(_("资金"), _("到位、支付和预警"), reverse("funds:summary", args=[subject.code]))
    yield Neighbour(_("评估考核"), _("得分和申诉"), reverse("assessment:list"))
    yield Neighbour(_("完成情况表"), _("逐项对照目标"), reverse("assessment:completion", args=[subject.code]))
    yield Neighbour(_("规划接续"), _("承接关系和下一轮"), reverse("succession:plan", args=[subject.code]))
    yield Neighbour(_("上下级报送"), _("报送、退回和锁定"), f"{reverse('levels:list')}?{of_plan}")
    if can(user, "plans.edit", district_id=subject.district_id):
        yield Neighbour(_("进展公开"), _("公众看到的内容"), reverse("disclosure:page", args=[subject.code]))
