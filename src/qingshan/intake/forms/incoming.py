"""A document to be taken in, and why a review is given up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["ACCEPTED", "UploadForm", "WithdrawForm"]

#: Endings offered by the file field; what a file really is, its content says.
ACCEPTED = (".docx", ".pdf", ".html", ".htm", ".txt", ".doc", ".wps")


class UploadForm(forms.Form):
    """A plan document, where the plan holds, and whether it corrects one that is in the ledger."""

    file = forms.FileField(
        label=_("规划文件"),
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
        error_messages={"required": _("还没有选择文件。"), "empty": _("文件是空的：请重新导出后再选。")},
    )
    district = forms.ChoiceField(label=_("规划范围"))
    plan = forms.ChoiceField(
        label=_("台账中的规划"),
        required=False,
        help_text=_("选了它，就作为修订版导入：写入前先看与台账的差异，人工改过的内容保留。"),
    )

    def __init__(
        self,
        *args: Any,
        districts: Iterable[tuple[int, str]],
        plans: Iterable[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["district"].choices = [(str(key), name) for key, name in districts]  # type: ignore[attr-defined]
        first = ("", _("新规划，台账中还没有"))
        self.fields["plan"].choices = [first, *((str(key), name) for key, name in plans)]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a review is given up."""

    reason = forms.CharField(label=_("撤回理由"), max_length=500)
