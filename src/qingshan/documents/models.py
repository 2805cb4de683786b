"""Documents, their versions, and the places in them that others cite.

A document belongs to a record of another room by name (`Ref`), so this room knows none of them.
Nothing is deleted: a document is withdrawn, with who, when and why, and its versions stay.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day


class DocumentKind(models.TextChoices):
    """What a document is to the record it belongs to (附件类别)."""

    LETTER = "letter", _("来文")
    EVIDENCE = "evidence", _("佐证材料")
    DATA = "data", _("数据")
    MINUTES = "minutes", _("会议纪要")
    REPORT = "report", _("报告")
    PAPER = "paper", _("生成的公文")
    OTHER = "other", _("其他")


class Document(models.Model):
    """A document of a record (附件)."""

    family = models.CharField(_("所属类别"), max_length=100)
    key = models.CharField(_("所属编号"), max_length=64)
    title = models.CharField(_("标题"), max_length=200)
    kind = models.CharField(_("附件类别"), max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("撤回人"),
        related_name="+",
        null=True,
        blank=True,
    )
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("附件")
        indexes = [models.Index(fields=["family", "key", "id"], name="documents_document_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="documents_document_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> Ref:
        """The record it belongs to."""
        return Ref.read(f"{self.family}/{self.key}")

    @property
    def ref(self) -> Ref:
        """Its own name."""
        return Ref("documents", "document", str(self.pk))

    @property
    def newest(self) -> DocumentVersion:
        """Its last version; uses what a query has fetched ahead."""
        return max(self.versions.all(), key=lambda version: version.number)


class DocumentVersion(models.Model):
    """One file of a document (附件版本); the file itself lies in the store under its hash."""

    document = models.ForeignKey(Document, models.PROTECT, verbose_name=_("附件"), related_name="versions")
    number = models.PositiveIntegerField(_("版本号"))
    file_name = models.CharField(_("文件名"), max_length=255)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("字节数"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("上传人"),
        related_name="+",
        null=True,
        blank=True,
    )
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("附件版本")
        indexes = [models.Index(fields=["sha256"], name="documents_version_content")]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_number_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_version_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"

    @property
    def uploaded_on(self) -> date:
        """Day of the upload, in Beijing."""
        return beijing_day(self.uploaded_at)

    @property
    def size_words(self) -> str:
        """Size for people, rounded up: ``1.3 MB``."""
        for step, unit in ((1024**2, "MB"), (1024, "KB")):
            if self.size >= step:
                tenths = -(-10 * self.size // step)
                return f"{tenths // 10}.{tenths % 10} {unit}"
        return f"{self.size} B"


class Citation(models.Model):
    """A place in a document that a record rests on (引证)."""

    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, verbose_name=_("附件版本"), related_name="citations"
    )
    family = models.CharField(_("引用者类别"), max_length=100)
    key = models.CharField(_("引用者编号"), max_length=64)
    place = models.CharField(_("位置"), max_length=200, help_text=_("页码、章节、表号或工作表单元格"))
    quote = models.TextField(_("原文"), blank=True)
    cited_at = models.DateTimeField(_("引用时间"))
    cited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("引用人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("引证")
        indexes = [models.Index(fields=["family", "key"], name="documents_citation_subject")]

    def __str__(self) -> str:
        return f"{self.version} {self.place}"
