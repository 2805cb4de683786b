"""Attaching the file of a form to the record that the form made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from qingshan.documents.public import attach
from qingshan.kernel.refs import Ref


def attached(upload: UploadedFile[bytes] | None, *, to: Ref, by: Any, at: datetime, title: str = "") -> str:
    """Attach an upload and return its document's name across rooms; empty when there was none."""
    if not upload:
        return ""
    return str(attach(upload, to=to, by=by, at=at, title=title).ref)
