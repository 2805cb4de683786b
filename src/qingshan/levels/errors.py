"""What this room refuses, in words for the person at the form or the terminal."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = [
    "AlreadyReported",
    "BadCall",
    "BadPartner",
    "BadSubmission",
    "ByReceipt",
    "LevelsRefusal",
    "MissingReason",
    "OwnSubmission",
    "PackageRefusal",
    "StaleSnapshot",
    "StaleSubmission",
]


class LevelsRefusal(ValueError):
    """Something about a submission was refused; the message says why and what to do."""


class BadSubmission(LevelsRefusal):
    """The plan, the day or the receiver cannot be as given."""


class AlreadyReported(LevelsRefusal):
    """The plan has a submission as of that day to that level."""

    def __init__(self) -> None:
        super().__init__(_("本规划截至这一天已有报送；请在原报送上修改，或先作废。"))


class MissingReason(LevelsRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中，并告知下级。"))


class OwnSubmission(LevelsRefusal):
    """Nobody decides on what they handed up themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能受理自己报送的内容；请由另一位有权限的人员办理。"))


class StaleSubmission(LevelsRefusal):
    """Somebody moved the submission first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("报送已被他人办理，现在是“%s”；请刷新后再试。") % now_in)


class StaleSnapshot(LevelsRefusal):
    """The ledger has changed since the page was shown."""

    def __init__(self) -> None:
        super().__init__(_("您查看之后台账又有变动；请核对刷新后的内容再报送。"))


class ByReceipt(LevelsRefusal):
    """The upper level works in another installation: its decisions come by receipt."""

    def __init__(self) -> None:
        super().__init__(_("本件报送到另一套系统，受理、退回、锁定须凭对方的回执包导入。"))


class BadCall(LevelsRefusal):
    """A call names no district, or days that cannot be."""


class BadPartner(LevelsRefusal):
    """A key that cannot be registered, or no partner to send to."""


class PackageRefusal(LevelsRefusal):
    """A package is not taken: altered, truncated, foreign, repeated, too large or of another format."""
