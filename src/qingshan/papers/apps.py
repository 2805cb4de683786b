"""Official papers, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Official papers."""

    name = "qingshan.papers"
    verbose_name = _("公文")
