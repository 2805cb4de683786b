"""What people enter about annual plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.annual.models import AnnualRowVersion
from qingshan.areas.public import department_names, departments_in
from qingshan.pages.public import DayInput, WorkbookForm

__all__ = [
    "AddRowForm",
    "AnswerForm",
    "AskForm",
    "ConsultForm",
    "NewAnnualForm",
    "ProposeForm",
    "RowForm",
    "UploadForm",
]

_LINES = 500
_HUNDREDTHS = Decimal(100)


def _lines(text: str) -> str:
    """A text with the line ends it is stored with: a browser sends others, and they are no change."""
    return text.replace("\r\n", "\n")


class NewAnnualForm(forms.Form):
    """Which year of which plan is drafted."""

    plan = forms.ChoiceField(label=_("规划"))
    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2099)


class _Departments(forms.Form):
    """Forms that name departments of the plan's district, under their names of a day."""

    def __init__(self, *args: Any, district_id: int, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [one.pk for one in departments_in(district_id, on)]
        kept = self._named() - set(ids)  # who has ended since stays with the row until somebody changes it
        names = department_names([*ids, *kept], on)
        choices = sorted(((str(pk), name) for pk, name in names.items()), key=lambda pair: pair[1])
        self._offer("lead", [("", "—"), *choices])
        self._offer("joint", choices)

    def _named(self) -> set[int]:
        given = [self.initial.get("lead"), *(self.initial.get("joint") or ())]
        return {int(pk) for pk in given if pk}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class RowForm(_Departments):
    """A row, changed by who keeps the annual plan."""

    name = forms.CharField(label=_("事项"), max_length=300)
    goal = forms.CharField(label=_("年度目标"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    value = forms.DecimalField(
        label=_("数值"), required=False, help_text=_("目标的数值；只改数值时，年度目标的文字随之改写。")
    )
    lead = forms.ChoiceField(label=_("牵头单位"), required=False)
    joint = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("完成期限"), widget=DayInput, required=False)
    evidence_wanted = forms.CharField(
        label=_("应交证据"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一项。发布后随任务下达。"),
    )  # fmt: skip
    weight = forms.DecimalField(label=_("权重"), min_value=0, max_value=1000, decimal_places=2, initial=1)
    quarterly = forms.BooleanField(label=_("发布后按季度分解"), required=False)
    included = forms.BooleanField(label=_("列入年度计划"), required=False, initial=True)
    reason = forms.CharField(label=_("变更理由"), max_length=_LINES, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def written(held: AnnualRowVersion) -> dict[str, Any]:
        """Return a version as the fields show it."""
        own = ("name", "goal", "due_on", "evidence_wanted", "quarterly", "included", "joint", "weight")
        found = {name: getattr(held, name) for name in own}
        return {**found, "value": held.value, "lead": held.lead_id or "", "seen_version": held.number}

    def changes(self) -> dict[str, Any]:
        """Return what was entered, as the actions take it."""
        data: Mapping[str, Any] = self.cleaned_data
        own = ("name", "goal", "due_on", "evidence_wanted", "quarterly", "included")
        found = {name: data[name] for name in own if name in self.fields}
        found |= {name: _lines(found[name]) for name in ("goal", "evidence_wanted")}
        value = data["value"]
        return {
            **found,
            "value": self.data.get("value", "").strip() if value is not None else "",
            "lead_id": int(data["lead"]) if data["lead"] else None,
            "joint": [int(pk) for pk in data["joint"]],
            "weight_hundredths": int(data["weight"] * _HUNDREDTHS),
        }


class AddRowForm(RowForm):
    """A row by hand, from a record of the plan."""

    source = forms.ChoiceField(label=_("来自规划"))
    field_order = ("source",)

    def __init__(self, *args: Any, records: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["seen_version"], self.fields["included"]
        self.fields["name"].required = False
        self.fields["name"].help_text = str(_("空着则用规划中的名称。"))
        self._offer("source", list(records))


class AskForm(forms.Form):
    """What a department asks for."""

    goal = forms.CharField(
        label=_("年度目标改为"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    value = forms.DecimalField(label=_("数值改为"), required=False)
    due_on = forms.DateField(label=_("完成期限改为"), widget=DayInput, required=False)
    reason = forms.CharField(
        label=_("理由"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不改的留空。答复人凭理由决定，理由会留在记录中。"),
    )  # fmt: skip
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for, as the actions take it."""
        data = self.cleaned_data
        value = self.data.get("value", "").strip() if data["value"] is not None else ""
        return {
            "goal": _lines(data["goal"]),
            "value": value,
            "due_on": data["due_on"],
            "reason": data["reason"],
        }


class ProposeForm(AskForm, _Departments):
    """What who keeps a published plan proposes."""

    lead = forms.ChoiceField(label=_("牵头单位改为"), required=False)
    included = forms.ChoiceField(
        label=_("列入年度计划"), required=False,
        choices=[("", _("不变")), ("yes", _("列入")), ("no", _("不再列入"))],
    )  # fmt: skip
    field_order = ("goal", "value", "due_on", "lead", "included", "reason")


class AnswerForm(forms.Form):
    """The answer to a request."""

    granted = forms.TypedChoiceField(
        label=_("是否同意"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("答复意见"), max_length=_LINES, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不同意的，须写明理由。"),
    )  # fmt: skip


class ConsultForm(forms.Form):
    """By when departments answer."""

    reply_by = forms.DateField(label=_("反馈期限"), widget=DayInput, required=False)
    note = forms.CharField(
        label=_("说明"), max_length=_LINES, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class UploadForm(WorkbookForm):
    """The rows of an annual plan as a workbook."""

    file = forms.FileField(
        label=_("工作簿"),
        required=False,
        help_text=_("先下载事项表，改好再传；.xlsx 或 .csv，20 MB 以内。"),
    )
