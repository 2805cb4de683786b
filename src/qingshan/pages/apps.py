"""The room's announcement to Django."""

from django.apps import AppConfig
from django.conf import settings

from qingshan.pages.bare_numbers import refuse_bare_numbers


class PagesConfig(AppConfig):
    """Pages, and the check that no bare number reaches one."""

    name = "qingshan.pages"

    def ready(self) -> None:
        """Switch the check on where developers and tests see it."""
        if settings.STRICT_TEMPLATES:
            refuse_bare_numbers()
