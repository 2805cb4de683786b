"""The forms that anybody fills in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.disclosure.photos import NotAPhoto, without_traces

__all__ = ["AskForm", "SendForm", "concerning"]

PHOTOS_AT_MOST = 3
PHOTO_BYTES = 10 * 1024 * 1024
_BETWEEN = ":"


def concerning(content: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    """Return what feedback may concern: the plan, or a record of the published edition, by part."""
    tables = content["parts"] if content else []
    groups = [
        (
            table["title"],
            [(f"{table['part']}{_BETWEEN}{row['code']}", str(row["name"])[:80]) for row in table["rows"]],
        )
        for table in tables
    ]
    return [("", _("规划整体或其他")), *groups]


class _Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class _PhotosField(forms.FileField):
    """A few photos, freed of what cameras write into them."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        photos = [super(_PhotosField, self).clean(one, initial) for one in given]
        if len(photos) > PHOTOS_AT_MOST:
            raise forms.ValidationError(_("最多上传 %d 张照片。") % PHOTOS_AT_MOST)
        return [_freed(one) for one in photos]


def _freed(upload: Any) -> ContentFile[bytes]:
    if upload.size > PHOTO_BYTES:
        raise forms.ValidationError(_("“%s”超过 10 MB，请压缩后再上传。") % upload.name)
    try:
        return ContentFile(without_traces(BytesIO(upload.read())), name=upload.name)
    except NotAPhoto:
        raise forms.ValidationError(_("“%s”不是 JPG 或 PNG 照片。") % upload.name) from None


class SendForm(forms.Form):
    """What somebody wants to say. ``website`` is a trap for machines: people do not see it."""

    about = forms.ChoiceField(label=gettext_lazy("反映的事项"), required=False)
    text = forms.CharField(
        label=gettext_lazy("您要反映的内容"), min_length=5, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("地点"), max_length=200, required=False,
        help_text=gettext_lazy("如：某镇某村、某河某桥。"),
    )  # fmt: skip
    photos = _PhotosField(
        label=gettext_lazy("照片"), required=False,
        widget=_Photos(attrs={"multiple": True, "accept": "image/jpeg,image/png"}),
        help_text=gettext_lazy("最多 3 张 JPG 或 PNG，每张不超过 10 MB；照片附带的拍摄地点等会自动去除。"),
    )  # fmt: skip
    contact = forms.CharField(
        label=gettext_lazy("联系方式"), max_length=120, required=False,
        help_text=gettext_lazy("可不填。加密保存，办理单位看不到；仅专人在确有需要时查看，并留下记录。"),
    )  # fmt: skip
    website = forms.CharField(
        label=gettext_lazy("请勿填写这一栏"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"] = forms.ChoiceField(
            label=gettext_lazy("反映的事项"), choices=about, required=False
        )

    def clean_website(self) -> str:
        """Whoever fills it in is a machine, or a person to whom the trap showed: they are told."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请清空这一栏后再提交。"))
        return ""

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        data = self.cleaned_data
        part, _sign, code = data["about"].partition(_BETWEEN)
        return {
            "part": part, "code": code, "text": data["text"], "place": data["place"],
            "contact": data["contact"], "photos": data["photos"], "key": data["key"],
        }  # fmt: skip


class AskForm(forms.Form):
    """Number and code of something sent before."""

    number = forms.CharField(label=gettext_lazy("反馈编号"), max_length=40)
    code = forms.CharField(
        label=gettext_lazy("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
