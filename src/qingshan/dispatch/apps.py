"""Dispatch rounds, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    """Dispatch rounds."""

    name = "qingshan.dispatch"
    verbose_name = _("调度")
