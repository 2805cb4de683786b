"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


class PaperRefusal(ValueError):
    """Something about a paper was refused; the message says why and what to do."""


class BadPaper(PaperRefusal):
    """The text, its figures or its recipients cannot be as given."""


class BadMarkup(PaperRefusal):
    """A line of the text cannot be read; the message names the line."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(_("第 %(line)d 行：%(why)s") % {"line": line, "why": why})


class UnknownFigure(PaperRefusal):
    """The text prints a figure that was not given."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = sorted(set(keys))
        told = "、".join(f"{{fig:{key}}}" for key in self.keys)
        super().__init__(_("正文引用了没有提供的数值：%s。请核对写法，或删去这些标记。") % told)


class MissingReason(PaperRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中。"))


class OwnPaper(PaperRefusal):
    """Nobody checks or issues what they drafted themselves."""

    def __init__(self) -> None:
        super().__init__(_("起草或修改过这份公文的人不能核稿、签发；请由另一位有权限的人员办理。"))


class FrozenPaper(PaperRefusal):
    """The paper is out: it never changes."""

    def __init__(self, now_in: str) -> None:
        super().__init__(
            _("公文现在是“%s”，正文、数值和主送抄送不能再改；确需改变的，请另行印发新的公文。") % now_in
        )


class NotDrafting(PaperRefusal):
    """The paper is on its way; it is changed only after it came back."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("公文现在是“%s”，须先退回起草才能修改。") % now_in)


class StalePaper(PaperRefusal):
    """Somebody moved or changed the paper first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("公文已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class StaleText(PaperRefusal):
    """Somebody saved a newer text meanwhile."""

    def __init__(self, seen: int, now: int) -> None:
        told = {"seen": seen, "now": now}
        super().__init__(_("您打开的是第 %(seen)d 稿，他人已存为第 %(now)d 稿；请刷新，对照后再改。") % told)


class NoRecipient(PaperRefusal):
    """A paper that goes out goes to somebody."""

    def __init__(self) -> None:
        super().__init__(_("没有主送单位。请先在“主送抄送会签”中选择。"))


class NoOrganWord(PaperRefusal):
    """The issuing organ has no word for its numbers yet."""

    def __init__(self, organ: str) -> None:
        super().__init__(_("“%s”还没有登记机关代字，不能编发文字号；请先登记。") % organ)


class ChangedFigures(PaperRefusal):
    """The ledger has moved on since the text was written."""

    def __init__(self, labels: Iterable[str]) -> None:
        told = "、".join(labels)
        super().__init__(_("台账已变动：%s。请退回起草更新数值，或确认按原数值印发。") % told)


class NotIssued(PaperRefusal):
    """The paper is not out yet."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("公文现在是“%s”，只有已印发的公文才能由主送、抄送单位签收、批示。") % now_in)


class AlreadyReceived(PaperRefusal):
    """The department has signed for the paper already."""

    def __init__(self) -> None:
        super().__init__(_("本单位已签收这份公文。"))


class MixedWorlds(PaperRefusal):
    """Something simulated would touch something real."""

    def __init__(self) -> None:
        super().__init__(_("模拟辖区的公文不能发给真实单位，也不能引用真实数值，反之亦然。"))
