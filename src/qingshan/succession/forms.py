"""What people enter about the next plan, and about changes of definition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.plans.public import OPERATORS
from qingshan.succession.actions.choosing import Decided
from qingshan.succession.models import Choice
from qingshan.succession.vocabulary import ChangeKind, Decision, ItemKind

__all__ = [
    "ChangeForm",
    "ChoiceForm",
    "ChoicesForm",
    "HeadForm",
    "LessonForm",
    "NoteForm",
    "ReasonForm",
]


class HeadForm(forms.Form):
    """What the next plan is called, and when."""

    name = forms.CharField(label=_("新规划名称"), max_length=200)
    short_name = forms.CharField(label=_("简称"), max_length=60)
    code = forms.CharField(
        label=_("新规划编号"),
        max_length=40,
        help_text=_("用在网址里，写入后不变；文字、数字和 - _ . ·（），不含空格和斜线。"),
    )
    period_from = forms.IntegerField(label=_("规划期起"), min_value=1990, max_value=2099)
    period_to = forms.IntegerField(label=_("规划期止"), min_value=1990, max_value=2099)
    base_year = forms.IntegerField(
        label=_("基准年"), min_value=1990, max_value=2099, required=False,
        help_text=_("各指标的基准值取最近一个有审核数值的全年，年份逐项注明，可以与基准年不同。"),
    )  # fmt: skip


class NoteForm(forms.Form):
    """A word to go with a step, if any."""

    note = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    """A step that asks for a reason."""

    note = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ChoicesForm(forms.Form):
    """All records of one kind: what becomes of each, and why, where that differs from the proposal."""

    def __init__(self, *args: Any, choices: Iterable[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = list(choices)
        for one in self.choices:
            self.fields[f"decision-{one.pk}"] = forms.ChoiceField(
                label=f"{one.name} {_('处理意见')}", choices=Decision.choices, initial=one.decision
            )
            self.fields[f"reason-{one.pk}"] = forms.CharField(
                label=f"{one.name} {_('理由')}", max_length=500, required=False, initial=one.reason
            )

    @property
    def rows(self) -> list[tuple[Choice, forms.BoundField, forms.BoundField]]:
        """Each record with its two fields."""
        return [(one, self[f"decision-{one.pk}"], self[f"reason-{one.pk}"]) for one in self.choices]

    def decided(self) -> dict[int, Decided]:
        """Return what was decided; what a record's own page said of it stays."""
        return {
            one.pk: Decided(
                Decision(self.cleaned_data[f"decision-{one.pk}"]), self.cleaned_data[f"reason-{one.pk}"],
                one.new_name, one.new_unit, one.new_definition, one.target_operator, one.target_value,
                one.target_year,
            )
            for one in self.choices
        }  # fmt: skip


class ChoiceForm(forms.Form):
    """One record: what becomes of it, how it is redefined, and a target where one is known already."""

    decision = forms.ChoiceField(label=_("处理意见"), choices=Decision)
    reason = forms.CharField(
        label=_("理由"), max_length=500, required=False, help_text=_("与建议不同时必填。")
    )
    definition = forms.CharField(
        label=_("新口径说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("选“重新定义”时必填：怎样统计、范围和依据有何不同。原数值不沿用为基准值。"),
    )  # fmt: skip
    name = forms.CharField(label=_("新名称"), max_length=120, required=False, help_text=_("不改名称可留空。"))
    unit = forms.CharField(label=_("新单位"), max_length=40, required=False, help_text=_("不改单位可留空。"))
    operator = forms.ChoiceField(label=_("目标关系"), required=False)
    value = forms.CharField(
        label=_("目标值"), max_length=40, required=False, help_text=_("还没有确定可留空，新规划中为“待定”。")
    )
    year = forms.IntegerField(label=_("目标年"), min_value=1990, max_value=2099, required=False)

    def __init__(self, *args: Any, choice: Choice, **options: Any) -> None:
        begin = {
            "decision": choice.decision, "reason": choice.reason, "definition": choice.new_definition,
            "name": choice.new_name, "unit": choice.new_unit, "operator": choice.target_operator,
            "value": choice.target_value, "year": choice.target_year,
        }  # fmt: skip
        super().__init__(*args, **{**options, "initial": begin})
        self.fields["operator"] = forms.ChoiceField(
            label=_("目标关系"),
            required=False,
            choices=[("", "—"), *((sign.value, label) for sign, label in OPERATORS.items())],
        )
        if choice.kind != ItemKind.INDICATOR:
            for name in ("name", "unit", "operator", "value", "year"):
                del self.fields[name]

    def decided(self) -> Decided:
        """Return what was decided."""
        data = self.cleaned_data
        return Decided(**{**data, "decision": Decision(data["decision"])})


class LessonForm(forms.Form):
    """A lesson of the old plan."""

    text = forms.CharField(
        label=_("经验教训"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一条一件事；批准后写入新规划的编制档案。"),
    )  # fmt: skip


class ChangeForm(forms.Form):
    """A change of definition."""

    year = forms.IntegerField(
        label=_("自何年起"), min_value=1990, max_value=2099, help_text=_("按新口径统计的第一个年度。")
    )
    kind = forms.ChoiceField(label=_("变化内容"), choices=ChangeKind)
    before = forms.CharField(label=_("原口径"), max_length=300)
    after = forms.CharField(label=_("新口径"), max_length=300)
    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    document = forms.CharField(
        label=_("依据文件"), max_length=200, required=False, help_text=_("标题和文号。")
    )


class CompareForm(forms.Form):
    """What is put side by side."""

    level = forms.ChoiceField(label=_("层级"), required=False)
    year = forms.IntegerField(label=_("目标年"), min_value=1990, max_value=2099, required=False)
    plans = forms.MultipleChoiceField(
        label=pgettext_lazy("several", "规划"), required=False, widget=forms.CheckboxSelectMultiple
    )
    every = forms.BooleanField(label=_("也列出只有一部规划才有的指标"), required=False)
