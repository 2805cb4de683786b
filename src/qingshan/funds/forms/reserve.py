"""Proposing a project for the reserve, its readiness, and its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.funds.forms.fields import WanField, YearField
from qingshan.funds.vocabulary import Priority, Readiness
from qingshan.pages.public import DayInput

_LINES = 500


class ReserveFacts(forms.Form):
    """What a project of the reserve is."""

    name = forms.CharField(label=_("项目名称"), max_length=200)
    content = forms.CharField(
        label=_("建设内容"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("建什么、建多少、建在哪里。"),
    )  # fmt: skip
    field = forms.CharField(
        label=_("领域"), max_length=60, required=False, help_text=_("如：水环境、土壤、生态修复。")
    )
    estimated_yuan = WanField(label=_("估算投资（万元）"))
    wanted_sources = forms.CharField(
        label=_("拟争取资金来源"), max_length=200, required=False, help_text=_("如：省级 60%，县级配套 40%。")
    )
    priority = forms.ChoiceField(label=_("优先级"), choices=Priority, initial=Priority.USUAL)

    def facts(self) -> dict[str, Any]:
        """Return what the actions take."""
        return {name: self.cleaned_data[name] for name in ReserveFacts.base_fields}


class ProposeForm(ReserveFacts):
    """A new project, and whose it is."""

    field_order = ("department",)
    department = forms.ChoiceField(label=_("申报单位"))


class ReviseReserveForm(ReserveFacts):
    """Other facts, and why."""

    reason = forms.CharField(label=_("变更理由"), max_length=_LINES)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ReadinessForm(forms.Form):
    """How far one preparation has come."""

    matter = forms.ChoiceField(label=_("事项"), choices=Readiness)
    done = forms.TypedChoiceField(
        label=_("进展"), choices=[("yes", _("已完成")), ("no", _("未完成"))], widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )  # fmt: skip
    on = forms.DateField(label=_("核查日期"), widget=DayInput)
    document_number = forms.CharField(label=_("批复文号"), max_length=80, required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    attachment = forms.FileField(label=_("批复文件"), required=False, help_text=_("PDF 或扫描件。"))


class TakeForm(forms.Form):
    """Into which plan a project of the reserve is taken: as a new project, or as one that is there."""

    project = forms.ChoiceField(
        label=_("已有的规划项目"), required=False, help_text=_("规划里已有这个项目时选它；否则填下面两项。")
    )
    plan = forms.ChoiceField(label=_("纳入规划"), required=False)
    code = forms.CharField(label=_("新项目编号"), max_length=60, required=False)
    start_year = YearField(label=_("起始年"), required=False)
    end_year = YearField(label=_("完成年"), required=False)
    note = forms.CharField(label=_("意见"), max_length=_LINES, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the one or the other."""
        found = super().clean() or {}
        if not found.get("project") and not (found.get("plan") and found.get("code")):
            self.add_error("project", _("请选择已有项目，或填写规划和新项目编号。"))
        return found
