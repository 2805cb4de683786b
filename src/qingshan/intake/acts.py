"""What each audited action of the review is called (操作名称)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS = {
    "intake.accept": _("接受识读结果"),
    "intake.accept_above": _("接受以上识读结果"),
    "intake.add": _("补录识读遗漏"),
    "intake.edit": _("修改识读结果"),
    "intake.edit_head": _("修改导入的规划信息"),
    "intake.enter": _("识读结果写入台账"),
    "intake.finish_reading": _("规划文本识读完成"),
    "intake.merge": _("合并识读结果"),
    "intake.reject": _("不采纳识读结果"),
    "intake.reopen": _("重新考虑识读结果"),
    "intake.reopen_conflict": _("重新打开矛盾"),
    "intake.reopen_review": _("继续审阅"),
    "intake.settle": _("处理矛盾"),
    "intake.split": _("拆分识读结果"),
    "intake.start": _("导入规划文本"),
    "intake.undo": _("撤销审阅操作"),
    "intake.withdraw": _("撤回导入"),
}
