"""Entering receipts and payments, taking them back; making tasks of warnings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.funds.forms.fields import WanField, YearField
from qingshan.funds.rules import fund_name
from qingshan.funds.vocabulary import EntryKind, SourceLevel
from qingshan.pages.public import DayInput

#: What a source may be called where none stands at the project yet.
NAMED_SOURCES = tuple(fund_name(level) for level in SourceLevel if level is not SourceLevel.OTHER)


class MoneyForm(forms.Form):
    """Money that was received or paid on a day."""

    kind = forms.ChoiceField(label=_("类别"), choices=EntryKind)
    on = forms.DateField(label=_("日期"), widget=DayInput)
    amount_yuan = WanField(label=_("金额（万元）"))
    bid = forms.ChoiceField(
        label=_("专项资金"), required=False, help_text=_("属于某笔专项的选它，年度和来源随专项。")
    )
    year = YearField(label=_("资金年度"), required=False, help_text=_("计划安排的年度，不一定是到账年度。"))
    funds = forms.ChoiceField(label=_("资金来源"), required=False)
    voucher = forms.CharField(label=_("凭证号"), max_length=60)
    purpose = forms.CharField(
        label=_("用途"), max_length=200, required=False, help_text=_("专项资金的用途照下达文件写。")
    )
    attachment = forms.FileField(label=_("凭证"), required=False, help_text=_("PDF 或扫描件。"))

    def clean(self) -> dict[str, Any]:
        """Ask for year and source where no grant says them."""
        found = super().clean() or {}
        if not found.get("bid"):
            for name in ("year", "funds"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("没有选专项资金时必填。"))
        return found


class ReverseForm(forms.Form):
    """Why an entry is taken back."""

    on = forms.DateField(label=_("冲销日期"), widget=DayInput)
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PressForm(forms.Form):
    """A task made of a warning."""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    lead = forms.ChoiceField(label=_("承办单位"))
    due_on = forms.DateField(label=_("办结期限"), widget=DayInput)
    note = forms.CharField(
        label=_("要求"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("空着则按预警的处理要求。"),
    )  # fmt: skip
