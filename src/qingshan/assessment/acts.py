"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "assessment.add_fact": _("登记加减分事项"),
    "assessment.add_scheme": _("登记评估方案"),
    "assessment.answer_appeal": _("复核申诉"),
    "assessment.appeal": _("提出申诉"),
    "assessment.cancel": _("取消评估"),
    "assessment.close": _("办结评估"),
    "assessment.conclude": _("填写评估结论"),
    "assessment.create": _("组织评估"),
    "assessment.draft_report": _("起草评估报告"),
    "assessment.find": _("填写核查意见"),
    "assessment.freeze": _("锁定评估"),
    "assessment.go_on": _("继续评估"),
    "assessment.keep_version": _("保存评分结果"),
    "assessment.name_evaluator": _("指定评估人员"),
    "assessment.pass_on": _("转为目标调整申请"),
    "assessment.preview": _("试算评估"),
    "assessment.publish": _("公布评估"),
    "assessment.recommend": _("建议调整目标"),
    "assessment.release_evaluator": _("解除评估人员"),
    "assessment.set_zones": _("设置功能区"),
    "assessment.thaw": _("解除评估锁定"),
    "assessment.withdraw_fact": _("撤回加减分事项"),
}
