"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "disclosure.set_up": _("设置公开页"),
    "disclosure.open": _("开放公开页"),
    "disclosure.close": _("关闭公开页"),
    "disclosure.prepare_edition": _("准备公开版次"),
    "disclosure.submit_edition": _("公开版次提请批准"),
    "disclosure.send_back_edition": _("退回公开版次"),
    "disclosure.publish_edition": _("批准公开"),
    "disclosure.supersede_edition": _("公开版次换新"),
    "disclosure.withdraw_edition": _("撤下公开版次"),
    "disclosure.discard_edition": _("放弃公开版次"),
    "disclosure.receive_feedback": _("收到公众反馈"),
    "disclosure.assign_feedback": _("受理公众反馈"),
    "disclosure.merge_feedback": _("合并公众反馈"),
    "disclosure.dismiss_feedback": _("不予受理公众反馈"),
    "disclosure.restore_feedback": _("恢复受理公众反馈"),
    "disclosure.finish_feedback": _("公众反馈的任务办结"),
    "disclosure.return_feedback": _("公众反馈的任务撤销"),
    "disclosure.resume_feedback": _("公众反馈的任务重新打开"),
    "disclosure.draft_feedback": _("拟写公众反馈答复"),
    "disclosure.send_back_feedback": _("退回公众反馈答复"),
    "disclosure.answer_feedback": _("答复公众反馈"),
    "disclosure.reopen_feedback": _("更正公众反馈答复"),
    "disclosure.read_contact": _("查看反馈人联系方式"),
}
