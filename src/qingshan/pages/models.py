"""A person's saved views of lists, forms that were carried out, uploads that were checked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A list with its filters and order, kept under a name (已存视图)."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    listing = models.CharField(_("列表"), max_length=60)
    title = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=2000)
    created_at = models.DateTimeField(_("保存时间"))

    class Meta:
        ordering = ("title",)
        constraints = (
            models.UniqueConstraint(fields=["owner", "listing", "title"], name="saved_view_title_once"),
        )

    def __str__(self) -> str:
        return self.title


class SubmittedForm(models.Model):
    """The token of a form that was carried out (已提交表单); see ``once.py``."""

    token = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.token


class KeptUpload(models.Model):
    """An upload that was checked and waits for its writer's yes (已检查待导入的文件); see ``kept.py``."""

    key = models.CharField(max_length=32, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "purpose"], name="kept_upload_one_a_purpose"),
        )

    def __str__(self) -> str:
        return self.name
