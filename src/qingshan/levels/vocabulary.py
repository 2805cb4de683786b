"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["Change", "PackageKind", "Section"]


class PackageKind(TextChoices):
    """What a signed package holds (报送包类别)."""

    SUBMISSION = "submission", _("报送包")
    RECEIPT = "receipt", _("回执包")


class Section(TextChoices):
    """The lists of a snapshot (报送内容)."""

    INDICATORS = "indicators", _("指标")
    MEASURES = "measures", _("措施")
    PROJECTS = "projects", _("项目")
    COMMITMENTS = "commitments", _("承诺")


class Change(TextChoices):
    """How a row differs from the same row of another submission (差异)."""

    ADDED = "added", pgettext_lazy("difference", "新增")
    REMOVED = "removed", pgettext_lazy("difference", "不再列出")
    CHANGED = "changed", pgettext_lazy("difference", "有变化")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.ADDED: "fine", self.REMOVED: "warn", self.CHANGED: "wait"}[self]
