"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceLevel(TextChoices):
    """Whose money it is (资金层级); ``sources.yaml`` says which printed names mean which."""

    CENTRAL = "central", _("中央")
    PROVINCIAL = "provincial", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    OWN = "own", _("自筹及社会资本")
    OTHER = "other", _("未归类")


class BidLevel(TextChoices):
    """Who calls for bids (申报层级)."""

    CENTRAL = "central", _("中央")
    PROVINCIAL = "provincial", _("省级")
    CITY = "city", _("市级")


class EntryKind(TextChoices):
    """What happened to money on a day (流水类别)."""

    RECEIPT = "receipt", _("到位")
    PAYMENT = "payment", _("支付")


class Readiness(TextChoices):
    """What must be ready before a project can begin (前期工作)."""

    APPROVAL = "approval", _("立项")
    FEASIBILITY = "feasibility", _("可研")
    EIA = "eia", _("环评")
    LAND = "land", _("用地")
    DESIGN = "design", _("初步设计")
    MONEY = "money", _("资金落实")


class Priority(TextChoices):
    """Which comes first (优先级)."""

    FIRST = "first", _("优先")
    USUAL = "usual", _("一般")
    LATER = "later", _("远期")


class Rule(TextChoices):
    """What a warning says (预警类别); thresholds and advice are in ``warnings.yaml``."""

    PAID_OVER_RECEIVED = "paid_over_received", _("支付超过到位")
    PAID_AHEAD = "paid_ahead", _("支付超前进度")
    IDLE = "idle", _("资金闲置")
    LATE = "late", _("到位迟缓")
    BID_DEADLINE = "bid_deadline", _("申报将截止")
    EARMARK_PROJECT = "earmark_project", _("专款用于未列项目")
    EARMARK_PURPOSE = "earmark_purpose", _("专款用途不符")
    EARMARK_CLOSED = "earmark_closed", _("专款逾期支付")
    EARMARK_OVER = "earmark_over", _("专款超额支付")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return "warn" if self in _MILD else "bad"


_MILD = (Rule.IDLE, Rule.LATE, Rule.BID_DEADLINE, Rule.PAID_AHEAD)
EARMARKS = (Rule.EARMARK_PROJECT, Rule.EARMARK_PURPOSE, Rule.EARMARK_CLOSED, Rule.EARMARK_OVER)
