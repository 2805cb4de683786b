"""Long documents are read beside the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.intake.actions import finish_reading
from qingshan.intake.models import Intake
from qingshan.jobs.public import GiveUp, Progress, job_kind


@job_kind("intake.read", title=gettext_lazy("识读规划文本"), attempts=2, patience=timedelta(minutes=10))
def read(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Make the findings of a document that is too long to be read while a page waits."""
    intake = Intake.objects.filter(pk=payload["intake"]).first()
    if intake is None:
        raise GiveUp(_("这一导入已不存在。"))
    progress.step(0, 1, _("正在识读 %d 字") % len(intake.text))
    done = finish_reading(intake=intake, at=timezone.now())
    progress.step(1, 1)
    return {"findings": done.findings.count(), "address": reverse("intake:review", args=[done.pk])}
