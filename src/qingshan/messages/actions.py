"""Telling people, reading, signing for, and what people and administrators set."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import User
from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref
from qingshan.messages import wording
from qingshan.messages.models import Endpoint, Notice, Preferences, Sending, Wording
from qingshan.messages.states import NOTICE_FLOW, NoticeState
from qingshan.messages.timing import Pace, leaves_at
from qingshan.workflow.public import WorkingCalendar, working_calendar


class NotYours(PermissionError):
    """A notice is read and signed for by the person it is for, and by nobody else."""


@transaction.atomic
def notify(
    template: str,
    to: Iterable[User],
    words: Mapping[str, Any],
    *,
    at: datetime,
    by: User | None = None,
    about: Ref | None = None,
    address: str = "",
    needs_receipt: bool | None = None,
    batch: uuid.UUID | None = None,
) -> list[Notice]:
    """Tell people something (通知): into each inbox now, and out of the house as each wishes.

    Parameters
    ----------
    template : str
        Name of a template in some room's ``notices.yaml``.
    to : iterable of User
        Each is told once, in their language; who may no longer log in is passed over.
    words : mapping
        What the template asks for by name.
    address : str
        Path of the page to open, such as ``/plans/3/``.
    needs_receipt : bool, optional
        Whether it must be signed for (签收); the template's own answer when left out.
    batch : UUID, optional
        The same batch twice tells nobody twice; give one when an event may be delivered again.

    Raises
    ------
    UnknownTemplate, BadWording
        The template does not exist, or asks for words that were not given.
    """
    known = wording.template(template)
    batch = batch or uuid.uuid4()
    told = set(Notice.objects.filter(batch=batch).values_list("to_id", flat=True))
    people = {user.pk: user for user in to if user.may_log_in and user.pk not in told}
    notices = [
        Notice(
            to=user,
            template=template,
            batch=batch,
            subject=text.subject[:300],
            body=text.body,
            about=str(about or ""),
            address=address,
            urgent=known.urgent,
            needs_receipt=known.receipt if needs_receipt is None else needs_receipt,
            by=by,
            sent_at=at,
        )
        for user in people.values()
        for text in [wording.fill(_text(known, user), words)]
    ]
    made = Notice.objects.bulk_create(notices)
    Sending.objects.bulk_create(_sendings(made, at))
    if by is not None and made:
        detail = {"template": template, "people": len(made)}
        audit.record("messages.notify", about or made[0].ref, by=by, at=at, detail=detail)
    return made


def _text(known: wording.Template, user: User) -> wording.Text:
    language = user.language if user.language in known.texts else settings.LANGUAGE_CODE
    own = Wording.objects.filter(template=known.name, language=language).first()
    return wording.Text(own.subject, own.body) if own else known.texts[language]


def _sendings(notices: Iterable[Notice], at: datetime) -> list[Sending]:
    channels = ["email"] if settings.EMAIL_ENABLED else []
    channels += [one.channel for one in Endpoint.objects.filter(enabled=True).order_by("name")]
    wishes = {one.user_id: one for one in Preferences.objects.filter(user__in=[one.to for one in notices])}
    calendar = working_calendar()
    return [
        sending
        for notice in notices
        for channel in channels
        for sending in _sending(notice, channel, wishes.get(notice.to_id) or Preferences(), at, calendar)
    ]


def _sending(
    notice: Notice, channel: str, wish: Preferences, at: datetime, calendar: WorkingCalendar
) -> list[Sending]:
    pace = wish.pace(channel)
    if pace is Pace.NEVER or (channel == "email" and not notice.to.email):
        return []

    def is_rest_day(day: date) -> bool:
        return not calendar.mark(day, estimate=True).is_worked  # only comfort hangs on it

    due_at = leaves_at(at, pace=pace, quiet=wish.quiet, urgent=notice.urgent, is_rest_day=is_rest_day)
    digest = pace is not Pace.AT_ONCE and not notice.urgent
    return [Sending(notice=notice, channel=channel, in_digest=digest, due_at=due_at)]


@transaction.atomic
def mark_read(*, notice: Notice, by: User, at: datetime) -> Notice:
    """Note that a person has opened a notice (阅读); nothing happens the second time.

    Raises
    ------
    NotYours
        It is for somebody else.
    """
    _require_own(notice, by)
    if NOTICE_FLOW.allows(notice.state, "read"):
        after = NOTICE_FLOW.after(notice.state, "read")
        Notice.objects.filter(pk=notice.pk, state=notice.state).update(state=after, read_at=at)
        notice.refresh_from_db()
    return notice


def mark_all_read(*, by: User, at: datetime) -> int:
    """Note that a person has seen all that is not to be signed for; returns how many."""
    unread = Notice.objects.filter(to=by, state=NoticeState.UNREAD, needs_receipt=False)
    return unread.update(state=NOTICE_FLOW.after(NoticeState.UNREAD, "read"), read_at=at)


@transaction.atomic
def sign_receipt(*, notice: Notice, by: User, at: datetime) -> Notice:
    """Sign for a notice (签收): the person has it and knows it. It cannot be taken back.

    Raises
    ------
    NotYours
        It is for somebody else.
    IllegalMove
        It was signed for already.
    """
    _require_own(notice, by)
    after = NOTICE_FLOW.after(notice.state, "sign")
    moved = Notice.objects.filter(pk=notice.pk, state=notice.state).update(
        state=after, signed_at=at, read_at=notice.read_at or at
    )
    notice.refresh_from_db()
    if moved == 1:
        audit.record("messages.sign_receipt", notice.ref, by=by, at=at, detail={"subject": notice.subject})
    return notice


def _require_own(notice: Notice, by: User) -> None:
    if notice.to_id != by.pk:
        raise NotYours(f"notice {notice.pk} is not for {by.get_username()}")


@transaction.atomic
def set_preferences(*, user: User, at: datetime, **wishes: Any) -> Preferences:
    """Keep how a person wishes to be told (接收偏好). What already waits keeps its time."""
    kept, _made = Preferences.objects.update_or_create(user=user, defaults=wishes)
    shown = {name: str(value) for name, value in wishes.items()}
    audit.record("messages.set_preferences", user.ref, by=user, at=at, detail=shown)
    return kept


@transaction.atomic
def set_wording(
    *, template: str, language: str, subject: str, body: str, by: User, at: datetime
) -> Wording | None:
    """Put the bureau's own words in place of a template's (修改消息文字); the template's own words undo it.

    Raises
    ------
    UnknownTemplate, BadWording
        No such template, or the words ask for what its senders do not give.
    """
    known = wording.template(template)
    if language not in known.texts:
        told = {"found": language, "known": "、".join(known.texts)}
        raise wording.BadWording(_("语言 %(found)s；可用的语言：%(known)s") % told)
    text = wording.Text(subject.strip(), body.strip())
    wording.check_wording(known, text)
    about = Ref("messages", "template", template)
    detail = {"language": language, "subject": text.subject, "body": text.body}
    audit.record("messages.set_wording", about, by=by, at=at, detail=detail)
    if text == known.texts[language]:
        Wording.objects.filter(template=template, language=language).delete()
        return None
    own, _made = Wording.objects.update_or_create(
        template=template,
        language=language,
        defaults={"subject": text.subject, "body": text.body, "changed_by": by, "changed_at": at},
    )
    return own


@transaction.atomic
def save_endpoint(*, endpoint: Endpoint, by: User, at: datetime) -> Endpoint:
    """Keep an address of the message platform (保存消息平台地址); its secret is not written to the audit."""
    endpoint.full_clean()
    endpoint.save()
    detail = {"address": endpoint.address, "enabled": endpoint.enabled}
    audit.record("messages.save_endpoint", endpoint.ref, by=by, at=at, detail=detail)
    return endpoint
