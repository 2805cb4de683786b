"""A new plan, and a workbook to import into it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import DayInput
from qingshan.plans.forms.values import YearField
from qingshan.plans.vocabulary import PlanLevel


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


class UploadForm(forms.Form):
    """A workbook to import."""

    file = forms.FileField(
        label=_("工作簿"), help_text=_("先下载模板，按列填写；.xlsx 或 .csv，20 MB 以内。")
    )
