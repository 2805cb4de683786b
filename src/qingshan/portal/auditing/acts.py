"""What each audited action is called in the list of the audit (操作名称)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.annual.public import ACTS as ANNUAL
from qingshan.assessment.public import ACTS as ASSESSMENT
from qingshan.disclosure.public import ACTS as DISCLOSURE
from qingshan.dispatch.public import ACTS as DISPATCH
from qingshan.funds.public import ACTS as FUNDS
from qingshan.intake.public import ACTS as INTAKE
from qingshan.levels.public import ACTS as LEVELS
from qingshan.papers.public import ACTS as PAPERS
from qingshan.plans.public import ACTS as PLANS
from qingshan.succession.public import ACTS as SUCCESSION
from qingshan.tasks.public import ACTS as TASKS

__all__ = ["ACTS", "name_of"]

ACTS = {
    "accounts.change_password": _("修改口令"),
    "accounts.close_user": _("停用账户"),
    "accounts.create_user": _("新增账户"),
    "accounts.end_grant": _("收回角色"),
    "accounts.end_session": _("结束会话"),
    "accounts.give_up_second_factor": _("停用两步验证"),
    "accounts.grant_role": _("授予角色"),
    "accounts.issue_token": _("生成访问令牌"),
    "accounts.lock_user": _("锁定账户"),
    "accounts.log_in": _("登录"),
    "accounts.log_in_failed": _("登录失败"),
    "accounts.log_out": _("退出登录"),
    "accounts.new_recovery_codes": _("更换恢复码"),
    "accounts.open_user": _("启用账户"),
    "accounts.reset_password": _("重置口令"),
    "accounts.revise_user": _("修改账户"),
    "accounts.revoke_token": _("撤销访问令牌"),
    "accounts.set_up_second_factor": _("启用两步验证"),
    "accounts.unlock_user": _("解锁账户"),
    "areas.appoint": _("任职"),
    "areas.create_department": _("新设单位"),
    "areas.create_district": _("新增行政区"),
    "areas.create_post": _("新设岗位"),
    "areas.dissolved_department": _("撤销单位"),
    "areas.dissolved_district": _("撤销行政区"),
    "areas.leave": _("免职"),
    "areas.load_divisions": _("载入行政区划"),
    "areas.merged_department": _("合并单位"),
    "areas.merged_district": _("合并行政区"),
    "areas.renamed_department": _("单位更名"),
    "areas.revise_department": _("修改单位"),
    "areas.revise_district": _("修改行政区"),
    "areas.revise_post": _("修改岗位"),
    "areas.split_department": _("拆分单位"),
    "documents.attach": _("上传附件"),
    "documents.cite": _("引证文件"),
    "documents.withdraw": _("撤回附件"),
    "jobs.cancel": _("取消任务"),
    "jobs.change_schedule": _("修改定时计划"),
    "jobs.enqueue": _("提交任务"),
    "jobs.pause_schedule": _("暂停定时计划"),
    "jobs.requeue": _("重新排队"),
    "jobs.resume_schedule": _("恢复定时计划"),
    "jobs.retry_delivery": _("重新投递"),
    "messages.notify": _("发送通知"),
    "messages.save_endpoint": _("设置推送地址"),
    "messages.set_preferences": _("修改消息设置"),
    "messages.set_wording": _("修改通知模板"),
    "messages.sign_receipt": _("签收通知"),
    "portal.restore": _("恢复备份"),
    "simulation.load_county": _("载入虚构的县"),
    "simulation.remove_county": _("移除虚构的县"),
    "workflow.assign": _("分派"),
    "workflow.end_assignment": _("结束分派"),
    "workflow.extend_deadline": _("延长期限"),
    "workflow.hand_over": _("工作移交"),
    "workflow.lift_deadline": _("取消期限"),
    "workflow.load_calendar": _("载入工作日历"),
    "workflow.meet_deadline": _("按期办结"),
    "workflow.reopen_deadline": _("重新计时"),
    "workflow.set_deadline": _("设定期限"),
    "workflow.undo_hand_over": _("撤销工作移交"),
    **ANNUAL,
    **ASSESSMENT,
    **DISCLOSURE,
    **DISPATCH,
    **FUNDS,
    **INTAKE,
    **LEVELS,
    **PAPERS,
    **PLANS,
    **SUCCESSION,
    **TASKS,
}


def name_of(action: str) -> str:
    """Return what an action is called; its own word where it has no other name."""
    return str(ACTS.get(action, action))
