"""The form that loads a year's arrangement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
            return {"text": given["text"], "file_name": "粘贴"}
        if file.size > _LARGEST:
            raise forms.ValidationError(_("文件太大：一年的安排不超过 64 KB。"))
        try:
            return {"text": file.read().decode("utf-8"), "file_name": file.name}
        except UnicodeDecodeError:
            raise forms.ValidationError(_("文件不是 UTF-8 编码的文本。")) from None
