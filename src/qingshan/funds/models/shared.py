"""What several tables have in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Move


class Step(Move):
    """One step of a life cycle of this room, with the states before and after."""

    before = models.CharField(_("之前"), max_length=16)
    after = models.CharField(_("之后"), max_length=16)

    class Meta(Move.Meta):
        abstract = True
