"""Bids for grants (专项资金申报): the call, what is asked for which projects, and what was granted."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.funds.models.reserve import ReserveEntry
from qingshan.funds.models.shared import Step
from qingshan.funds.states import BID_FLOW, BidState
from qingshan.funds.vocabulary import BidLevel
from qingshan.history.public import one_of, person
from qingshan.kernel.refs import Ref


class GrantBid(models.Model):
    """A bid on a call for grants (专项资金申报). Its terms are changed while it is a draft, never later."""

    code = models.CharField(_("编号"), max_length=40, unique=True)
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("申报单位"), related_name="+"
    )
    state = models.CharField(_("状态"), max_length=16, choices=BidState, default=BidState.DRAFT)
    call = models.CharField(_("专项资金名称"), max_length=200)
    level = models.CharField(_("层级"), max_length=16, choices=BidLevel)
    call_number = models.CharField(_("申报通知文号"), max_length=80, blank=True)
    deadline_on = models.DateField(_("申报截止"))
    year = models.PositiveSmallIntegerField(_("资金年度"))
    #: What the money may be spent on, one purpose a line; empty: the grant does not narrow it.
    purposes = models.TextField(_("允许用途"), blank=True)
    granted_yuan = models.BigIntegerField(_("下达金额（元）"), null=True, blank=True)
    granted_on = models.DateField(_("下达日期"), null=True, blank=True)
    grant_number = models.CharField(_("下达文号"), max_length=80, blank=True)
    #: After this day the money may not be paid out.
    closes_on = models.DateField(_("支付截止"), null=True, blank=True)
    created_by = person(_("拟定人"), null=True)
    created_at = models.DateTimeField(_("拟定时间"))

    class Meta:
        verbose_name = _("专项资金申报")
        ordering = ("code",)
        constraints = [
            one_of("state", BidState, "funds_bid"),
            one_of("level", BidLevel, "funds_bid"),
            models.CheckConstraint(
                condition=Q(granted_yuan__isnull=True, granted_on__isnull=True, grant_number="")
                | (Q(granted_yuan__gt=0, granted_on__isnull=False) & ~Q(grant_number="")),
                name="funds_bid_granted_whole",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("granted_on")),
                name="funds_bid_closes_after_grant",
            ),
        ]
        indexes = [models.Index(fields=["district", "state", "deadline_on"], name="funds_bid_of_district")]

    def __str__(self) -> str:
        return self.call

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("funds", "bid", str(self.pk))

    @property
    def phase(self) -> BidState:
        """Its state as a member of the enumeration."""
        return BidState(self.state)

    @property
    def allowed_purposes(self) -> tuple[str, ...]:
        """What the money may be spent on; empty where the grant does not narrow it."""
        return tuple(line.strip() for line in self.purposes.splitlines() if line.strip())

    def days_left(self, on: date) -> int:
        """Days to the deadline; negative once it has passed."""
        return (self.deadline_on - on).days


class BidItem(models.Model):
    """What a bid asks for one project, of a plan or of the reserve (申报项目)."""

    bid = models.ForeignKey(GrantBid, models.CASCADE, related_name="items", verbose_name=_("申报"))
    entry = models.ForeignKey(
        ReserveEntry,
        models.PROTECT,
        related_name="bid_items",
        verbose_name=_("储备项目"),
        null=True,
        blank=True,
    )
    project = models.ForeignKey(
        "plans.Project", models.PROTECT, related_name="+", verbose_name=_("规划项目"), null=True, blank=True
    )
    asked_yuan = models.BigIntegerField(_("申请金额（元）"))
    #: What of the grant is this project's; empty until the grant is there.
    granted_yuan = models.BigIntegerField(_("分配金额（元）"), null=True, blank=True)

    class Meta:
        verbose_name = _("申报项目")
        ordering = ("bid", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | Q(project__isnull=False), name="funds_item_of_something"
            ),
            models.CheckConstraint(condition=Q(asked_yuan__gt=0), name="funds_item_asks"),
            models.CheckConstraint(
                condition=Q(granted_yuan__isnull=True) | Q(granted_yuan__gte=0),
                name="funds_item_grant_not_negative",
            ),
            models.UniqueConstraint(fields=["bid", "entry"], name="funds_item_entry_once"),
            models.UniqueConstraint(fields=["bid", "project"], name="funds_item_project_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.project_id or self.entry_id}"


class BidStep(Step):
    """One step of a bid's life."""

    flow = BID_FLOW

    bid = models.ForeignKey(GrantBid, models.CASCADE, related_name="steps", verbose_name=_("申报"))

    class Meta(Step.Meta):
        verbose_name = _("申报办理过程")

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.move}"
