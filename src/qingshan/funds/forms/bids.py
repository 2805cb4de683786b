"""Bidding for a grant, and entering what was granted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.funds.forms.fields import WanField, YearField, wan_text
from qingshan.funds.queries import BidDetail
from qingshan.funds.vocabulary import BidLevel
from qingshan.pages.public import DayInput, FormWithRows, RowForm

_LINES = 500


class ItemForm(RowForm):
    """One project of a bid: of the reserve or of a plan."""

    about = forms.ChoiceField(label=_("项目"))
    asked_yuan = WanField(label=_("申请金额（万元）"))


class BidForm(FormWithRows):
    """A bid on a call, with the projects it is for."""

    department = forms.ChoiceField(label=_("申报单位"))
    call = forms.CharField(label=_("专项资金名称"), max_length=200, help_text=_("如：省级生态环境专项资金。"))
    level = forms.ChoiceField(label=_("层级"), choices=BidLevel)
    call_number = forms.CharField(label=_("申报通知文号"), max_length=80, required=False)
    deadline_on = forms.DateField(label=_("申报截止"), widget=DayInput)
    year = YearField(label=_("资金年度"))
    purposes = forms.CharField(
        label=_("允许用途"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("每行一项，照申报通知写；支付时按此核对。空着则不限。"),
    )  # fmt: skip
    row_form = ItemForm
    rows_name = "items"
    rows_legend = _("申报项目")
    row_label = _("项目")
    add_label = _("再加一个项目")
    rows_after = "purposes"

    def __init__(self, *args: Any, about: list[tuple[str, Any]], **options: Any) -> None:
        """Offer the projects that may stand in a bid."""
        super().__init__(*args, **options)
        for row in self.rows.forms:
            row.fields["about"] = forms.ChoiceField(label=_("项目"), choices=[("", "—"), *about])

    def terms(self) -> dict[str, Any]:
        """Return what the actions take of the call."""
        names = ("call", "level", "call_number", "deadline_on", "year", "purposes")
        return {name: self.cleaned_data[name] for name in names}

    def asked(self) -> list[tuple[str, int]]:
        """Return which projects are asked for, and how many yuan."""
        return [(row.cleaned_data["about"], row.cleaned_data["asked_yuan"]) for row in self.rows.filled]


class GrantForm(forms.Form):
    """What was granted, and each project's part of it."""

    granted_on = forms.DateField(label=_("下达日期"), widget=DayInput)
    grant_number = forms.CharField(label=_("下达文号"), max_length=80)
    closes_on = forms.DateField(
        label=_("支付截止"),
        widget=DayInput,
        required=False,
        help_text=_("此日以后不得支付；没有规定则空着。"),
    )
    letter = forms.FileField(label=_("下达文件"), required=False, help_text=_("PDF 或扫描件。"))
    note = forms.CharField(label=_("意见"), max_length=_LINES, required=False)

    def __init__(self, *args: Any, detail: BidDetail, **options: Any) -> None:
        """Ask for the part of each project of the bid."""
        super().__init__(*args, **options)
        self._items = {f"part_{row.item.pk}": row for row in detail.items}
        for name, row in self._items.items():
            self.fields[name] = WanField(
                label=_("分配金额（万元）：%s") % row.name,
                initial=wan_text(row.item.asked_yuan),
                help_text=_("申请 %s 万元；没有分配填 0。") % wan_text(row.item.asked_yuan),
            )

    def allotted(self) -> dict[int, int]:
        """Return each project's part in yuan, by the number of the item."""
        return {row.item.pk: self.cleaned_data[name] for name, row in self._items.items()}
