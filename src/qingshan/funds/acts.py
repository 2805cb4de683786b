"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "funds.admit": _("储备项目入库"),
    "funds.carry": _("结转资金"),
    "funds.change_bid": _("修改专项资金申报"),
    "funds.check": _("登记前期工作"),
    "funds.close_bid": _("专项资金办结"),
    "funds.draft_bid": _("拟定专项资金申报"),
    "funds.enter": _("登记资金流水"),
    "funds.finish": _("储备项目完成"),
    "funds.grant_bid": _("登记资金下达"),
    "funds.import": _("导入资金流水"),
    "funds.press": _("资金预警转督办"),
    "funds.propose": _("申报储备项目"),
    "funds.refuse_bid": _("登记申报未获批"),
    "funds.release": _("储备项目退回储备"),
    "funds.reverse": _("冲销资金流水"),
    "funds.review": _("评审储备项目"),
    "funds.revise": _("修改储备项目"),
    "funds.send_back": _("退回储备项目"),
    "funds.shortlist_bid": _("登记申报入围"),
    "funds.submit_bid": _("申报专项资金"),
    "funds.take": _("储备项目纳入规划"),
    "funds.withdraw": _("储备项目退出"),
    "funds.withdraw_bid": _("撤回专项资金申报"),
}
