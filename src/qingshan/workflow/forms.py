"""Forms of this room: a year's arrangement, an assignment, a hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import User
from qingshan.areas.public import Post
from qingshan.pages.public import DayInput, offer
from qingshan.workflow.duties import DUTIES

_LARGEST = 64 * 1024  # a year's notice has some forty lines


class LoadForm(forms.Form):
    """A file of one year, or its text."""

    file = forms.FileField(label=_("年度放假安排文件（YAML）"), required=False)
    text = forms.CharField(
        label=_("或直接粘贴内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Bring file and pasted text together as ``text`` and ``file_name``."""
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file is None:
            if not given.get("text", "").strip():
                raise forms.ValidationError(_("请选择文件，或粘贴内容。"))
            return {"text": given["text"], "file_name": _("粘贴")}
        if file.size > _LARGEST:
            raise forms.ValidationError(_("文件太大：一年的安排不超过 64 KB。"))
        try:
            return {"text": file.read().decode("utf-8"), "file_name": file.name}
        except UnicodeDecodeError:
            raise forms.ValidationError(_("文件不是 UTF-8 编码的文本。")) from None


class AssignForm(forms.Form):
    """Who has what to do with a record, from a day on."""

    to = forms.ChoiceField(
        label=_("分派给"),
        help_text=_("分派给岗位的，换人时随岗位走；分派给人员的，换人时要办理交接。"),
    )
    duty = forms.ChoiceField(label=_("职责"), choices=list(DUTIES.items()))
    from_on = forms.DateField(label=_("自何日起"), widget=DayInput)
    note = forms.CharField(label=_("说明"), max_length=500, required=False)

    def __init__(self, data: Any, *, people: Iterable[User], posts: Iterable[Post], **options: Any) -> None:
        """Offer the people and the posts of the record's district."""
        super().__init__(data, **options)
        self._people = {f"user-{one.pk}": one for one in people}
        self._posts = {f"post-{one.pk}": one for one in posts}
        posts_in_words = [(key, f"{one.department} {one}") for key, one in self._posts.items()]
        people_in_words = [(key, named(one)) for key, one in self._people.items()]
        offer(self, "to", [("", "—"), (_("岗位"), posts_in_words), (_("人员"), people_in_words)])

    def holder(self) -> dict[str, Any]:
        """Return the person or the post that was chosen, as the action takes it."""
        key = self.cleaned_data["to"]
        return {"post": self._posts[key]} if key in self._posts else {"user": self._people[key]}


class EndForm(forms.Form):
    """From when on, and why, something is no longer theirs."""

    on = forms.DateField(label=_("自何日起"), widget=DayInput, help_text=_("从这一天起不再负责。"))
    reason = forms.CharField(label=_("理由"), max_length=500)


class HandOverForm(forms.Form):
    """What goes from one person to whom, from which day on, and why."""

    to_user = forms.ChoiceField(label=_("接收人"))
    on = forms.DateField(label=_("交接日期"), widget=DayInput, help_text=_("从这一天起由接收人负责。"))
    note = forms.CharField(label=_("交接理由"), max_length=500, help_text=_("如岗位调整、离岗学习。"))
    chosen = forms.MultipleChoiceField(
        label=_("移交的事项"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("至少选一项。")},
    )

    def __init__(
        self, data: Any, *, receivers: Sequence[User], offered: Mapping[str, str], **options: Any
    ) -> None:
        """Offer the receivers, and what the giver has by name, in words."""
        super().__init__(data, **options)
        self._receivers = {str(one.pk): one for one in receivers}
        offer(self, "to_user", [("", "—"), *((key, named(one)) for key, one in self._receivers.items())])
        offer(self, "chosen", offered.items())

    @property
    def receiver(self) -> User:
        """Who takes over."""
        return self._receivers[self.cleaned_data["to_user"]]

    @property
    def numbers(self) -> list[int]:
        """The assignments that go over."""
        return [int(key) for key in self.cleaned_data["chosen"]]


class UndoForm(forms.Form):
    """Why a hand-over is taken back."""

    reason = forms.CharField(label=_("撤销理由"), max_length=500)


def named(person: User) -> str:
    """Return a person with their department, to tell two of one name apart."""
    return f"{person}（{person.department}）" if person.department_id else str(person)
