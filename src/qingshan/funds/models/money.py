"""Receipts and payments (资金流水): dated entries whose sums are the ledger's money lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.funds.models.bid import GrantBid
from qingshan.funds.vocabulary import EntryKind
from qingshan.history.public import one_of, person
from qingshan.kernel.refs import Ref


class MoneyEntry(models.Model):
    """Money of a project was received or paid on a day (到位、支付).

    Never changed and never deleted: what was wrong is reversed (冲销) by an entry of the opposite amount,
    with a reason. Per project, year and source the sum over all entries is the ledger's money line.
    """

    project = models.ForeignKey("plans.Project", models.PROTECT, verbose_name=_("项目"), related_name="+")
    kind = models.CharField(_("类别"), max_length=8, choices=EntryKind)
    year = models.PositiveSmallIntegerField(_("资金年度"))
    #: Source of funds as the ledger's money line names it.
    funds = models.CharField(_("资金来源"), max_length=60)
    on = models.DateField(_("日期"))
    amount_yuan = models.BigIntegerField(_("金额（元）"))
    voucher = models.CharField(_("凭证号"), max_length=60, blank=True)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    #: The grant it comes from or is paid out of.
    bid = models.ForeignKey(
        GrantBid, models.PROTECT, verbose_name=_("专项资金"), related_name="entries", null=True, blank=True
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("冲销"), related_name="reversed_by", null=True, blank=True
    )
    #: The sum a line already had in the ledger when entries began to be kept (结转); it has no voucher.
    carried = models.BooleanField(_("结转"), default=False)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    by = person(_("登记人"), null=True)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("资金流水")
        ordering = ("on", "pk")
        constraints = [
            one_of("kind", EntryKind, "funds_entry"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount_yuan__gt=0)
                | (Q(reverses__isnull=False, amount_yuan__lt=0) & ~Q(reason="")),
                name="funds_entry_reversed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(carried=True) | ~Q(voucher=""), name="funds_entry_has_voucher"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "year", "funds", "kind"], name="funds_entry_of_line"),
            models.Index(fields=["on", "kind"], name="funds_entry_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.amount_yuan}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; the voucher is attached to it."""
        return Ref("funds", "entry", str(self.pk))
