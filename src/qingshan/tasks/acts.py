"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS = {
    "tasks.accept": _("签收任务"),
    "tasks.answer_change": _("答复任务变更申请"),
    "tasks.answer_supervision": _("回复督办"),
    "tasks.ask_change": _("申请变更任务"),
    "tasks.assign": _("交办任务"),
    "tasks.cancel": _("撤销任务"),
    "tasks.close": _("办结任务"),
    "tasks.create": _("拟定任务"),
    "tasks.delegate": _("分派任务经办人"),
    "tasks.lift_supervision": _("解除督办"),
    "tasks.reopen": _("重新打开任务"),
    "tasks.report": _("填报任务进展"),
    "tasks.revise": _("修改任务要求"),
    "tasks.send_back": _("退回任务"),
    "tasks.set_parties": _("调整任务单位"),
    "tasks.split": _("按季度分解任务"),
    "tasks.submit": _("提交任务审核"),
    "tasks.supervise": _("督办任务"),
}
