"""What somebody has to do with a record (职责), in words. A room may use words of its own besides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["DUTIES", "duty_label"]

DUTIES = {
    "keeper": _("负责办理"),
    "deputy": _("协助办理"),
    "reviewer": _("审核把关"),
}


def duty_label(word: str) -> str:
    """Return a duty in words; a word this list does not know stands for itself."""
    return str(DUTIES.get(word, word))
