"""An upload kept between its check and its writer's yes, so that it need not be chosen twice.

It belongs to who sent it and to one purpose, is replaced by the next, dropped when it was carried out, and
gone after half an hour: the nightly tidying leaves none behind.
"""

from __future__ import annotations

import io
import uuid
from datetime import datetime, timedelta
from typing import IO, Any

from django.db import transaction

from qingshan.pages.models import KeptUpload, SubmittedForm

__all__ = ["KEPT_FOR", "Upload", "drop_upload", "keep_upload", "kept_upload", "tidy"]

KEPT_FOR = timedelta(minutes=30)
#: A form cannot be sent again so long after it was shown: its session has ended.
_TOKENS_FOR = timedelta(days=30)


class Upload:
    """A file as a form gives it: its name, its size, its bytes."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.size, self._content = name, len(content), content

    @property
    def file(self) -> IO[bytes]:
        """The bytes, to be read from the beginning."""
        return io.BytesIO(self._content)


@transaction.atomic
def keep_upload(*, owner: Any, purpose: str, name: str, content: bytes, at: datetime) -> str:
    """Keep an upload in the place of the last one for this purpose; return the key to ask for it with."""
    drop_upload(owner=owner, purpose=purpose)
    kept = KeptUpload.objects.create(
        key=uuid.uuid4().hex,
        owner=owner,
        purpose=purpose,
        name=name[:255],
        content=content,
        expires_at=at + KEPT_FOR,
    )
    return kept.key


def kept_upload(*, owner: Any, purpose: str, key: str, at: datetime) -> Upload | None:
    """Return what somebody kept for a purpose; None when it is not theirs, not this one, or too old."""
    found = KeptUpload.objects.filter(owner=owner, purpose=purpose, key=key[:32], expires_at__gt=at).first()
    return None if found is None else Upload(found.name, bytes(found.content))


def drop_upload(*, owner: Any, purpose: str) -> None:
    """Forget what somebody kept for a purpose."""
    KeptUpload.objects.filter(owner=owner, purpose=purpose).delete()


def tidy(*, at: datetime) -> int:
    """Drop uploads past their time and tokens of forms carried out long ago; return how many."""
    uploads, _each = KeptUpload.objects.filter(expires_at__lte=at).delete()
    tokens, _each = SubmittedForm.objects.filter(at__lt=at - _TOKENS_FOR).delete()
    return uploads + tokens
