"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "annual.accept": _("同意年度计划事项"),
    "annual.add_row": _("新增年度计划事项"),
    "annual.ask": _("申请调整年度计划事项"),
    "annual.close": _("结束年度计划"),
    "annual.consult": _("年度计划征求意见"),
    "annual.draft": _("起草年度计划"),
    "annual.grant": _("同意调整年度计划事项"),
    "annual.import_table": _("导入年度计划事项"),
    "annual.make_task": _("年度计划事项转为任务"),
    "annual.publish": _("发布年度计划"),
    "annual.redraft": _("收回年度计划修改"),
    "annual.refuse": _("不同意调整年度计划事项"),
    "annual.revise_row": _("修改年度计划事项"),
    "annual.send_back": _("退回年度计划"),
    "annual.submit": _("年度计划送审"),
    "annual.take_back": _("收回事项调整申请"),
    "annual.withdraw": _("撤回年度计划"),
}
