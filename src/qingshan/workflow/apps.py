"""Workflow, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """Assignment, hand-over, deadlines, calendar."""

    name = "qingshan.workflow"
    verbose_name = _("流转与期限")
