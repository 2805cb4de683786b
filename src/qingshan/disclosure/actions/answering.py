"""The answer: written by who did the work, checked by a second person, then read by the sender."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.disclosure import policies
from qingshan.disclosure.actions.moving import moved
from qingshan.disclosure.errors import DisclosureRefusal, MissingReason, SecondPerson
from qingshan.disclosure.models import Feedback, PublicPage

__all__ = ["approve_answer", "draft_answer", "reopen_answer", "send_back_answer"]


@transaction.atomic
def draft_answer(
    *,
    feedback: Feedback,
    answer: str,
    by: Any,
    at: datetime,
    is_public: bool = False,
    public_question: str = "",
) -> Feedback:
    """Write the answer and hand it in (拟写答复).

    Parameters
    ----------
    is_public : bool
        Whether it shall stand on the public page too, without who asked.
    public_question : str
        The question as it shall stand there: in the bureau's words, with nothing that tells who asked.

    Raises
    ------
    DisclosureRefusal
        No answer, or no question for the public page.
    Forbidden, IllegalMove, Stale
    """
    policies.require_answer(by, feedback)
    if not answer.strip():
        raise DisclosureRefusal(_("请填写答复。"))
    if is_public and not public_question.strip():
        raise DisclosureRefusal(_("在公开页登载时，请用本单位的话写明问题，不含反映人的任何信息。"))
    return moved(
        feedback, "draft", by=by, at=at, answer=answer, is_public=is_public,
        public_question=public_question if is_public else "", drafted_by=by, drafted_at=at, approved_by=None,
    )  # fmt: skip


@transaction.atomic
def send_back_answer(*, feedback: Feedback, by: Any, at: datetime, note: str) -> Feedback:
    """Send an answer back to be written anew (退回).

    Raises
    ------
    Forbidden, MissingReason, IllegalMove, Stale
    """
    policies.require(by, "check", feedback.page)
    if not note.strip():
        raise MissingReason
    return moved(feedback, "send_back", by=by, at=at, note=note)


@transaction.atomic
def approve_answer(*, feedback: Feedback, by: Any, at: datetime, note: str = "") -> Feedback:
    """Approve an answer (答复): from now on the sender reads it, and everybody where it is public.

    Raises
    ------
    SecondPerson
        Who wrote it approves.
    Forbidden, IllegalMove, Stale
    """
    policies.require(by, "check", feedback.page)
    if by is not None and by.pk == feedback.drafted_by_id:
        raise SecondPerson
    _touch(feedback, at)
    return moved(feedback, "answer", by=by, at=at, note=note, approved_by=by, answered_at=at)


@transaction.atomic
def reopen_answer(*, feedback: Feedback, by: Any, at: datetime, note: str) -> Feedback:
    """Take an answer back to be corrected (更正答复); until the new one is approved nobody outside reads it.

    Raises
    ------
    Forbidden, MissingReason, IllegalMove, Stale
    """
    policies.require(by, "check", feedback.page)
    if not note.strip():
        raise MissingReason
    _touch(feedback, at)
    return moved(feedback, "reopen", by=by, at=at, note=note)


def _touch(feedback: Feedback, at: datetime) -> None:
    """The public page reads differently from now on."""
    PublicPage.objects.filter(pk=feedback.page_id).update(changed_at=at)
