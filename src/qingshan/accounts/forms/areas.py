"""Forms of the administration of districts, departments and posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.forms.choices import DayField, department_field, district_field, living_departments
from qingshan.accounts.models import User
from qingshan.areas.public import DepartmentKind, DistrictKind


class DistrictForm(forms.Form):
    """A new district."""

    code = forms.CharField(
        label=_("区划代码"),
        max_length=16,
        help_text=_("行政区划 6、9 或 12 位；功能区写成 441700-GX；虚构地区以 99 开头。"),
    )
    name = forms.CharField(label=_("名称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=DistrictKind.choices)
    parent = district_field(label=_("上级辖区"), required=False)
    valid_from = DayField(label=_("起始日期"))
    reason = forms.CharField(label=_("依据"), max_length=500, required=False)


class DistrictChangeForm(DistrictForm):
    """What may change about a district, from a day on."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    kind = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("变更理由"), max_length=500)


class DepartmentForm(forms.Form):
    """A new department."""

    name = forms.CharField(label=_("全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    aliases = forms.CharField(
        label=_("其他称谓"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个；导入规划时凭这些称谓认出单位。"),
    )
    kind = forms.ChoiceField(
        label=_("单位性质"), choices=DepartmentKind.choices, initial=DepartmentKind.BUREAU
    )
    district = district_field(label=_("所在辖区"))
    parent = department_field(label=_("上级单位"), required=False)
    valid_from = DayField(label=_("起始日期"))
    reason = forms.CharField(label=_("依据"), max_length=500, required=False)

    def clean_aliases(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]


class DepartmentChangeForm(DepartmentForm):
    """What may change about a department, from a day on."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("变更理由"), max_length=500)


class EndForm(forms.Form):
    """How a department ends: merged, split or dissolved; from when, on which paper."""

    on = DayField(label=_("承接日期"), help_text=_("从这一天起，职责由承接单位履行。"))
    document = forms.CharField(label=_("依据文件"), max_length=200, required=False)
    note = forms.CharField(label=_("说明"), max_length=500, required=False)


class MergeForm(EndForm):
    """Into which department."""

    into = department_field(label=_("并入单位"))
    field_order = ["into", "on", "document", "note"]


class SplitForm(EndForm):
    """Into which departments."""

    into = forms.ModelMultipleChoiceField(
        label=_("分设为"), queryset=living_departments(), help_text=_("先新增这些单位；至少选两个。")
    )
    field_order = ["into", "on", "document", "note"]

    def clean_into(self) -> Any:
        into = self.cleaned_data["into"]
        if len(into) < 2:
            raise forms.ValidationError(_("分设至少要有两个单位；只有一个时请用“合并”。"))
        return into


class DissolveForm(EndForm):
    """Who takes the duties, if anybody."""

    successor = department_field(
        label=_("承接单位"), required=False, help_text=_("留空则无单位承接，其职责显示为“无人承接”。")
    )
    field_order = ["successor", "on", "document", "note"]


class DistrictEndForm(EndForm):
    """Which district takes over; left empty, the district is dissolved."""

    into = district_field(label=_("并入辖区"), required=False, help_text=_("留空则为撤销，无承接辖区。"))
    field_order = ["into", "on", "document", "note"]


class PostForm(forms.Form):
    """A post."""

    name = forms.CharField(label=_("岗位名称"), max_length=60)
    duties = forms.CharField(label=_("岗位职责"), max_length=500, required=False)
    leads = forms.BooleanField(label=_("负责人岗位"), required=False)


class AppointForm(forms.Form):
    """Who takes a post, from when."""

    user = forms.ModelChoiceField(
        label=_("任职人"), queryset=User.objects.filter(is_active=True).order_by("display_name")
    )
    from_on = DayField(label=_("任职日期"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class LeaveForm(forms.Form):
    """When somebody leaves a post."""

    on = DayField(label=_("离任日期"))
