"""Background work, as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """A room announces its job kinds and schedules by having a module ``background``."""

    name = "qingshan.jobs"
    verbose_name = _("后台作业")

    def ready(self) -> None:
        """Read every room's ``background`` module."""
        autodiscover_modules("background")
