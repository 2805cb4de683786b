"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What an evaluation is for (评估类型)."""

    YEARLY = "yearly", _("年度评估")
    MID_TERM = "mid_term", _("中期评估")
    FINAL = "final", _("终期评估")


class ListName(TextChoices):
    """The three lists of an evaluation (三张清单)."""

    INDICATORS = "indicators", _("指标")
    MEASURES = "measures", _("措施")
    PROJECTS = "projects", _("重点项目")


class EvaluatorKind(TextChoices):
    """Who evaluates (评估主体)."""

    OWN = "own", _("自行评估")
    THIRD_PARTY = "third_party", _("第三方评估")


class Opinion(TextChoices):
    """What an evaluator found of a row (核查意见)."""

    CONFIRMED = "confirmed", _("属实")
    DOUBTED = "doubted", _("存疑")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return "good" if self is Opinion.CONFIRMED else "warn"


class ConductSource(TextChoices):
    """Where a fact beside the lists comes from (加减分事项来源)."""

    DISPATCH = "dispatch", _("调度记录")
    HAND = "hand", _("人工登记")
