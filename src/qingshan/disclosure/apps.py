"""The public side, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """The public side."""

    name = "qingshan.disclosure"
    verbose_name = _("公开")
