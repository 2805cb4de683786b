"""Between levels, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LevelsConfig(AppConfig):
    """Between levels."""

    name = "qingshan.levels"
    verbose_name = _("上下级报送")
