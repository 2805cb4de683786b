"""From one plan to the next, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuccessionConfig(AppConfig):
    """From one plan to the next."""

    name = "qingshan.succession"
    verbose_name = _("规划接续")
