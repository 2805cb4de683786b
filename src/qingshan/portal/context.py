"""What every page template may count on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from qingshan import __version__
from qingshan.accounts.public import capabilities_of
from qingshan.messages.public import unread_count
from qingshan.pages.public import as_of, today
from qingshan.portal import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the as-of date, the navigation and the names of things in the frame."""
    user = request.user
    day = as_of(request)
    may = capabilities_of(user) if user.is_authenticated else frozenset[str]()
    return {
        "as_of": day,
        "as_of_is_past": day != today(),
        "version": __version__,
        "rooms": navigation.installed_rooms(),
        "navigation": navigation.items(request, navigation.MAIN, may),
        "personal": navigation.items(request, navigation.PERSONAL, None),
        "unread_messages": unread_count(user) if user.is_authenticated else 0,
        "user_name": getattr(user, "display_name", "") or user.get_username(),
        "login_url": settings.LOGIN_URL,
        "logout_url": settings.LOGOUT_URL,
        # Fictional people see nothing but fiction; pages of a plan say it of the plan.
        "simulated": _is_fictional(user),
        "patterns_open": settings.DEBUG,
    }


def _is_fictional(user: Any) -> bool:
    district = getattr(user, "district", None)
    return bool(district and district.simulated)
