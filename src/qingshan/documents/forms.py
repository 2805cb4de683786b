"""What a person enters about a document."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.documents.media import ALLOWED
from qingshan.documents.models import DocumentKind


def _accepted() -> str:
    return ",".join(f".{ending}" for kind in ALLOWED for ending in kind.endings)


class UploadForm(forms.Form):
    """A new document of a record."""

    file = forms.FileField(label=_("文件"), widget=forms.ClearableFileInput(attrs={"accept": _accepted()}))
    title = forms.CharField(label=_("标题"), max_length=200, required=False, help_text=_("留空则用文件名"))
    kind = forms.ChoiceField(label=_("类别"), choices=DocumentKind, initial=DocumentKind.OTHER)
    note = forms.CharField(label=_("说明"), max_length=500, required=False)


class VersionForm(forms.Form):
    """A newer file of a document."""

    file = forms.FileField(label=_("文件"), widget=forms.ClearableFileInput(attrs={"accept": _accepted()}))
    note = forms.CharField(label=_("说明"), max_length=500, required=False)


class WithdrawForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=500)
