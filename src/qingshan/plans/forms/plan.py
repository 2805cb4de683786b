"""A new plan, its head, and what its text lacks or contradicts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import DayInput
from qingshan.plans.forms.values import YearField
from qingshan.plans.models import PlanVersion
from qingshan.plans.vocabulary import CONFLICT_TYPES, PlanLevel

_ABOUT_THE_VERSION = ("valid_from", "reason", "seen_version")


class PlanForm(forms.Form):
    """The head of a plan."""

    code = forms.SlugField(
        label=_("编号"), max_length=40, help_text=_("小写字母、数字和连字符，用在网址里，以后不能改。")
    )
    district = forms.ChoiceField(label=_("规划范围"))
    name = forms.CharField(label=_("名称"), max_length=200)
    short_name = forms.CharField(label=_("简称"), max_length=60)
    kind = forms.CharField(label=_("类别"), max_length=60, initial=_("生态环境保护五年规划"))
    level = forms.ChoiceField(label=_("层级"), choices=PlanLevel.choices)
    period_from = YearField(label=_("规划期起"))
    period_to = YearField(label=_("规划期止"))
    base_year = YearField(label=_("基准年"), required=False)
    parent = forms.ChoiceField(label=_("上级规划"), required=False)
    valid_from = forms.DateField(
        label=_("自何日起"), widget=DayInput, help_text=_("台账从这一天开始有这部规划。")
    )


class PlanHeadForm(forms.Form):
    """The head of a plan, changed from a day on."""

    name = forms.CharField(label=_("名称"), max_length=200)
    short_name = forms.CharField(label=_("简称"), max_length=60)
    kind = forms.CharField(label=_("类别"), max_length=60)
    period_from = YearField(label=_("规划期起"))
    period_to = YearField(label=_("规划期止"))
    base_year = YearField(label=_("基准年"), required=False)
    edition = forms.CharField(label=_("版次"), max_length=60, required=False)
    issuer = forms.CharField(label=_("发布单位"), max_length=120, required=False)
    document_number = forms.CharField(label=_("文号"), max_length=60, required=False)
    approved_on = forms.DateField(label=_("批准日期"), widget=DayInput, required=False)
    issued_on = forms.DateField(label=_("印发日期"), widget=DayInput, required=False)
    in_force_on = forms.DateField(label=_("施行日期"), widget=DayInput, required=False)
    parent_name = forms.CharField(
        label=_("上级规划名称"), max_length=200, required=False, help_text=_("上级规划不在台账里时填。")
    )
    notes = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    valid_from = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("变更理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def written(cls, held: PlanVersion) -> dict[str, Any]:
        """Return a version as the fields show it; why and since when is asked anew."""
        own = [name for name in cls.base_fields if name not in _ABOUT_THE_VERSION]
        return {name: getattr(held, name) for name in own} | {"seen_version": held.number}

    def facts(self) -> dict[str, Any]:
        """Return what the ledger takes."""
        return {name: found for name, found in self.cleaned_data.items() if name not in _ABOUT_THE_VERSION}


class MissingForm(forms.Form):
    """What the plan announces and its text lacks."""

    what = forms.CharField(label=_("缺失内容"), max_length=200)
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AddConflictForm(forms.Form):
    """Two places of the text that disagree, or one that cannot be right."""

    code = forms.CharField(label=_("编号"), max_length=60, help_text=_("本规划内不重复，以后不能改。"))
    type = forms.ChoiceField(label=_("类型"), choices=list(CONFLICT_TYPES.items()))
    description = forms.CharField(
        label=_("说明"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("哪里与哪里对不上，写明章节、表号和行次。"),
    )
    value = forms.CharField(label=_("一处所载"), max_length=300)
    other_value = forms.CharField(
        label=_("另一处所载"), max_length=300, required=False, help_text=_("只有一处有误的，留空。")
    )
    other_plan = forms.CharField(
        label=_("另一规划"), max_length=200, required=False, help_text=_("与别的规划不一致时，写它的名称。")
    )
    rule = forms.CharField(
        label=_("为什么应当一致"), max_length=300, help_text=_("如：正文所述项数应与表中行数相同。")
    )
    certain = forms.BooleanField(
        label=_("两处都有印文，确定不一致"), required=False, help_text=_("拿不准的不勾，显示为待人工判断。")
    )


class ConflictForm(forms.Form):
    """How two places that disagree are to be read."""

    settlement = forms.CharField(
        label=_("处理意见"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("以哪一处为准，依据是什么。"),
    )
