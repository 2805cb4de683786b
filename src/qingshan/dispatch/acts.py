"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "dispatch.accept": _("采纳调度填报"),
    "dispatch.cancel": _("撤销调度"),
    "dispatch.close": _("关闭调度"),
    "dispatch.decide_false": _("裁定虚报"),
    "dispatch.extend": _("延长调度填报期限"),
    "dispatch.find_false": _("提出虚报认定"),
    "dispatch.open": _("发起调度"),
    "dispatch.press": _("催报"),
    "dispatch.reopen": _("重新打开调度"),
    "dispatch.save": _("填报调度事项"),
    "dispatch.send_back": _("退回调度填报"),
    "dispatch.set_rhythm": _("设定定期调度"),
    "dispatch.submit": _("提交调度填报"),
}
