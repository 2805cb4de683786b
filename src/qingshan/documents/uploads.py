"""What is far too big is never written to disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from qingshan.pages.public import announces_too_much

__all__ = ["SizeGuard"]


class SizeGuard(FileUploadHandler):
    """Lets the files of an over-long request pass by unread; the first handler in the settings.

    The form then finds no file; `pages.public.refuse_too_big` says why.
    """

    def handle_raw_input(self, input_data: Any, META: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        self._skip = announces_too_much(META)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._skip:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
