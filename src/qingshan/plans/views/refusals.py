"""What a button without a form of its own says when the ledger refuses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.history.public import BeforeLastVersion, StaleVersion
from qingshan.kernel.flow import IllegalMove
from qingshan.plans.errors import LedgerRefusal

REFUSED = (LedgerRefusal, IllegalMove, StaleVersion, BeforeLastVersion)


def refusal_in_words(refused: Exception) -> str:
    """Return a refusal in words for the person who pressed the button."""
    if isinstance(refused, StaleVersion):
        return _("这条记录已有新的版本，没有办理；请核对现状后再办。")
    if isinstance(refused, IllegalMove):
        return _("现在的状态不允许这一步，可能已由他人办理；请核对现状后再办。")
    return str(refused)
