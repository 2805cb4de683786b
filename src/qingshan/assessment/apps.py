"""Evaluations of a plan, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """Evaluations of a plan."""

    name = "qingshan.assessment"
    verbose_name = _("评估")
