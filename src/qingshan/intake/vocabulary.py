"""Words that are no life cycle: kinds of findings, moves of a reviewer, sides of a conflict."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["ConflictScope", "FindingKind", "Move", "Outcome", "Side"]


class FindingKind(TextChoices):
    """What a finding says, in the order of the review's tabs (发现类别)."""

    INDICATOR = "indicator", _("指标")
    PROJECT = "project", _("项目")
    COMMITMENT = "commitment", _("承诺")
    MEASURE = "measure", _("措施")
    DUTY = "duty", _("职责")
    ZONING = "zoning", _("准入规则")
    MISSING = "missing", _("缺失")


class Move(TextChoices):
    """What a reviewer did (审阅操作)."""

    ACCEPT = "accept", _("接受")
    ACCEPT_ABOVE = "accept_above", _("以上其余全部接受")
    EDIT = "edit", _("修改")
    REJECT = "reject", _("不采纳")
    REOPEN = "reopen", _("重新考虑")
    SPLIT = "split", _("拆分")
    MERGE = "merge", _("合并")
    ADD = "add", _("补录")
    UNDO = "undo", pgettext_lazy("step", "撤销")
    ENTER = "enter", _("写入台账")


class ConflictScope(TextChoices):
    """Where the other side of a conflict stands (矛盾范围)."""

    WITHIN = "within", _("文内")
    UPPER = "upper", _("与上级规划")
    LOWER = "lower", _("与下级规划")
    PREVIOUS = "previous", _("与上期规划")
    NEXT = "next", _("与下期规划")


class Outcome(TextChoices):
    """What a conflict turned out to be (处理结论)."""

    CONFIRMED = "confirmed", _("确属矛盾")
    DISMISSED = "dismissed", _("不构成矛盾")


class Side(TextChoices):
    """What would happen to a record when a corrected edition is entered (差异)."""

    ENTERED = "entered", _("新增")
    REVISED = "revised", _("修改")
    UNCHANGED = "unchanged", _("未变")
    KEPT = "kept", _("人工改过，保留")
    GONE = "gone", _("新版已无，保留在台账")
