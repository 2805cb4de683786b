"""Reporting progress, and changing measures, commitments, projects, their money and milestones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import DayInput
from qingshan.plans.forms.values import NumberField, YearField
from qingshan.plans.models import ProjectVersion, Rebaselining
from qingshan.plans.models.project import BASELINE_FIELDS, YUAN_PER_WAN
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import MakingKind


class YuanField(NumberField):
    """Money typed in ten thousand yuan (万元), kept in whole yuan."""

    default_error_messages = {
        "fraction": _("填写的是 %(found)s 万元，不足一元的部分无法登记；最多四位小数。"),
        "negative": _("填写的是 %(found)s 万元；金额不能是负数。"),
    }

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        wan = super().clean(value)
        if wan is None:
            return None
        yuan = wan * YUAN_PER_WAN
        if yuan != yuan.to_integral_value():
            raise forms.ValidationError(
                self.error_messages["fraction"], params={"found": wan}, code="fraction"
            )
        if yuan < 0:
            raise forms.ValidationError(
                self.error_messages["negative"], params={"found": wan}, code="negative"
            )
        return int(yuan)


def wan_text(yuan: int | None) -> str:
    """Return yuan as ten thousand yuan for a form field."""
    return "" if yuan is None else format((Decimal(yuan) / YUAN_PER_WAN).normalize(), "f")


class ReportForm(forms.Form):
    """Progress of one measure, commitment or project."""

    on = forms.DateField(label=_("截至日期"), widget=DayInput)
    work_state = forms.ChoiceField(label=_("工作状态"), choices=WorkState.choices)
    percent = forms.IntegerField(label=_("进度（%）"), min_value=0, max_value=100, required=False)
    text = forms.CharField(label=_("进展情况"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    difficulties = forms.CharField(
        label=_("存在问题"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=2000
    )
    evidence = forms.FileField(
        label=_("佐证材料"), required=False, help_text=_("照片、验收单等，可以以后补传。")
    )


class RebaselineForm(forms.Form):
    """A proposal to change a project's years, money or content."""

    start_year = YearField(label=_("起始年"), required=False)
    end_year = YearField(label=_("完成年"), required=False)
    investment_yuan = YuanField(label=_("总投资（万元）"), required=False)
    content = forms.CharField(label=_("建设内容"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    valid_from = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("调整理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def written(held: ProjectVersion) -> dict[str, Any]:
        """Return a project as the fields show it."""
        shown = {name: getattr(held, name) for name in BASELINE_FIELDS}
        return shown | {"investment_yuan": wan_text(held.investment_yuan), "seen_version": held.number}

    @classmethod
    def proposed(cls, held: ProjectVersion, proposal: Rebaselining) -> dict[str, Any]:
        """Return what was proposed as the fields show it, over the project as it stands."""
        said = {name: getattr(proposal, name) for name in BASELINE_FIELDS}
        given = {name: found for name, found in said.items() if found not in (None, "")}
        if proposal.investment_yuan is not None:
            given["investment_yuan"] = wan_text(proposal.investment_yuan)
        return cls.written(held) | given | {"valid_from": proposal.valid_from, "reason": proposal.reason}

    def changes(self, held: ProjectVersion) -> dict[str, Any]:
        """Return what the fields say otherwise than the project."""
        return {
            name: self.cleaned_data[name]
            for name in BASELINE_FIELDS
            if self.cleaned_data[name] != getattr(held, name)
        }


class MoneyForm(forms.Form):
    """The money of a project in a year from one source."""

    year = YearField(label=_("年度"))
    funds = forms.CharField(
        label=_("资金来源"), max_length=60, help_text=_("如中央、省级、市级、县级财政，企业自筹。")
    )
    planned_yuan = YuanField(label=_("计划（万元）"), required=False)
    received_yuan = YuanField(label=_("到位（万元）"), required=False)
    paid_yuan = YuanField(label=_("支付（万元）"), required=False)
    reason = forms.CharField(label=_("说明"), max_length=500, required=False)


class MilestoneForm(forms.Form):
    """A dated step of a project."""

    code = forms.CharField(label=_("编号"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=200)
    due_on = forms.DateField(label=_("计划日期"), widget=DayInput)


class MilestoneMoveForm(forms.Form):
    """What has become of a milestone."""

    move = forms.ChoiceField(label=_("办理"))
    on = forms.DateField(label=_("日期"), widget=DayInput, help_text=_("到达的，填实际到达的那一天。"))
    reason = forms.CharField(label=_("说明"), max_length=500)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class MilestoneReviseForm(forms.Form):
    """Another name or day of a milestone."""

    name = forms.CharField(label=_("名称"), max_length=200)
    due_on = forms.DateField(label=_("计划日期"), widget=DayInput)
    reason = forms.CharField(label=_("变更理由"), max_length=500)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """The indicators that a project serves."""

    indicators = forms.MultipleChoiceField(
        label=_("支撑的指标"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("说明"), max_length=500, required=False, help_text=_("取消已有关联时写明理由。")
    )


class ResponsibilityForm(forms.Form):
    """Who answers for something from a day on."""

    department = forms.ChoiceField(label=_("责任单位"))
    role = forms.ChoiceField(label=_("分工"))
    valid_from = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("依据"), max_length=500)


class EndDutyForm(forms.Form):
    """A department that no longer answers for something."""

    duty = forms.ChoiceField(label=_("责任单位"))
    on = forms.DateField(label=_("自何日起"), widget=DayInput, help_text=_("从这一天起不再负责。"))
    reason = forms.CharField(label=_("依据"), max_length=500)


class MakingForm(forms.Form):
    """An entry of the making file."""

    kind = forms.ChoiceField(label=_("类别"), choices=MakingKind.choices)
    title = forms.CharField(label=_("事项"), max_length=200)
    on = forms.DateField(label=_("日期"), widget=DayInput, required=False)
    who = forms.CharField(label=_("单位或人员"), max_length=200, required=False)
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    answers = forms.ChoiceField(label=_("答复哪一条"), required=False)
    attachment = forms.FileField(label=_("附件"), required=False)
