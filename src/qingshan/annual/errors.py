"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _


class AnnualRefusal(ValueError):
    """Something about an annual plan was refused; the message says why and what to do."""


class BadRow(AnnualRefusal):
    """Some fields cannot be as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class AlreadyThere(AnnualRefusal):
    """The plan has an annual plan for the year."""

    def __init__(self, year: int) -> None:
        super().__init__(_("%d年的年度计划已经有了；如需重来，请先撤回。") % year)


class OutOfPeriod(AnnualRefusal):
    """The year lies outside the plan."""

    def __init__(self, year: int, first: int, last: int) -> None:
        told = _("%(year)d年不在规划期 %(first)d—%(last)d 之内。")
        super().__init__(told % {"year": year, "first": first, "last": last})


class NothingToPlan(AnnualRefusal):
    """There is no row."""

    def __init__(self) -> None:
        super().__init__(_("年度计划还没有事项。"))


class Unfinished(AnnualRefusal):
    """Some rows lack what a task needs."""

    def __init__(self, rows: Iterable[str]) -> None:
        super().__init__(_("以下事项缺少牵头单位或完成期限：%s") % "、".join(rows))


class OpenRequests(AnnualRefusal):
    """Some requests wait for an answer."""

    def __init__(self, rows: Iterable[str]) -> None:
        super().__init__(_("以下事项的调整申请尚未答复：%s") % "、".join(rows))


class MissingReason(AnnualRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在年度计划的记录中。"))


class NothingAsked(AnnualRefusal):
    """A request that asks for nothing."""

    def __init__(self) -> None:
        super().__init__(_("请填写要调整成什么；与现在相同的不算调整。"))


class OwnWork(AnnualRefusal):
    """Nobody decides on what they submitted or asked for themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能发布自己送审的计划，也不能答复自己提出的申请；请由另一位有权限的人员办理。"))


class StaleAnnual(AnnualRefusal):
    """Somebody moved it first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class NotNow(AnnualRefusal):
    """It cannot be done in the state the annual plan is in."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("年度计划现在是“%s”，不能办理这一步。") % now_in)


class AlreadyAsked(AnnualRefusal):
    """One request of a department at a time."""

    def __init__(self) -> None:
        super().__init__(_("这一事项已有待答复的调整申请；请等待答复，或先收回。"))
