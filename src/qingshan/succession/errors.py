"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


class SuccessionRefusal(ValueError):
    """Something about the next plan was refused; the message says why and what to do."""


class BadOpening(SuccessionRefusal):
    """Some fields cannot be as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class NotNow(SuccessionRefusal):
    """The opening is no longer open to choices."""

    def __init__(self) -> None:
        super().__init__(_("接续方案已提交或已办结，不能再改；如需修改，请先退回。"))


class AlreadyOpened(SuccessionRefusal):
    """The plan has a live opening already."""

    def __init__(self) -> None:
        super().__init__(_("这部规划已有接续方案；请在原方案上办理，或先撤回它。"))


class TooEarly(SuccessionRefusal):
    """Only a plan that is in force, or past that, has a next one."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("规划现在是“%s”；实施中、终期评估或已结束的规划才能开启下一轮。") % now_in)


class NothingChosen(SuccessionRefusal):
    """Nothing would be carried."""

    def __init__(self) -> None:
        super().__init__(_("没有选定任何接续内容；请至少保留一项，或撤回方案。"))


class MissingReason(SuccessionRefusal):
    """The step needs a reason."""

    def __init__(self, what: str = "") -> None:
        words = _("“%s”的处理与建议不同，请填写理由。") % what if what else _("请填写理由。")
        super().__init__(words)


class MissingDefinition(SuccessionRefusal):
    """Something is to be redefined, and nobody has said how."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(_("选了“重新定义”而没有填写新口径说明：%s") % "、".join(names))


class OwnProposal(SuccessionRefusal):
    """Nobody decides on what they drew up or handed in themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能审批自己拟定或提交的方案；请由另一位有权限的人员办理。"))


class AuthorLeft(SuccessionRefusal):
    """The plan would be written in the name of somebody who may not write plans."""

    def __init__(self) -> None:
        super().__init__(_("提交人已没有编制规划的权限；请退回，由现任规划管理员重新提交。"))


class StaleOpening(SuccessionRefusal):
    """Somebody moved the opening first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("方案已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class Touched(SuccessionRefusal):
    """The new plan has been worked on; what was carried is no longer taken back."""

    def __init__(self) -> None:
        super().__init__(
            _("新规划写入之后已有人录入或修改内容，不能撤销；如不再使用，请在新规划的编制档案中撤回它。")
        )
