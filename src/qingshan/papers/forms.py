"""What people enter about papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import Department, department_names, departments_in
from qingshan.pages.public import DayInput
from qingshan.papers.errors import BadMarkup
from qingshan.papers.markup import read_markup
from qingshan.papers.picking import Place
from qingshan.papers.shapes import Block
from qingshan.papers.vocabulary import PaperKind

_LINES = 500
_MARKUP = _(
    "一行一段。标题行以 # 开头（## 为二级，至四级）。"
    "表格先写一行“表题：…”，再每行以 | 分格，第一行是各栏名称。"
    "要印引用数值处，写 {fig:代号}，或从台账选取。"
)


class TextForm(forms.Form):
    """A text of a paper."""

    title = forms.CharField(label=_("标题"), max_length=200)
    body = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=_MARKUP,
        max_length=200_000,
    )
    remark = forms.CharField(
        label=_("附注"),
        max_length=120,
        required=False,
        help_text=_("印在成文日期之下的括号里，如联系人和电话。"),
    )

    def clean_body(self) -> tuple[Block, ...]:
        """The text as blocks; a line that cannot be read is named."""
        try:
            return read_markup(self.cleaned_data["body"])
        except BadMarkup as problem:
            raise forms.ValidationError(str(problem)) from problem


class NewPaperForm(TextForm):
    """A paper drafted by hand."""

    kind = forms.ChoiceField(label=_("文种"), choices=PaperKind)
    organ = forms.ChoiceField(label=_("发文机关"))
    field_order = ("kind", "organ", "title", "body", "remark")

    def __init__(self, *args: Any, organs: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organ"] = forms.ChoiceField(label=_("发文机关"), choices=list(organs.items()))
        self.order_fields(self.field_order)


class EditForm(TextForm):
    """The next text of a paper."""

    note = forms.CharField(label=_("修改说明"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PickForm(forms.Form):
    """What a drafter looks for in the ledger.

    On a drafting page its fields belong to the form of the text (``form_id``), so that what is typed there
    is sent along and comes back, where no scripts run.
    """

    find = forms.CharField(
        label=_("指标"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    find_place = forms.ChoiceField(label=_("规划"), required=False)
    find_year = forms.IntegerField(label=_("年份"), required=False, min_value=1949, max_value=2999)

    def __init__(self, *args: Any, places: Iterable[Place], form_id: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("全部规划")), *((one.key, one.name) for one in places)]
        self.fields["find_place"] = forms.ChoiceField(label=_("规划"), choices=choices, required=False)
        self.order_fields(("find", "find_place", "find_year"))
        for field in self.fields.values() if form_id else ():
            field.widget.attrs["form"] = form_id


class PartiesForm(forms.Form):
    """Whom a paper goes to, and who co-signs it."""

    recipients = forms.MultipleChoiceField(label=_("主送单位"), required=False)
    copies_to = forms.MultipleChoiceField(label=_("抄送单位"), required=False)
    cosigners = forms.MultipleChoiceField(
        label=_("会签单位"), required=False, help_text=_("不选则核稿后直接送签发。")
    )
    receipt_due_on = forms.DateField(
        label=_("签收期限"),
        widget=DayInput,
        required=False,
        help_text=_("印发后到期未签收的单位会收到提醒。"),
    )

    def __init__(self, *args: Any, district_id: int, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.departments = {str(one.pk): one for one in departments_in(district_id, on)}
        names = department_names([one.pk for one in self.departments.values()], on)
        choices = [(key, names[one.pk]) for key, one in self.departments.items()]
        for name in ("recipients", "copies_to", "cosigners"):
            old = self.fields[name]
            self.fields[name] = forms.MultipleChoiceField(
                label=old.label, choices=choices, required=False, help_text=old.help_text,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        self.order_fields(("recipients", "copies_to", "cosigners", "receipt_due_on"))

    def parties(self, data: Mapping[str, Any]) -> dict[str, list[Department]]:
        """Return the departments chosen, as the action takes them."""
        return {
            name: [self.departments[key] for key in data[name]]
            for name in ("recipients", "copies_to", "cosigners")
        }


class NoteForm(forms.Form):
    """A word with a step, where one may be given."""

    note = forms.CharField(
        label=_("意见"), max_length=_LINES, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a step is taken."""

    note = forms.CharField(label=_("理由"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3}))


class IssueForm(NoteForm):
    """Issuing a paper, also where the ledger has moved on."""

    as_printed = forms.BooleanField(label=_("台账已变动的数值，仍按公文稿中的数值印发"), required=False)


class OpinionForm(forms.Form):
    """A department's opinion."""

    agreed = forms.TypedChoiceField(
        label=_("会签意见"),
        choices=[("yes", _("同意")), ("no", _("不同意，退回修改"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("具体意见"), max_length=_LINES, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class InstructionForm(forms.Form):
    """A leader's instruction."""

    words = forms.CharField(label=_("批示"), max_length=_LINES, widget=forms.Textarea(attrs={"rows": 3}))


class NothingForm(forms.Form):
    """A step that asks nothing but to be confirmed."""


class OrganForm(forms.Form):
    """How an organ signs and numbers its papers."""

    organ = forms.ChoiceField(label=_("发文机关"))
    name = forms.CharField(label=_("署名"), max_length=120, help_text=_("印在成文日期之上的机关全称。"))
    sign = forms.CharField(
        label=_("发文机关标志"), max_length=60, help_text=_("红头，如“某县生态环境局文件”。")
    )
    word = forms.CharField(
        label=_("机关代字"), max_length=12, help_text=_("如“青环”；函的文号自动加“函”字。")
    )
    used_up_to = forms.IntegerField(
        label=_("本年纸质公文已用到的序号"), min_value=0, required=False, help_text=_("系统接着编下一号。")
    )

    def __init__(self, *args: Any, organs: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organ"] = forms.ChoiceField(label=_("发文机关"), choices=list(organs.items()))
        self.order_fields(("organ", "name", "sign", "word", "used_up_to"))
