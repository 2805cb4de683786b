"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS: dict[str, str | Promise] = {
    "levels.accept": _("受理报送"),
    "levels.call": _("发出报送要求"),
    "levels.close_call": _("截止报送要求"),
    "levels.draft": _("拟报"),
    "levels.export": _("导出报送包"),
    "levels.import": _("导入报送包"),
    "levels.lock": _("锁定报送"),
    "levels.receive": _("收到报送回执"),
    "levels.revise": _("修改报送说明"),
    "levels.revoke": _("撤销互信"),
    "levels.send_back": _("退回报送"),
    "levels.submit": _("报送"),
    "levels.trust": _("登记互信装置"),
    "levels.unlock": _("解锁报送"),
    "levels.urge": _("催报"),
    "levels.withdraw": _("作废报送"),
}
