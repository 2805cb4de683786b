"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


class DispatchRefusal(ValueError):
    """Something about a round was refused; the message says why and what to do."""


class BadRow(DispatchRefusal):
    """Some fields cannot be as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class Incomplete(DispatchRefusal):
    """Rows lack what handing in needs; each is named with what it lacks."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self.rows = dict(rows)
        told = "；".join(f"“{title}”{lacks}" for title, lacks in rows.items())
        super().__init__(_("还不能提交，没有提交任何一项：%s。") % told)


class NothingToReport(DispatchRefusal):
    """There is no unfinished work anybody answers for, or no row to hand in."""


class MissingReason(DispatchRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中。"))


class MissingEvidence(DispatchRefusal):
    """A finding that a report was false needs its evidence."""

    def __init__(self) -> None:
        super().__init__(_("认定虚报须附核实材料，如现场照片、核查记录；请选择文件。"))


class OwnReport(DispatchRefusal):
    """Nobody decides on what they reported or found themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能审核自己填报、提交或提出的内容；请由另一位有权限的人员办理。"))


class Stale(DispatchRefusal):
    """Somebody moved it first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("这一项已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class RoundNotOpen(DispatchRefusal):
    """The round is closed or cancelled: nothing in it changes."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("本轮调度现在是“%s”，内容已固定；需要修改的，请领导重新打开本轮。") % now_in)


class AlreadyOpened(DispatchRefusal):
    """There is a round of this plan for this period."""

    def __init__(self, period: str) -> None:
        super().__init__(_("本规划已有“%s”这一轮调度；请打开它，或选择另一个周期。") % period)


class WaitingRows(DispatchRefusal):
    """Rows wait for their review: a round is closed after them."""

    def __init__(self, count: int) -> None:
        super().__init__(_("还有 %d 项等待审核；请采纳或退回后再关闭本轮。") % count)


class LedgerRefused(DispatchRefusal):
    """The ledger does not take what was reported; the row stays with the reviewer, who may send it back."""

    def __init__(self, title: str, why: object) -> None:
        super().__init__(_("“%(title)s”没有写入台账：%(why)s") % {"title": title, "why": why})


class MixedUp(DispatchRefusal):
    """A workbook of another round or department, or none of ours."""


class BadRules(DispatchRefusal):
    """The bureau's own rules cannot be read; the words name the line."""
