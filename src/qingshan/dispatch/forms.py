"""What people enter about rounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingshan.dispatch.models import Row
from qingshan.dispatch.vocabulary import Period
from qingshan.pages.public import DayInput, WorkbookForm
from qingshan.plans.public import WorkState

_LINES = 500


class ManyFiles(forms.ClearableFileInput):
    """A choice of any number of files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file as one; none at all where none is asked for."""
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        found = [super(FilesField, self).clean(one, initial) for one in given]
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class OpenForm(forms.Form):
    """A round to be opened."""

    plan = forms.ChoiceField(label=gettext_lazy("规划"))
    period = forms.ChoiceField(label=gettext_lazy("周期"), choices=Period)
    within = forms.DateField(
        label=gettext_lazy("哪一期"), widget=DayInput,
        help_text=gettext_lazy("该月或该季度中的任意一天。"),
    )  # fmt: skip
    due_on = forms.DateField(label=gettext_lazy("填报期限"), widget=DayInput)
    with_tasks = forms.BooleanField(label=gettext_lazy("包括本辖区在办任务"), required=False, initial=True)
    note = forms.CharField(
        label=gettext_lazy("填报要求"), max_length=_LINES, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, plans: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan"] = forms.ChoiceField(label=gettext_lazy("规划"), choices=list(plans))
        self.order_fields(["plan", "period", "within", "due_on", "with_tasks", "note"])


class RhythmForm(forms.Form):
    """How often rounds of a plan open by themselves."""

    period = forms.ChoiceField(label=gettext_lazy("周期"), choices=Period)
    opens_on_day = forms.IntegerField(
        label=gettext_lazy("周期结束后第几个工作日开始"), min_value=1, max_value=60, initial=1
    )
    days_to_report = forms.IntegerField(
        label=gettext_lazy("填报工作日数"), min_value=1, max_value=60, initial=5
    )
    with_tasks = forms.BooleanField(label=gettext_lazy("包括本辖区在办任务"), required=False, initial=True)
    active = forms.BooleanField(label=gettext_lazy("启用"), required=False, initial=True)


class ExtendForm(forms.Form):
    """More time for the departments, and why."""

    due_on = forms.DateField(label=gettext_lazy("填报期限"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a step is taken."""

    note = forms.CharField(
        label=gettext_lazy("理由"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReopenForm(ReasonForm):
    """Why a round is opened again, and a new last day if there is one."""

    due_on = forms.DateField(
        label=gettext_lazy("新的填报期限"), required=False, widget=DayInput,
        help_text=gettext_lazy("填写后按新期限重新提醒和催报；不填则原期限不变，已提醒过的不再重复。"),
    )  # fmt: skip


class NothingForm(forms.Form):
    """A step that asks nothing but to be confirmed."""


class PressForm(forms.Form):
    """What a department is told when it is pressed."""

    note = forms.CharField(
        label=gettext_lazy("要求"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3})
    )


class RowForm(forms.Form):
    """What a department says about one thing."""

    work_state = forms.ChoiceField(label=gettext_lazy("本期状态"), required=False)
    percent = forms.IntegerField(
        label=gettext_lazy("本期进度（%）"), min_value=0, max_value=100, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("进展情况"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    difficulties = forms.CharField(
        label=gettext_lazy("存在问题"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    evidence = FilesField(
        label=gettext_lazy("照片和佐证"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Row, states: Iterable[str], **options: Any) -> None:
        options["auto_id"] = f"row{row.pk}_%s"
        super().__init__(*args, **options)
        if row.is_task:
            del self.fields["work_state"]
        else:
            choices = [("", "—"), *((one, WorkState(one).label) for one in states)]
            self.fields["work_state"] = forms.ChoiceField(
                label=gettext_lazy("本期状态"), choices=choices, required=False
            )
        self.order_fields(["work_state", "percent", "text", "difficulties", "evidence", "key"])


class FalseForm(forms.Form):
    """A finding that a report was false: what is true, since when it is known, what shows it."""

    on = forms.DateField(label=gettext_lazy("核实日期"), widget=DayInput)
    work_state = forms.ChoiceField(label=gettext_lazy("核实的状态"), required=False)
    percent = forms.IntegerField(
        label=gettext_lazy("核实的进度（%）"), min_value=0, max_value=100, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("认定理由"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = FilesField(
        label=gettext_lazy("核实材料"), required=False, widget=ManyFiles(attrs={"multiple": True}),
        help_text=gettext_lazy("至少一份，如现场照片、核查记录。"),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Row, states: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if row.is_task:
            del self.fields["work_state"]
        else:
            choices = [("", "—"), *((one, WorkState(one).label) for one in states)]
            self.fields["work_state"] = forms.ChoiceField(
                label=gettext_lazy("核实的状态"), choices=choices, required=False
            )
        self.order_fields(["on", "work_state", "percent", "reason", "evidence"])


class DecideForm(forms.Form):
    """The decision on a finding."""

    confirmed = forms.TypedChoiceField(
        label=gettext_lazy("是否认定"),
        choices=[("yes", gettext_lazy("认定虚报")), ("no", gettext_lazy("不予认定"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("认定意见"), max_length=_LINES, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class UploadForm(WorkbookForm):
    """A filled-in workbook."""

    file = forms.FileField(
        label=gettext_lazy("填好的工作簿"), required=False,
        help_text=gettext_lazy("先下载本单位本轮的填报表，填好后在此上传；.xlsx，20 MB 以内。"),
    )  # fmt: skip
