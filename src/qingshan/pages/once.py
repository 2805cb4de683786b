"""A form that is sent twice is carried out once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from qingshan.pages.models import SubmittedForm

FIELD = "once"
_SHAPE = re.compile(r"[0-9a-f]{32}")


class AlreadySubmitted(Exception):
    """This very form was carried out before: a double click, or a page sent again after a lost answer."""


def new_token() -> str:
    """Return the token that a freshly shown form carries."""
    return uuid.uuid4().hex


@contextmanager
def once(request: HttpRequest) -> Iterator[None]:
    """Carry out what the form asks, unless it was carried out before.

    The token and the act are committed together: what was refused or broke may be sent again.

    Raises
    ------
    AlreadySubmitted
        The form was carried out before.
    """
    token = request.POST.get(FIELD, "")
    with transaction.atomic():
        if _SHAPE.fullmatch(token):
            _claim(token)
        yield


def _claim(token: str) -> None:
    try:
        with transaction.atomic():
            SubmittedForm.objects.create(token=token, at=timezone.now())
    except IntegrityError:
        raise AlreadySubmitted(token) from None
