"""The page of a refusal: what is needed, and who can give it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qingshan.accounts.policies import Forbidden
from qingshan.accounts.queries.administrators import security_administrators
from qingshan.pages.public import page_or_part


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 in plain words (Django's ``handler403``)."""
    shown = {
        "refused": exception if isinstance(exception, Forbidden) else None,
        "reason": "" if isinstance(exception, Forbidden) else str(exception),
        "who": security_administrators(timezone.now()),
    }
    return page_or_part(request, "accounts/forbidden", shown, status=403)
