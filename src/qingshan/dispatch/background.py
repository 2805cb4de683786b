"""What happens to rounds by itself: they open by their rhythm, and departments are pressed day by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.dispatch.actions import open_due, press_due
from qingshan.jobs.public import Progress, job_kind, schedule

__all__ = ["open_rounds", "press"]


@job_kind("dispatch.open_due", title=_("按周期发起调度"))
def open_rounds(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Open the rounds whose day has come."""
    now = timezone.now()
    return {"opened": len(open_due(on=timezone.localdate(now), at=now))}


@job_kind("dispatch.press", title=_("提醒和催报调度填报"))
def press(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Remind and press the departments whose deadline is near, has come, or has passed."""
    now = timezone.now()
    return {"pressed": press_due(on=timezone.localdate(now), at=now)}


schedule("dispatch.open_due", title=_("每日按周期发起调度"), kind="dispatch.open_due", when="0 7 * * *")
schedule("dispatch.press", title=_("每日催报"), kind="dispatch.press", when="40 7 * * *")
