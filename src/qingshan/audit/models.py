"""One record per database transaction, one entry per thing done in it.

Both tables only ever grow. Triggers (see ``guards``) refuse to change or delete a row, and to add
an entry to a sealed record; the one change allowed is the seal itself, once. Who acted is kept as
text, not as a foreign key: the record outlives the account, and this room knows no users.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref


class Record(models.Model):
    """What one database transaction did (审计记录), and its seal once it has one."""

    seq = models.PositiveBigIntegerField(_("序号"), null=True, unique=True)
    previous = models.CharField(_("前一条摘要"), max_length=128, blank=True)
    hash = models.CharField(_("摘要"), max_length=128, null=True, unique=True)
    digest = models.CharField(_("摘要算法"), max_length=20, blank=True)
    sealed_at = models.DateTimeField(_("封存时间"), null=True)

    class Meta:
        verbose_name = _("审计记录")
        indexes = [
            # Sealing asks for these after every commit; there are hardly ever more than a few.
            models.Index(fields=["id"], condition=Q(seq__isnull=True), name="audit_record_unsealed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seq__isnull=True, hash__isnull=True, sealed_at__isnull=True)
                | Q(seq__isnull=False, hash__isnull=False, sealed_at__isnull=False),
                name="audit_record_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.seq}" if self.seq is not None else "#–"


class Entry(models.Model):
    """One thing somebody did to one record (审计条目)."""

    record = models.ForeignKey(Record, models.PROTECT, verbose_name=_("审计记录"), related_name="entries")
    number = models.PositiveIntegerField(_("次序"))
    action = models.CharField(_("操作"), max_length=100)
    family = models.CharField(_("对象类别"), max_length=100)
    key = models.CharField(_("对象编号"), max_length=64)
    actor_key = models.CharField(_("操作者编号"), max_length=64, blank=True)
    actor_name = models.CharField(_("操作者"), max_length=150, blank=True)
    at = models.DateTimeField(_("时间"))
    # Canonical JSON as text: a JSON column would re-order keys and re-write numbers, and break the seal.
    detail = models.TextField(_("内容"), blank=True)

    class Meta:
        verbose_name = _("审计条目")
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="audit_entry_number_once"),
        ]
        indexes = [
            models.Index(fields=["family", "key", "-id"], name="audit_entry_subject"),
            models.Index(fields=["-at"], name="audit_entry_at"),
            models.Index(fields=["actor_key", "-id"], name="audit_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.family}/{self.key}"

    @property
    def subject(self) -> Ref:
        """The record it was done to."""
        return Ref.read(f"{self.family}/{self.key}")
