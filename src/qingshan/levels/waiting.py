"""Submissions that wait for a person: to review, or to put right after they came back (报送待办)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.levels import policies
from qingshan.levels.models import Submission
from qingshan.levels.queries.submissions import incoming_for, submissions_from
from qingshan.levels.states import SubmissionState
from qingshan.pages.public import Waiting

__all__ = ["waiting"]


def waiting(user: Any, _on: date) -> Iterator[Waiting]:
    """Return what is with somebody to decide on, and what came back to them."""
    for one in incoming_for(user=user).filter(state=SubmissionState.SUBMITTED):
        if policies.may(user, "review", one):
            yield _of(_("审核报送：%s"), one)
    for one in submissions_from(user=user).filter(state=SubmissionState.SENT_BACK):
        if policies.may(user, "submit", one):
            yield _of(_("修改退回的报送：%s"), one)


def _of(words: str, submission: Submission) -> Waiting:
    return Waiting(words % submission, reverse("levels:submission", args=[submission.pk]))
