"""What is not there, or not for the asker: the answer is the same (404)."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _


class NoSuchFunds(Http404):
    """There is no such record of money on that day, or the asker may not see it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(_("没有“%s”，或您无权查看。") % key)
