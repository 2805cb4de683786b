"""Every morning the money is held against the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.funds.actions.warnings import raise_warnings
from qingshan.jobs.public import Progress, job_kind, schedule


@job_kind("funds.watch", title=_("检查资金预警"))
def watch(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Tell each department of the warnings about its projects that are new."""
    now = timezone.now()
    progress.step(0, 1, str(_("对照规则检查资金")))
    found = raise_warnings(on=timezone.localdate(now), at=now)
    progress.step(1, 1)
    return found


schedule("funds.watch", title=_("资金预警"), kind="funds.watch", when="20 6 * * *")
