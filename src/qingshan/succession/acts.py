"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "succession.add_lesson": _("填写经验教训"),
    "succession.carry": _("批准接续方案并写入新规划"),
    "succession.choose": _("选定接续内容"),
    "succession.drop_lesson": _("删去经验教训"),
    "succession.enter_change": _("登记口径变化"),
    "succession.open": _("拟定接续方案"),
    "succession.propose": _("提交接续方案"),
    "succession.revise": _("修改接续方案"),
    "succession.send_back": _("退回接续方案"),
    "succession.undo": _("撤销写入新规划"),
    "succession.withdraw": _("撤回接续方案"),
    "succession.withdraw_change": _("撤回口径变化"),
}
