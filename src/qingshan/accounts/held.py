"""A form sent after the session had expired: kept until its writer has logged in again.

With scripts the browser keeps a draft. Without them the fields would be lost at the log-in page; so they
wait in the (anonymous) session. Files cannot wait there, and passwords must not.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

_KEY = "held_form"
_SECRET = re.compile(r"password|csrfmiddlewaretoken|secret|token", re.IGNORECASE)
LARGEST = 64 * 1024
KEPT_S = 3600


@dataclass(frozen=True, slots=True)
class HeldForm:
    """What was sent, where to, and which files are missing from it."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]


def hold(request: HttpRequest) -> bool:
    """Keep what a request sends; False when there is nothing, or more than fits."""
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if not _SECRET.search(name)
        for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if not fields or size > LARGEST:
        return False
    request.session[_KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": [file.name for file in request.FILES.values()],  # type: ignore[union-attr]
        "at": int(time.time()),
    }
    return True


def held(request: HttpRequest) -> HeldForm | None:
    """Return what is kept, unless it has waited too long."""
    kept: Any = request.session.get(_KEY)
    if not kept or time.time() - kept["at"] > KEPT_S:
        return None
    return HeldForm(kept["path"], [(name, value) for name, value in kept["fields"]], kept["files"])


def let_go(request: HttpRequest) -> None:
    """Forget what is kept."""
    request.session.pop(_KEY, None)
