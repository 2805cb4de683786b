"""By what the list of waiting entries is sifted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import offer
from qingshan.plans.queries.review import KINDS, Offered

__all__ = ["ReviewFilter"]


class ReviewFilter(forms.Form):
    """Kind, plan, writer and order; what is not offered is not asked for."""

    kind = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[("", _("全部")), *((key, one.label) for key, one in KINDS.items())],
    )
    plan = forms.ChoiceField(label=_("规划"), required=False)
    by = forms.ChoiceField(label=_("录入人"), required=False)
    order = forms.ChoiceField(
        label=_("次序"), required=False, choices=[("", _("先提交的在前")), ("newest", _("后提交的在前"))]
    )

    def __init__(self, data: Any, *, offered: Offered) -> None:
        super().__init__(data)
        offer(self, "plan", [("", _("全部")), *offered.plans])
        offer(self, "by", [("", _("全部")), *((str(key), name) for key, name in offered.writers)])

    def sought(self) -> dict[str, Any]:
        """Return what is sought; a word that is not offered seeks nothing in particular."""
        self.is_valid()
        known = self.cleaned_data
        return {
            "kind": known.get("kind", ""),
            "plan": known.get("plan", ""),
            "entered_by": int(known["by"]) if known.get("by") else None,
            "newest_first": bool(known.get("order")),
        }

    @property
    def narrows(self) -> bool:
        """Whether something less than all is sought."""
        return any(self.cleaned_data.get(name) for name in ("kind", "plan", "by"))
