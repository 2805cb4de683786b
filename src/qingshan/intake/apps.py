"""Intake, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """From a plan document to the ledger: review, difference, conflicts."""

    name = "qingshan.intake"
    verbose_name = _("导入审阅")
