"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


class DisclosureRefusal(ValueError):
    """Something about a public page or a piece of feedback was refused; the message says why."""


class PlanNotApproved(DisclosureRefusal):
    """The plan itself is not approved; nothing of it is the public's yet."""

    def __init__(self) -> None:
        super().__init__(_("规划在截至日期尚未批准，不能公开其内容。"))


class NothingChosen(DisclosureRefusal):
    """An edition in which nothing would be told."""

    def __init__(self) -> None:
        super().__init__(_("没有选定任何公开内容；请至少选一部分。"))


class UnknownRecord(DisclosureRefusal):
    """A record was ticked that the plan does not have on the day."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(_("规划在截至日期没有这些编号：%s") % "、".join(codes))


class DayAhead(DisclosureRefusal):
    """The as-of day has not come yet."""

    def __init__(self) -> None:
        super().__init__(_("截至日期不能晚于今天。"))


class SecondPerson(DisclosureRefusal):
    """Nobody approves what they prepared or wrote themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能批准自己准备、提请或拟写的内容；请由另一位有权限的人员办理。"))


class LedgerMoved(DisclosureRefusal):
    """The ledger says something else of the as-of day than when the edition was handed in."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("提请之后，台账在截至日期的内容已有 %d 处变化；请退回，由准备人按最新内容重新提请。") % count
        )


class AlreadyInWork(DisclosureRefusal):
    """The page has an edition that is still to be decided."""

    def __init__(self) -> None:
        super().__init__(_("已有一版在准备或待批准；请先办完这一版。"))


class NothingPublished(DisclosureRefusal):
    """A page without a published edition cannot be opened."""

    def __init__(self) -> None:
        super().__init__(_("还没有批准公开的版次，不能开放。"))


class MissingReason(DisclosureRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中。"))


class Stale(DisclosureRefusal):
    """Somebody moved it first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class NotTaken(DisclosureRefusal):
    """The page takes no feedback."""

    def __init__(self) -> None:
        super().__init__(_("本页目前不接受公众反馈。"))


class SentBefore(DisclosureRefusal):
    """The same form came with other words: it was sent before, and this is something new."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("这份表单已经提交过（编号 %s）。如果要反映另一件事，请核对后再提交一次。") % number
        )


class TooMany(DisclosureRefusal):
    """Too much came from one place in a short time."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            _("从您所在的网络提交得过于频繁，请在 %s 之后再试。")
            % timezone.localtime(until).strftime("%m-%d %H:%M")
        )


class CannotMerge(DisclosureRefusal):
    """The other piece of feedback is itself merged or dismissed, or of another plan."""

    def __init__(self) -> None:
        super().__init__(_("只能并入同一规划的、正在办理或已答复的反馈。"))
