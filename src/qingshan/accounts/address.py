"""Where a request comes from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the address of the client, as far as it can be trusted.

    ``X-Forwarded-For`` is believed only for as many proxies as the installation has
    (``QINGSHAN_PROXIES``): anybody may write what stands further left.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    found = hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - stands for "unknown" (a Unix socket); nothing listens here
