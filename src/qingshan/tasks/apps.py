"""Tasks, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    """Assigned work and its supervision."""

    name = "qingshan.tasks"
    verbose_name = _("任务")
