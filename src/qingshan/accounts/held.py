"""A form sent after the session had expired: kept until its writer has logged in again.

With scripts the browser keeps a draft. Without them the fields would be lost at the log-in page; so they
wait in the (anonymous) session. Files cannot wait there, and passwords must not.

Machines are shared. So a signed cookie remembers who was last logged in here, long enough to outlive the
session, and a form is held for that person alone: whoever else logs in next finds nothing, and what was
held is forgotten. Logging out takes the cookie away. It opens no door; it only says whose a form is.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_KEY = "held_form"
_SECRET = re.compile(r"password|csrfmiddlewaretoken|secret|token", re.IGNORECASE)
_COOKIE = "qingshan_last"
_SALT = "qingshan.accounts.held"
LARGEST = 64 * 1024
KEPT_S = 3600
#: As long as the browser keeps a draft.
REMEMBERED_S = 7 * 86400


@dataclass(frozen=True, slots=True)
class HeldForm:
    """What was sent, where to, and which files are missing from it."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]


def hold(request: HttpRequest) -> bool:
    """Keep what a request sends; False when nobody knows whose it is, there is nothing, or too much."""
    whose = _last_person(request)
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if not _SECRET.search(name)
        for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if whose is None or not fields or size > LARGEST:
        return False
    request.session[_KEY] = {
        "whose": whose,
        "path": request.get_full_path(),
        "fields": fields,
        "files": [file.name for file in request.FILES.values()],  # type: ignore[union-attr]
        "at": int(time.time()),
    }
    return True


def held(request: HttpRequest) -> HeldForm | None:
    """Return what is kept for the person who is logged in."""
    forget_others(request)
    kept: Any = request.session.get(_KEY)
    if not kept or not request.user.is_authenticated:
        return None
    return HeldForm(kept["path"], [(name, value) for name, value in kept["fields"]], kept["files"])


def forget_others(request: HttpRequest) -> None:
    """Forget what has waited too long, and what was held for another than the person logged in."""
    kept: Any = request.session.get(_KEY)
    if not kept:
        return
    stale = time.time() - kept["at"] > KEPT_S
    if stale or (request.user.is_authenticated and kept.get("whose") != request.user.pk):
        let_go(request)


def let_go(request: HttpRequest) -> None:
    """Forget what is kept."""
    request.session.pop(_KEY, None)


def remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser remember who is logged in, until somebody else is or they log out."""
    if request.user.is_authenticated and _last_person(request) != request.user.pk:
        response.set_cookie(
            _COOKIE,
            signing.dumps(request.user.pk, salt=_SALT),
            max_age=REMEMBERED_S,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def forget_person(response: HttpResponse) -> None:
    """Take the cookie away, at the log-out."""
    response.delete_cookie(_COOKIE, samesite="Lax")


def _last_person(request: HttpRequest) -> Any:
    try:
        return signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=REMEMBERED_S)
    except signing.BadSignature:
        return None
