"""What is entered about feedback inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import department_names, departments_in
from qingshan.disclosure.models import Feedback
from qingshan.pages.public import DayInput

__all__ = ["AnswerForm", "AssignForm", "ContactForm", "MergeForm"]


class AssignForm(forms.Form):
    """To whom it is given, and by when it shall be done."""

    lead = forms.ChoiceField(label=_("牵头单位"))
    joint = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("办结期限"), widget=DayInput)
    note = forms.CharField(
        label=_("交办意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, district_id: int, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.departments = {str(one.pk): one for one in departments_in(district_id, on)}
        names = department_names([one.pk for one in self.departments.values()], on)
        choices = sorted(((str(pk), name) for pk, name in names.items()), key=lambda pair: pair[1])
        for name in ("lead", "joint"):
            field: Any = self.fields[name]
            field.choices = choices

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        data = self.cleaned_data
        return {
            "lead": self.departments[data["lead"]],
            "joint": [self.departments[key] for key in data["joint"]],
            "due_on": data["due_on"],
            "note": data["note"],
        }


class MergeForm(forms.Form):
    """With which other feedback it is one."""

    into = forms.ChoiceField(label=_("并入"), help_text=_("反映人凭自己的编号和查询码，读到并入件的答复。"))
    note = forms.CharField(label=_("说明"), max_length=500, required=False)

    def __init__(self, *args: Any, others: Iterable[Feedback], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {one.number: one for one in others}
        self.fields["into"] = forms.ChoiceField(
            label=_("并入"), help_text=self.fields["into"].help_text,
            choices=[(number, f"{number} {one.text[:40]}") for number, one in self.others.items()],
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        return {"into": self.others[self.cleaned_data["into"]], "note": self.cleaned_data["note"]}


class AnswerForm(forms.Form):
    """The answer, and whether everybody may read it."""

    answer = forms.CharField(
        label=_("答复"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("反映人凭编号和查询码阅读。"),
    )  # fmt: skip
    is_public = forms.BooleanField(label=_("问题和答复也在公开页登载"), required=False)
    public_question = forms.CharField(
        label=_("登载的问题"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("用本单位的话概括，不含反映人的任何信息。答复中也不要写出反映人是谁。"),
    )  # fmt: skip


class ContactForm(forms.Form):
    """Why the sealed contact must be opened."""

    reason = forms.CharField(
        label=_("查看理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("谁、何时、为何查看，都会留在审计记录中。"),
    )  # fmt: skip
