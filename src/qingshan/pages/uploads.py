"""What is far too big never arrives; the form it belonged to says so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

__all__ = ["announces_too_much", "is_too_big", "refuse_too_big"]

_MIB = 1024 * 1024
#: Room for the other fields of the form and the lines between the parts.
_AROUND = _MIB


def announces_too_much(meta: Any) -> bool:
    """Whether a request's headers announce more than one attachment may have."""
    return _announced(meta) > settings.UPLOAD_MAX_BYTES + _AROUND


def is_too_big(request: HttpRequest) -> bool:
    """Whether the files of a request were passed by unread for its size."""
    return announces_too_much(request.META)


def refuse_too_big(request: HttpRequest, form: forms.BaseForm) -> bool:
    """Say at a form's file fields that the files were too big to be taken; False when they were not.

    Without this an optional file would be missing without a word.
    """
    if not is_too_big(request):
        return False
    form.is_valid()
    told = _("文件有 %(size)d MB，超过上限 %(limit)d MB，没有接收。请压缩图片或拆分后再上传。") % {
        "size": _announced(request.META) // _MIB,
        "limit": settings.UPLOAD_MAX_BYTES // _MIB,
    }
    fields = [name for name, field in form.fields.items() if isinstance(field, forms.FileField)]
    for name in fields:
        form.errors.pop(name, None)  # that it is required would mislead
        form.add_error(name, told)
    if not fields:
        form.add_error(None, told)
    return True


def _announced(meta: Any) -> int:
    text = str(meta.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isdecimal() else 0
