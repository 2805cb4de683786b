"""The tasks of a large annual plan are made beside the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import User
from qingshan.annual.actions.publishing import make_tasks
from qingshan.annual.models import AnnualPlan
from qingshan.jobs.public import GiveUp, Progress, job_kind


@job_kind(
    "annual.make_tasks", title=gettext_lazy("年度计划转为任务"), attempts=5, patience=timedelta(minutes=10)
)
def make(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Make a task of each row that has none. Each is a transaction of its own: tried again, it goes on."""
    annual = AnnualPlan.objects.select_related("district").filter(pk=payload["annual"]).first()
    if annual is None:
        raise GiveUp(_("这一年度计划已不存在。"))
    by = User.objects.filter(pk=payload["by"]).first() if payload["by"] else None

    def step(done: int, total: int) -> None:
        progress.step(done, total, _("已生成 %(done)d / %(total)d 项任务") % {"done": done, "total": total})

    made = make_tasks(annual, by=by, at=timezone.now(), step=step)
    return {"tasks": made, "address": reverse("annual:annual", args=[annual.pk])}
