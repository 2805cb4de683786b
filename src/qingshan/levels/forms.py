"""What people enter about submissions, calls and partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.levels.snapshots import Snapshot
from qingshan.levels.vocabulary import Section
from qingshan.pages.public import DayInput

__all__ = [
    "CallForm",
    "NewForm",
    "PackageForm",
    "PartnerForm",
    "RemarksForm",
    "SubmitForm",
    "WordsForm",
]


def _words(**options: Any) -> forms.CharField:
    return forms.CharField(
        label=_("报送说明"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        **options,
    )


class WordsForm(forms.Form):
    """The covering words."""

    words = _words()


class NewForm(forms.Form):
    """Which plan, to whom, as of which day."""

    plan = forms.ChoiceField(label=_("规划"))
    to = forms.ChoiceField(
        label=_("受理单位"), help_text=_("与本系统不在同一套系统的上级，先由安全管理员登记互信装置。")
    )
    as_of = forms.DateField(
        label=_("数据截至"), widget=DayInput, help_text=_("只报送到这一天为止已审核的内容。")
    )
    words = _words(help_text=_("附件可在保存后上传。"))

    def __init__(
        self,
        *args: Any,
        plans: Iterable[tuple[str, str]],
        receivers: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["plan"].choices = list(plans)  # type: ignore[attr-defined]
        self.fields["to"].choices = list(receivers)  # type: ignore[attr-defined]


class SubmitForm(forms.Form):
    """Handing up exactly what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(label=_("备注"), max_length=500, required=False)


class RemarksForm(forms.Form):
    """Why a submission goes back, in all and row by row."""

    note = forms.CharField(
        label=_("总的意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("总的意见和逐行意见至少填一处。"),
    )  # fmt: skip

    def __init__(self, *args: Any, snapshot: Snapshot, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = {
            f"{section.value}-{number}": (section, line)
            for section in Section
            for number, line in enumerate(snapshot.lines(section))
        }
        for name, (section, line) in self.lines.items():
            label = f"{section.label} {line.code} {line.name}"
            self.fields[name] = forms.CharField(label=label, max_length=500, required=False)

    def sections(self) -> list[tuple[Section, list[tuple[Any, forms.BoundField]]]]:
        """The rows with their fields, list by list."""
        return [
            (section, [(line, self[name]) for name, (of, line) in self.lines.items() if of is section])
            for section in Section
            if any(of is section for of, _line in self.lines.values())
        ]

    def remarks(self, data: Mapping[str, Any]) -> dict[tuple[Section, str], str]:
        """Return what was said of single rows, as the action takes it."""
        return {
            (section, line.code): data[name] for name, (section, line) in self.lines.items() if data[name]
        }


class PackageForm(forms.Form):
    """A package that somebody brought."""

    file = forms.FileField(
        label=_("报送包或回执包"),
        widget=forms.FileInput(attrs={"accept": ".qsl"}),
        error_messages={"required": _("还没有选择文件。"), "empty": _("文件是空的：请重新取得。")},
    )


class CallForm(forms.Form):
    """What is asked of whom, by when."""

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("如：2026 年三季度规划进展。"))
    as_of = forms.DateField(label=_("数据截至"), widget=DayInput)
    due_on = forms.DateField(label=_("报送期限"), widget=DayInput)
    words = forms.CharField(
        label=_("要求"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    called = forms.MultipleChoiceField(label=_("应报辖区"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, districts: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["called"].choices = list(districts)  # type: ignore[attr-defined]


class PartnerForm(forms.Form):
    """Another installation, by the key it shows and the digits it reads out."""

    name = forms.CharField(label=_("对方装置名称"), max_length=120)
    district_code = forms.CharField(
        label=_("对方辖区代码"), max_length=16, help_text=_("对方代表这一辖区及其下级，如 441702。")
    )
    public_key = forms.CharField(
        label=_("对方公钥"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("由对方从其“互信装置”页复制，可经邮件、U 盘传来。"),
    )  # fmt: skip
    fingerprint = forms.CharField(
        label=_("电话核对的指纹"), max_length=60,
        help_text=_("请给对方打电话，把对方念出的六组数字填在这里；不要从同一封邮件里复制。"),
    )  # fmt: skip
