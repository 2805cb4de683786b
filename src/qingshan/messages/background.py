"""Sending what is due, every minute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.jobs.public import Progress, job_kind, schedule
from qingshan.messages.sending import send_due


@job_kind("messages.send", title=_("发送到期的邮件和平台消息"))
def send(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Send the letters that are due."""
    return send_due(at=timezone.now(), progress=progress)


schedule("messages.send", title=_("每分钟发送到期消息"), kind="messages.send", when="every 1m")
