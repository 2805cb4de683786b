"""What the ledger refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _


class LedgerRefusal(ValueError):
    """A change to the ledger was refused; the message says why and what to do."""


class BadFacts(LedgerRefusal):
    """Some fields cannot be entered as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class CodeTaken(LedgerRefusal):
    """The code is used in this plan already."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_("编号“%s”在本规划中已有记录；请换一个，或修改已有的记录。") % code)


class MissingReason(LedgerRefusal):
    """A change to something entered needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写变更理由；它会留在变更历史中。"))


class MissingEvidence(LedgerRefusal):
    """The step needs a document or a source."""


class OwnEntry(LedgerRefusal):
    """Nobody approves what they entered themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能审核自己录入的内容；请由另一位有权限的人员审核。"))


class StaleEntry(LedgerRefusal):
    """Somebody else moved the entry first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("这条记录已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class NotChangeable(LedgerRefusal):
    """The entry is under review or approved; it is corrected by a new one."""

    def __init__(self) -> None:
        super().__init__(_("已提交或已审核的内容不能修改；请退回后修改，或录入一条更正。"))


class LockedDay(LedgerRefusal):
    """What was reported to the upper level as of the day is locked."""

    def __init__(self, day: date, until: date) -> None:
        self.day, self.until = day, until
        super().__init__(
            _(
                "本规划截至 %(until)s 的数据已由上级锁定，不能录入或修改 %(day)s 的内容；"
                "确需更正的，请在“上下级报送”中请上级解锁，说明理由。"
            )
            % {"until": until, "day": day}
        )


class MixedWorlds(LedgerRefusal):
    """Something simulated would touch something real."""


class OutsidePlan(LedgerRefusal):
    """Two records of different plans would be tied together."""

    def __init__(self) -> None:
        super().__init__(_("两条记录不属于同一个规划，不能关联。"))
