"""What a reader asks for and does not get: 404, whether it is absent or not theirs to see."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _


class NoSuchPlan(Http404):
    """No plan with this code on this day, or none that this person may see."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_("没有编号为“%s”的规划，或您无权查看；也可能在所选截至日期尚未建立。") % code)


class NoSuchRecord(Http404):
    """No record with this code in the plan on this day, or none that this person may see."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_("本规划中没有编号为“%s”的记录，或您无权查看。") % code)
