"""Money of projects, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    """Money of projects."""

    name = "qingshan.funds"
    verbose_name = _("资金")
