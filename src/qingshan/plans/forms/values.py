"""Entering values, letters of assignment, years left out of account, and decisions of a second person."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.pages.public import DayInput, offer
from qingshan.plans.models import ExclusionLetter
from qingshan.plans.vocabulary import Finding, MeasuredKind


class NumberField(forms.CharField):
    """A number kept digit for digit as typed; blanks and full-width digits are forgiven, guesses are not."""

    default_error_messages = {"number": _("填写的是“%(found)s”；这里只能填数字，如 95.4。")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        plain = text.translate(_PLAIN).replace(",", "").strip()
        try:
            number = Decimal(plain)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise forms.ValidationError(self.error_messages["number"], params={"found": text}, code="number")
        return number


_PLAIN = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")


class YearField(forms.IntegerField):
    """A year that a plan may speak of."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1990, max_value=2099, **options)


class ValueForm(forms.Form):
    """A value of an indicator for a year or a part of it."""

    year = YearField(label=_("年度"))
    period_start = forms.DateField(
        label=_("时段起"),
        required=False,
        widget=DayInput,
        help_text=_("全年数值留空；只有部分时段的，起止都填。"),
    )
    period_end = forms.DateField(label=_("时段止"), required=False, widget=DayInput)
    kind = forms.ChoiceField(label=_("数值类别"), choices=MeasuredKind.choices)
    number = NumberField(label=_("数值"), required=False, help_text=_("按来源文件的写法填，保留全部小数位。"))
    unit = forms.CharField(label=pgettext_lazy("measurement", "单位"), max_length=40, required=False)
    text = forms.CharField(
        label=_("文字结果"), max_length=200, required=False, help_text=_("定性指标填这里。")
    )
    finding = forms.ChoiceField(
        label=_("定性结论"), choices=[("", _("（数值指标不填）")), *Finding.choices], required=False
    )
    condition = forms.CharField(
        label=_("测定条件"), max_length=120, required=False, help_text=_("如标况、实况。")
    )
    as_of = forms.DateField(
        label=_("数据截至"), widget=DayInput, required=False, help_text=_("留空为时段最后一天。")
    )
    known_on = forms.DateField(
        label=_("获知日期"), widget=DayInput, required=False, help_text=_("留空为今天。")
    )
    source = forms.CharField(label=_("数据来源"), max_length=200, help_text=_("文件名称和文号，或数据出处。"))
    attachment = forms.FileField(
        label=_("来源文件"), required=False, help_text=_("PDF、Word、Excel 或图片。")
    )
    note = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    exclusions = forms.MultipleChoiceField(
        label=_("已剔除的时段"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("这个数值按哪些批复剔除了天数。"),
    )

    def __init__(self, *args: Any, letters: Sequence[ExclusionLetter] = (), **options: Any) -> None:
        """Offer the plan's exclusion letters; without any the question is not asked."""
        super().__init__(*args, **options)
        self._letters = {str(letter.pk): letter for letter in letters}
        if not letters:
            del self.fields["exclusions"]
            return
        named = [(key, f"{letter.number} {letter.cause}") for key, letter in self._letters.items()]
        offer(self, "exclusions", named)

    def said(self) -> dict[str, Any]:
        """Return all that was said, also that a field is empty, without file and letters."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("attachment", "exclusions")
        }

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes of a new value."""
        return {name: value for name, value in self.said().items() if value not in (None, "")}

    def letters_chosen(self) -> list[ExclusionLetter]:
        """Return the exclusion letters the value rests on."""
        return [self._letters[key] for key in self.cleaned_data.get("exclusions", ())]


class SendBackForm(forms.Form):
    """Why an entry is sent back."""

    note = forms.CharField(label=_("退回理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NotEvaluableForm(forms.Form):
    """A year of an indicator that is to be left out of account."""

    year = YearField(label=_("年度"))
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(label=_("依据"), max_length=500, help_text=_("文件名称和文号。"))
    attachment = forms.FileField(label=_("依据文件"), required=False)
    SAID = ("year", "reason", "evidence")

    def said(self) -> dict[str, Any]:
        """Return what was said, as the actions take it; the file is attached to it."""
        return {name: self.cleaned_data[name] for name in self.SAID}


class ExclusionForm(forms.Form):
    """A letter that leaves days out of account."""

    number = forms.CharField(label=_("文号"), max_length=80)
    title = forms.CharField(label=_("标题"), max_length=200)
    authority = forms.CharField(label=_("批复单位"), max_length=120)
    issued_on = forms.DateField(label=_("批复日期"), widget=DayInput)
    period_start = forms.DateField(label=_("剔除时段起"), widget=DayInput)
    period_end = forms.DateField(label=_("剔除时段止"), widget=DayInput)
    cause = forms.CharField(label=_("剔除原因"), max_length=300, help_text=_("如沙尘天气。"))
    document = forms.FileField(label=_("批复文件"), help_text=_("PDF 或扫描件。"))
