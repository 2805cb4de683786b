"""What people enter about tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import department_names, departments_in
from qingshan.pages.public import DayInput
from qingshan.tasks.quarters import Quarter
from qingshan.tasks.vocabulary import SupervisionKind, TaskSource

_LINES = 500


class _Departments(forms.Form):
    """Who leads and who joins in, among the departments of a district."""

    lead = forms.ChoiceField(label=_("牵头单位"))
    joint = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, district_id: int, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.departments = {str(one.pk): one for one in departments_in(district_id, on)}
        names = department_names([one.pk for one in self.departments.values()], on)
        choices = sorted(((str(pk), name) for pk, name in names.items()), key=lambda pair: pair[1])
        self.fields["lead"] = forms.ChoiceField(label=_("牵头单位"), choices=[("", "—"), *choices])
        self.fields["joint"] = forms.MultipleChoiceField(
            label=_("配合单位"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(self.ORDER)

    ORDER: tuple[str, ...] = ("lead", "joint")

    def parties(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the departments chosen, as the actions take them."""
        return {
            "lead": self.departments[data["lead"]],
            "joint": [self.departments[key] for key in data["joint"]],
        }


class TermsForm(forms.Form):
    """What a task asks."""

    title = forms.CharField(label=_("任务名称"), max_length=200)
    content = forms.CharField(label=_("工作内容"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    evidence_wanted = forms.CharField(
        label=_("应交证据"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一项，如：验收单、现场照片。填写后，不上传证据就不能提交审核。"),
    )
    starts_on = forms.DateField(label=_("开始日期"), widget=DayInput)
    due_on = forms.DateField(label=_("办结期限"), widget=DayInput)


class NewTaskForm(TermsForm, _Departments):
    """A task drawn up by hand."""

    source = forms.ChoiceField(label=_("来源"), choices=TaskSource)
    source_title = forms.CharField(
        label=_("来源事项"), max_length=200, required=False, help_text=_("如批示、纪要、来函的标题和文号。")
    )
    source_by = forms.CharField(label=_("来源单位或批示人"), max_length=120, required=False)
    source_on = forms.DateField(label=_("来源日期"), widget=DayInput, required=False)
    assign_now = forms.BooleanField(label=_("保存后立即交办"), required=False, initial=True)
    ORDER = (
        "source", "source_title", "source_by", "source_on", "title", "content", "evidence_wanted",
        "starts_on", "due_on", "lead", "joint", "assign_now",
    )  # fmt: skip


class SplitForm(forms.Form):
    """What a task is to reach in each of its quarters."""

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **options: Any) -> None:
        super().__init__(*args, **options)
        self.quarters = {f"goal_{one.year}_{one.number}": one for one in quarters}
        for name, one in self.quarters.items():
            told = {"year": one.year, "quarter": one.number, "start": one.starts_on, "due": one.due_on}
            self.fields[name] = forms.CharField(
                label=_("%(year)d年第%(quarter)d季度目标") % told,
                help_text=_("%(start)s 至 %(due)s。空着则为整项任务的工作内容。") % told,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=4000,
                required=False,
            )

    def goals(self) -> dict[tuple[int, int], str]:
        """Return what was said, by year and quarter."""
        return {(one.year, one.number): self.cleaned_data[name] for name, one in self.quarters.items()}


class ReviseForm(TermsForm):
    """Other terms for a task, and why."""

    reason = forms.CharField(label=_("变更理由"), max_length=_LINES, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class PartiesForm(_Departments):
    """Other departments for a task, and why."""

    reason = forms.CharField(label=_("变更理由"), max_length=_LINES)
    ORDER = ("lead", "joint", "reason")


class ChangeForm(forms.Form):
    """What a party asks for."""

    due_on = forms.DateField(label=_("申请延至"), widget=DayInput, required=False)
    content = forms.CharField(
        label=_("申请变更的内容"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(label=_("理由"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerChangeForm(forms.Form):
    """The answer to a request."""

    granted = forms.TypedChoiceField(
        label=_("是否同意"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("答复意见"), max_length=_LINES, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(_FilesField, self).clean(one, initial) for one in given]


class ReportForm(forms.Form):
    """Progress of a task, from the office or from the river bank."""

    on = forms.DateField(label=_("截至日期"), widget=DayInput)
    percent = forms.IntegerField(label=_("进度（%）"), min_value=0, max_value=100, required=False)
    text = forms.CharField(label=_("进展"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    difficulties = forms.CharField(
        label=_("困难和建议"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = _FilesField(
        label=_("照片和证据"),
        required=False,
        widget=_ManyFiles(attrs={"multiple": True}),
        help_text=_("可以一次选几个。手机上可直接拍照；断网时先存在本机，恢复后自动送出，不会重复。"),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PressForm(forms.Form):
    """Urging, supervising or listing a task."""

    kind = forms.ChoiceField(label=_("方式"), choices=SupervisionKind)
    due_on = forms.DateField(
        label=_("期限"), widget=DayInput, required=False, help_text=_("催办不需要；督办和挂牌督办须填。")
    )
    note = forms.CharField(label=_("要求"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3}))


class SlipForm(forms.Form):
    """What a supervision slip asks, before it is drafted."""

    demand = forms.CharField(label=_("督办要求"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    answer_by = forms.DateField(label=_("回复期限"), widget=DayInput)


class AnswerForm(forms.Form):
    """The answer to a supervision slip."""

    answer = forms.CharField(label=_("回复"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class DelegateForm(forms.Form):
    """Who handles a task."""

    to = forms.ChoiceField(label=_("经办人"))
    note = forms.CharField(label=_("说明"), max_length=_LINES, required=False)

    def __init__(self, *args: Any, people: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        self.fields["to"] = forms.ChoiceField(
            label=_("经办人"), choices=[(key, str(one)) for key, one in self.people.items()]
        )
