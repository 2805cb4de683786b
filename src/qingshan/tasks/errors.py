"""What this room refuses, in words for the person at the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


class TaskRefusal(ValueError):
    """Something about a task was refused; the message says why and what to do."""


class BadTask(TaskRefusal):
    """Some fields cannot be as given; ``fields`` maps each to its messages."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(f"{name}：{'、'.join(told)}" for name, told in fields.items()))


class MissingEvidence(TaskRefusal):
    """Evidence was asked for, and none is attached."""

    def __init__(self, demands: list[str]) -> None:
        self.demands = demands
        super().__init__(_("提交前请上传应交证据：%s") % "；".join(demands))


class MissingReport(TaskRefusal):
    """Nothing was reported since the task was last given or sent back."""

    def __init__(self) -> None:
        super().__init__(_("提交前请先填报进展。"))


class MissingReason(TaskRefusal):
    """The step needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("请填写理由；它会留在办理过程中。"))


class OwnWork(TaskRefusal):
    """Nobody decides on what they reported, submitted or asked for themselves."""

    def __init__(self) -> None:
        super().__init__(_("不能审核自己填报、提交或申请的内容；请由另一位有权限的人员办理。"))


class StaleTask(TaskRefusal):
    """Somebody moved the task first; the page must be loaded again."""

    def __init__(self, now_in: str) -> None:
        super().__init__(_("任务已被他人处理，现在是“%s”；请刷新后再试。") % now_in)


class OpenParts(TaskRefusal):
    """A task is closed after its parts."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(_("分解任务尚未办结：%s") % "、".join(codes))


class BusyParts(TaskRefusal):
    """Parts that would change with the whole are under review, or wait for an answer."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(_("以下分解任务待审核或待答复，不能随之变动，请先办理：%s") % "、".join(codes))


class NoQuarters(TaskRefusal):
    """The task cannot be divided by quarters."""

    def __init__(self) -> None:
        super().__init__(_("只有跨季度、尚未分解、本身不是分解任务的任务才能按季度分解。"))


class AlreadyListed(TaskRefusal):
    """The task is on the list of supervised work already."""

    def __init__(self) -> None:
        super().__init__(_("该任务已在挂牌督办中；请先解除。"))


class MixedWorlds(TaskRefusal):
    """Something simulated would touch something real."""

    def __init__(self) -> None:
        super().__init__(_("模拟辖区的任务不能交给真实单位，反之亦然。"))
