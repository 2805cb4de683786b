"""Out of the house, at least once: what is due is taken, sent, and marked.

As with events, a sending is *taken* first (its next attempt moves a lease ahead) and marked after;
a process killed in between sends once more, under the same key, which the receiver can tell.
All that waits for one person on one channel as a digest leaves in one letter.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingshan.jobs.public import Progress
from qingshan.messages.channels.email import EmailChannel
from qingshan.messages.channels.port import Channel, Letter, NeverSent, NotSent
from qingshan.messages.channels.webhook import WebhookChannel
from qingshan.messages.models import Endpoint, Sending
from qingshan.messages.states import SENDING_FLOW, SendingState

log = logging.getLogger(__name__)

ATTEMPTS = 6
LEASE = timedelta(minutes=5)
PAUSE = timedelta(minutes=5)

FindChannel = Callable[[str], Channel | None]


def channel_of(name: str) -> Channel | None:
    """Return a channel by the name sendings carry, or None when it is switched off."""
    if name == "email":
        return EmailChannel()
    endpoint = Endpoint.objects.filter(name=name.removeprefix("webhook:"), enabled=True).first()
    return WebhookChannel(endpoint.address, endpoint.secret) if endpoint else None


def send_due(*, at: datetime, progress: Progress, find: FindChannel = channel_of) -> dict[str, int]:
    """Send everything that is due; returns how many letters left and how many did not."""
    counts = {"sent": 0, "failed": 0}
    while taken := _take(at):
        done = _send(taken, at, find)
        counts["sent" if done else "failed"] += 1
        progress.step(counts["sent"] + counts["failed"])
    return counts


def _take(at: datetime) -> list[Sending]:
    """Take the next letter: one sending, or all of one person's digest on one channel."""
    due = Sending.objects.filter(state=SendingState.WAITING, due_at__lte=at)
    with transaction.atomic():
        first = due.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if first is None:
            return []
        letter = due.filter(pk=first.pk)
        if first.in_digest:
            letter = due.filter(in_digest=True, channel=first.channel, notice__to=first.notice.to_id)
        keys = list(letter.values_list("pk", flat=True))
        Sending.objects.filter(pk__in=keys).update(attempts=F("attempts") + 1, due_at=at + LEASE)
    return list(Sending.objects.filter(pk__in=keys).select_related("notice__to").order_by("pk"))


def _send(taken: list[Sending], at: datetime, find: FindChannel) -> bool:
    channel, user = find(taken[0].channel), taken[0].notice.to
    if channel is None or not user.may_log_in:
        _mark(taken, "drop", at, error="" if channel else _("渠道已停用"))
        return False
    try:
        channel.send(letter_of(taken, at))
    except NotSent as problem:
        log.warning("%s to %s: %s", taken[0].channel, user.pk, problem)
        _note_failure(taken, problem, at)
        return False
    _mark(taken, "send", at)
    return True


def letter_of(taken: list[Sending], at: datetime) -> Letter:
    """Return the letter of one sending, or of a digest, in its reader's language."""
    first = taken[0].notice
    with translation.override(first.to.language):
        subject, body = (first.subject, first.body) if len(taken) == 1 else _digest(taken)
    inbox = f"{settings.PUBLIC_URL}/messages/"
    return Letter(
        key="-".join(["qingshan", taken[0].channel.replace(":", "-"), *(str(one.pk) for one in taken[:20])]),
        to_username=first.to.get_username(),
        to_name=str(first.to),
        to_email=first.to.email,
        subject=subject,
        body=body,
        address=f"{inbox}{first.pk}/" if len(taken) == 1 else inbox,
        urgent=any(one.notice.urgent for one in taken),
        at=at,
    )


def _digest(taken: list[Sending]) -> tuple[str, str]:
    number = len(taken)
    subject = ngettext("青山：%(number)s 条消息", "青山：%(number)s 条消息", number) % {"number": number}
    lines = [f"{order}. {one.notice.subject}" for order, one in enumerate(taken, start=1)]
    waiting = sum(one.notice.waits_for_receipt for one in taken)
    if waiting:
        lines.append(_("其中 %(number)s 条需要签收。") % {"number": waiting})
    return subject, "\n".join(lines)


def _mark(taken: list[Sending], move: str, at: datetime, error: str = "") -> None:
    after = SENDING_FLOW.after(SendingState.WAITING, move)
    waiting = Sending.objects.filter(pk__in=[one.pk for one in taken], state=SendingState.WAITING)
    waiting.update(state=after, sent_at=at if after is SendingState.SENT else None, error=error)


def _note_failure(taken: list[Sending], problem: NotSent, at: datetime) -> None:
    if isinstance(problem, NeverSent) or max(one.attempts for one in taken) >= ATTEMPTS:
        _mark(taken, "give_up", at, error=str(problem)[:500])
        return
    # 5, 10, 20, 40, 80 minutes: a mail server under maintenance is back before it is given up.
    pause = PAUSE * 2 ** (max(one.attempts for one in taken) - 1)
    waiting = Sending.objects.filter(pk__in=[one.pk for one in taken], state=SendingState.WAITING)
    waiting.update(due_at=at + pause, error=str(problem)[:500])
