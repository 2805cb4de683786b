"""What the review refuses, in words for the reviewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from qingshan.intake.models import Conflict, DecidedFinding, Finding

__all__ = [
    "BadFacts",
    "IntakeRefusal",
    "MissingReason",
    "MixedWorlds",
    "NoSuchIntake",
    "NotNow",
    "NothingToEnter",
    "NothingToUndo",
    "SameDocument",
    "StaleConflict",
    "StaleFinding",
    "StaleHead",
    "UnreadableFile",
]


class IntakeRefusal(ValueError):
    """The review refused something; the message says why and what to do."""


class UnreadableFile(IntakeRefusal):
    """The file cannot be taken in; nothing of it was kept. ``code`` is for programs."""

    def __init__(self, code: str, told: str) -> None:
        self.code = code
        super().__init__(told)


class SameDocument(IntakeRefusal):
    """The very same file is under review in this district already; ``pk`` is that intake's."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        super().__init__(_("这个文件已经导入过，请在原来的审阅中继续。"))


class BadFacts(IntakeRefusal):
    """Some fields do not hold what they may; ``fields`` maps a field's name to its message."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(self.fields.values()))


class MissingReason(IntakeRefusal):
    """A conflict is settled, and an intake withdrawn, with a reason."""

    def __init__(self) -> None:
        super().__init__(_("请写明理由；它会与这一结论一起保留。"))


class MixedWorlds(IntakeRefusal):
    """Something simulated would touch something real."""

    def __init__(self) -> None:
        super().__init__(_("虚构的规划与真实的规划不能互为版本。"))


class NotNow(IntakeRefusal):
    """The finding, conflict or intake stands where this is not possible."""

    def __init__(self, stands: Any, move: str) -> None:
        super().__init__(
            _("现在是“%(state)s”，不能“%(move)s”；请刷新页面。") % {"state": stands.label, "move": move}
        )


class NothingToUndo(IntakeRefusal):
    """This reviewer has no step left that could be undone."""

    def __init__(self) -> None:
        super().__init__(_("没有可以撤销的操作：只能撤销自己尚未写入台账的审阅操作。"))


class NothingToEnter(IntakeRefusal):
    """No accepted finding waits to be entered."""

    def __init__(self) -> None:
        super().__init__(_("没有待写入的内容：请先接受至少一条。"))


class StaleFinding(IntakeRefusal):
    """Somebody else decided it first.

    ``seen`` is what this reviewer had before them, ``finding`` how it stands now, ``decided`` who
    made it so (``decided.decision.by`` and ``.at``). Both versions are to be shown.
    """

    def __init__(
        self, *, seen: Mapping[str, Any] | None, finding: Finding, decided: DecidedFinding | None
    ) -> None:
        self.seen, self.finding, self.decided = seen, finding, decided
        by = getattr(getattr(decided, "decision", None), "by", None)
        super().__init__(
            _("%(who)s已先处理了这一条，现在是“%(state)s”；请对照两个版本后再决定。")
            % {"who": getattr(by, "display_name", "") or _("他人"), "state": finding.stands.label}
        )


class StaleHead(IntakeRefusal):
    """Somebody else changed the plan's own information first; ``head`` is how it stands now."""

    def __init__(self, head: Mapping[str, Any]) -> None:
        self.head = dict(head)
        super().__init__(_("规划信息已被他人修改；请核对后再保存。"))


class StaleConflict(IntakeRefusal):
    """The two values have changed, or somebody settled it first."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        super().__init__(_("这处矛盾已有变化，现在是“%s”；请刷新后再处理。") % conflict.stands.label)


class NoSuchIntake(LookupError):
    """There is none, or this person may not see it."""
