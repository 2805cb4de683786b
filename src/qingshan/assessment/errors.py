"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


class AssessmentRefusal(ValueError):
    """Something about an evaluation was refused; the message says why and what to do."""


class BadEvaluation(AssessmentRefusal):
    """Some fields cannot be as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class UnusableScheme(AssessmentRefusal):
    """The scheme cannot score this: what it says is in the way."""

    def __init__(self, why: str) -> None:
        super().__init__(_("评估方案不能用于此次评估：%s") % why)


class MissingReason(AssessmentRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中。"))


class OwnWork(AssessmentRefusal):
    """Nobody publishes what they froze, nor answers their own appeal."""

    def __init__(self) -> None:
        super().__init__(_("不能由同一人先后办理；请由另一位有权限的人员办理。"))


class StaleEvaluation(AssessmentRefusal):
    """Somebody moved it first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("评估已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class NotOpen(AssessmentRefusal):
    """What is entered belongs to an evaluation under way."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("评估现在是“%s”，不能再填写；确需更改，请先解除锁定。") % now_in)


class NoSuchRow(AssessmentRefusal):
    """The lists have no such row."""

    def __init__(self, code: str) -> None:
        super().__init__(_("清单中没有编号为“%s”的一行。") % code)


class AppealsOver(AssessmentRefusal):
    """The days for appeals have passed, or none may be made now."""

    def __init__(self, until: object) -> None:
        super().__init__(_("现在不能申诉；申诉截止日期：%s。") % (until or "—"))


class AppealsRunning(AssessmentRefusal):
    """An evaluation is closed after its last day for appeals."""

    def __init__(self, until: object) -> None:
        super().__init__(_("申诉截止日期为 %s，期满后才能办结。") % until)


class OpenAppeals(AssessmentRefusal):
    """An evaluation is closed after its appeals."""

    def __init__(self, count: int) -> None:
        super().__init__(_("还有 %d 件申诉没有答复；请先复核。") % count)


class AlreadyPublished(AssessmentRefusal):
    """There is a published evaluation of this kind and year."""

    def __init__(self) -> None:
        super().__init__(_("该规划这一年度的同类评估已经公布；对它有异议，请走申诉。"))


class MissingConclusion(AssessmentRefusal):
    """An evaluation is frozen with its conclusion."""

    def __init__(self) -> None:
        super().__init__(_("锁定前请填写总体评价。"))
