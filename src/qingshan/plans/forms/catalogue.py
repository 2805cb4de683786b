"""An indicator of the catalogue, entered or revised: what it means and how it is reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import DayInput
from qingshan.plans.models import CatalogueIndicatorVersion
from qingshan.plans.vocabulary import DIRECTIONS

__all__ = ["CatalogueForm"]

_ABOUT_THE_VERSION = ("code", "valid_from", "reason", "seen_version")
_ONE_A_LINE = _("每行一项。")


def _lines(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=False, **options)


class CatalogueForm(forms.Form):
    """A definition. Entering asks for the code; revising for the reason, on the version it began from."""

    code = forms.CharField(
        label=_("编号"), max_length=60, help_text=_("用在网址里，全库不重复，以后不能改；如 pm25-mean。")
    )
    name = forms.CharField(label=_("名称"), max_length=120)
    aliases = _lines(_("别名"), 2, help_text=_ONE_A_LINE)
    direction = forms.ChoiceField(label=_("方向"), choices=list(DIRECTIONS.items()))
    unit = forms.CharField(label=pgettext_lazy("measurement", "单位"), max_length=40, required=False)
    definition = forms.CharField(label=_("含义"), widget=forms.Textarea(attrs={"rows": 4}))
    formula_words = _lines(_("计算方法"), help_text=_("用文字写清分子、分母和取值范围。"))
    formula_symbols = _lines(_("计算公式"), 2, help_text=_("用符号写，如 P = n / N × 100%。"))
    data_departments = _lines(_("数据来源部门"), help_text=_ONE_A_LINE)
    standards = _lines(_("依据标准"), help_text=_("每行一项，写明编号，如 GB 3095-2012。"))
    rules = _lines(_("考核条件"), 2)
    notes = _lines(_("说明"), 2)
    valid_from = forms.DateField(
        label=_("自何日起"), widget=DayInput, help_text=_("此前的日子仍按原来的定义。")
    )
    reason = forms.CharField(label=_("修订理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None, *, today: date, held: CatalogueIndicatorVersion | None = None
    ) -> None:
        """Take the version to be revised as ``held``, or None to enter a new definition."""
        shown = {} if held is None else {name: getattr(held, name) for name in self._own()}
        seen = {} if held is None else {"seen_version": held.number}
        super().__init__(data, initial={**shown, **seen, "valid_from": today})
        for name in ("reason", "seen_version") if held is None else ("code",):
            del self.fields[name]

    @classmethod
    def _own(cls) -> list[str]:
        return [name for name in cls.base_fields if name not in _ABOUT_THE_VERSION]

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes; lists with one item a line and no empty lines."""
        facts = {name: self.cleaned_data[name] for name in self._own()}
        for name in ("aliases", "data_departments", "standards"):
            facts[name] = "\n".join(line.strip() for line in facts[name].splitlines() if line.strip())
        return facts
