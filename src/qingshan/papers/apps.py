"""Official papers, as a Django app."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Official papers."""

    name = "qingshan.papers"
    verbose_name = _("公文")

    def ready(self) -> None:
        """Bring the templates along."""
        # The door of documents brings models, which are there only now.
        from qingshan.documents.public import register_templates

        register_templates(Path(__file__).resolve().parent / "sheets")
