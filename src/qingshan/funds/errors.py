"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


class FundsRefusal(ValueError):
    """Something about money was refused; the message says why and what to do."""


class BadFunds(FundsRefusal):
    """Some fields cannot be as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class MissingReason(FundsRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中。"))


class OwnProposal(FundsRefusal):
    """Nobody reviews or admits what they proposed themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能审核自己申报的项目；请由另一位有权限的人员办理。"))


class StaleFunds(FundsRefusal):
    """Somebody moved the record first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class NotChangeable(FundsRefusal):
    """The record is past the point where its terms may change."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("现在是“%s”，内容不能再修改。") % now_in)


class AlreadyReversed(FundsRefusal):
    """An entry is reversed once, and a reversal never."""

    def __init__(self) -> None:
        super().__init__(_("这笔流水已经冲销，或本身是冲销，不能再冲销。"))


class VoucherTaken(FundsRefusal):
    """The same voucher would count twice."""

    def __init__(self, voucher: str) -> None:
        self.voucher = voucher
        super().__init__(_("凭证号“%s”在这个项目已登记过；如确系另一笔，请写明分号。") % voucher)


class NoProjectYet(FundsRefusal):
    """Granted money needs a project of a plan to stand on."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%s”还没有纳入规划项目；请先在储备库办理“纳入规划项目”，再登记下达。") % name)


class MixedWorlds(FundsRefusal):
    """Something simulated would touch something real."""

    def __init__(self) -> None:
        super().__init__(_("模拟辖区的记录不能与真实单位、真实规划相连，反之亦然。"))
