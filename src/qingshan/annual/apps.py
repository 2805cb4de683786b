"""The annual plan, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualConfig(AppConfig):
    """The annual plan."""

    name = "qingshan.annual"
    verbose_name = _("年度计划")
