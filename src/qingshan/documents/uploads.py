"""What is far too big is never written to disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

__all__ = ["SizeGuard", "is_too_big"]

#: Room for the other fields of the form and the lines between the parts.
_AROUND = 1024 * 1024


def is_too_big(request: HttpRequest) -> bool:
    """Whether the request announces more than one attachment may have."""
    return _announced(request.META) > settings.UPLOAD_MAX_BYTES + _AROUND


class SizeGuard(FileUploadHandler):
    """Lets the files of an over-long request pass by unread; the first handler in the settings.

    The form then finds no file; a view asks `is_too_big` to say why.
    """

    def handle_raw_input(self, input_data: Any, META: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        self._skip = _announced(META) > settings.UPLOAD_MAX_BYTES + _AROUND

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._skip:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _announced(meta: Any) -> int:
    text = str(meta.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isdecimal() else 0
