"""A next plan of many records is written beside the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import Forbidden, User
from qingshan.jobs.public import GiveUp, Progress, job_kind
from qingshan.kernel.flow import IllegalMove
from qingshan.succession.actions.carrying import carry
from qingshan.succession.errors import SuccessionRefusal
from qingshan.succession.models import Opening


@job_kind("succession.carry", title=gettext_lazy("写入新规划"), attempts=2, patience=timedelta(minutes=20))
def write_next_plan(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write what was approved, as it was approved; whole, or not at all.

    One transaction: how far it is can be told before and after, and not in between.
    """
    opening = Opening.objects.select_related("plan", "proposed_by").filter(pk=payload["opening"]).first()
    if opening is None or opening.round != payload["round"]:
        raise GiveUp(_("方案在批准之后已改动或撤回；请重新审批。"))
    total = sum(one.is_kept for one in opening.choices.all())
    progress.step(0, total, _("正在写入 %d 条记录") % total)
    by = User.objects.get(pk=payload["by"])
    try:
        done = carry(opening=opening, by=by, at=timezone.now(), note=payload.get("note", ""))
    except (SuccessionRefusal, IllegalMove, Forbidden) as refused:
        raise GiveUp(str(refused)) from refused
    progress.step(total, total)
    return {"records": total, "address": reverse("succession:opening", args=[done.pk])}
