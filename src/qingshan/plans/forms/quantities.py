"""The physical quantities of a project (工程量), row by row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.pages.public import DayInput, FormWithRows, RowForm
from qingshan.plans.forms.values import NumberField, YearField
from qingshan.plans.models import ProjectVersion
from qingshan.plans.targets import Quantity
from qingshan.plans.vocabulary import OPERATOR_SIGNS, OPERATORS, Operator

__all__ = ["QuantitiesForm"]


class QuantityForm(RowForm):
    """One quantity: what, how much, from when, until when."""

    what = forms.CharField(
        label=gettext_lazy("事项"), max_length=200, help_text=gettext_lazy("内容是什么，如新建污水管网。")
    )
    operator = forms.ChoiceField(
        label=gettext_lazy("关系"),
        required=False,
        choices=[("", "—"), *((sign, f"{OPERATOR_SIGNS[sign]} {OPERATORS[sign]}") for sign in Operator)],
    )
    value = NumberField(label=gettext_lazy("数量"), required=False)
    unit = forms.CharField(label=pgettext_lazy("measurement", "单位"), max_length=40, required=False)
    since = YearField(label=gettext_lazy("起始年"), required=False)
    deadline = YearField(label=gettext_lazy("完成年"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a bound without its amount, an amount without its unit, years out of order."""
        found = super().clean() or {}
        value = found.get("value")
        if found.get("operator") and value is None and "value" not in self.errors:
            self.add_error("value", _("填了关系就要填数量。"))
        if value is not None and not found.get("unit"):
            self.add_error("unit", _("填了数量就要填单位。"))
        since, deadline = found.get("since"), found.get("deadline")
        if since and deadline and since > deadline:
            told = _("开始年 %(since)d 晚于完成年 %(deadline)d。")
            self.add_error("deadline", told % {"since": since, "deadline": deadline})
        return found

    def quantity(self) -> Quantity:
        """Return the quantity that was entered."""
        data = self.cleaned_data
        return Quantity(
            what=data["what"],
            operator=Operator(data["operator"]) if data["operator"] else None,
            value=data["value"],
            unit=data["unit"],
            deadline=data["deadline"],
            since=data["since"],
        )


class QuantitiesForm(FormWithRows):
    """All quantities of a project, changed with a reason from a day on."""

    valid_from = forms.DateField(label=gettext_lazy("自何日起"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("变更理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    row_form = QuantityForm
    rows_name = "quantities"
    rows_legend = gettext_lazy("各项工程量")
    row_label = gettext_lazy("工程量")
    add_label = gettext_lazy("再加一项工程量")
    rows_after = "reason"

    @staticmethod
    def written(held: ProjectVersion) -> dict[str, Any]:
        """Return a project's quantities as the rows show them."""
        names = [name for name in QuantityForm.base_fields if name != "drop"]
        rows = [{name: getattr(one, name) for name in names} for one in held.quantities]
        return {"quantities": rows, "seen_version": held.number}

    def quantities(self) -> tuple[Quantity, ...]:
        """Return the quantities that were entered, in their order; none is an answer too."""
        return tuple(row.quantity() for row in self.rows.filled if isinstance(row, QuantityForm))
