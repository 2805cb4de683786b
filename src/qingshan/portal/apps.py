"""The portal, as a Django app: once every room is there, it connects them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Knows all rooms."""

    name = "qingshan.portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        """Connect events to their consumers."""
        from qingshan.portal.wiring import wire  # models exist only now

        wire()
