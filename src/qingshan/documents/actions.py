"""The only place that writes documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import PureWindowsPath
from typing import Any, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import User
from qingshan.audit import public as audit
from qingshan.documents import storage
from qingshan.documents.media import RefusedFile, recognise
from qingshan.documents.models import Citation, Document, DocumentKind, DocumentVersion
from qingshan.documents.policies import require_change, require_see
from qingshan.kernel.refs import Ref

__all__ = ["WithdrawnDocument", "add_version", "attach", "cite", "discard_unheld", "withdraw"]

_NAME_AT_MOST = 200


class WithdrawnDocument(ValueError):
    """The document was withdrawn; it takes no further version and is not cited anew."""


@transaction.atomic
def attach(
    upload: File[bytes],
    *,
    to: Ref,
    by: User | None,
    at: datetime,
    title: str = "",
    kind: str = DocumentKind.OTHER,
    note: str = "",
    web_pages: bool = False,
) -> Document:
    """Attach a file to a record (上传附件).

    Parameters
    ----------
    upload : File
        Django's uploaded file, or a ``ContentFile`` with a name.
    to : Ref
        The record that is to own it; its policy decides.
    by : User or None
        None is the system itself.
    title : str
        Empty takes the file's name.
    web_pages : bool
        Accept HTML as well, which is never shown, only handed out.

    Raises
    ------
    RefusedFile
        Too big, empty, of a kind that is not accepted, or not what its name says.
    Forbidden, UnknownOwner
        See `policies.require_change`.
    """
    require_change(by, to)
    name = _clean_name(upload.name or "")
    document = Document.objects.create(
        family=to.family, key=to.key, title=title.strip()[:200] or name, kind=DocumentKind(kind)
    )
    _add(document, upload, name=name, number=1, by=by, at=at, note=note, web_pages=web_pages)
    return document


@transaction.atomic
def add_version(
    upload: File[bytes], *, document: Document, by: User | None, at: datetime, note: str = ""
) -> DocumentVersion:
    """Add a newer file to a document; the older ones stay and can be opened (上传新版本).

    The same content as the newest version adds nothing.

    Raises
    ------
    WithdrawnDocument, RefusedFile, Forbidden
    """
    require_change(by, document.owner)
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if locked.withdrawn_at is not None:
        raise WithdrawnDocument(locked.title)
    newest = locked.newest
    name = _clean_name(upload.name or "")
    return _add(locked, upload, name=name, number=newest.number + 1, by=by, at=at, note=note, unless=newest)


@transaction.atomic
def withdraw(*, document: Document, by: User | None, at: datetime, reason: str) -> Document:
    """Take a document out of the list, with the reason; its files and citations stay (撤回附件).

    Raises
    ------
    WithdrawnDocument
        It was withdrawn before.
    ValueError
        No reason is given.
    Forbidden
    """
    require_change(by, document.owner)
    if not reason.strip():
        raise ValueError(_("请写明撤回理由。"))
    moved = Document.objects.filter(pk=document.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip()[:500]
    )
    if moved != 1:
        raise WithdrawnDocument(document.title)
    audit.record("documents.withdraw", document.ref, by=by, at=at, detail={"reason": reason.strip()})
    document.refresh_from_db()
    return document


@transaction.atomic
def cite(
    *, version: DocumentVersion, subject: Ref, place: str, by: User | None, at: datetime, quote: str = ""
) -> Citation:
    """Say that a record rests on a place in a document (引证). Needs the right to see the document.

    Raises
    ------
    WithdrawnDocument, Forbidden
    """
    document = version.document
    require_see(by, document.owner)
    if document.withdrawn_at is not None:
        raise WithdrawnDocument(document.title)
    made = Citation.objects.create(
        version=version,
        family=subject.family,
        key=subject.key,
        place=place.strip()[:200],
        quote=quote,
        cited_at=at,
        cited_by=by,
    )
    detail = {"document": document.ref, "version": version.number, "place": made.place}
    audit.record("documents.cite", subject, by=by, at=at, detail=detail)
    return made


def discard_unheld(contents: Iterable[str]) -> int:
    """Take files out of the store that no version speaks of any more, once this is committed.

    Documents are withdrawn, not deleted; this is for the fictional county alone, which goes wholly.

    Parameters
    ----------
    contents : iterable of str
        SHA-256 of the files whose versions have gone.

    Returns
    -------
    int
        How many files go; those that another document holds too stay.
    """
    asked = set(contents)
    held = set(DocumentVersion.objects.filter(sha256__in=asked).values_list("sha256", flat=True))
    for content in asked - held:
        transaction.on_commit(partial(storage.discard, content))
    return len(asked - held)


def _add(
    document: Document,
    upload: File[bytes],
    *,
    name: str,
    number: int,
    by: User | None,
    at: datetime,
    note: str,
    unless: DocumentVersion | None = None,
    web_pages: bool = False,
) -> DocumentVersion:
    media_type = _checked(name, upload, web_pages)
    kept = storage.stored(upload.chunks())
    if unless is not None and unless.sha256 == kept.sha256:
        return unless
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        file_name=name,
        media_type=media_type,
        size=kept.size,
        sha256=kept.sha256,
        uploaded_at=at,
        uploaded_by=by,
        note=note.strip()[:500],
    )
    detail = {"document": document.ref, "version": number, "file": name, "sha256": kept.sha256}
    audit.record("documents.attach", document.owner, by=by, at=at, detail=detail)
    return version


def _checked(name: str, upload: File[bytes], web_pages: bool) -> str:
    if upload.size > settings.UPLOAD_MAX_BYTES:
        text = _("“%(name)s”有 %(size)d MB，超过单个附件的上限 %(limit)d MB。请压缩图片或拆分后再上传。")
        limit = settings.UPLOAD_MAX_BYTES
        raise RefusedFile(
            text % {"name": name, "size": -(-upload.size // 1024**2), "limit": limit // 1024**2}
        )
    if isinstance(upload, ContentFile):
        return recognise(name, cast(Any, upload), web_pages=web_pages).name
    return recognise(name, cast(Any, upload.file), web_pages=web_pages).name


def _clean_name(name: str) -> str:
    """The bare file name: no folders of either system, no control characters, not too long."""
    bare = PureWindowsPath(name).name  # understands both kinds of slashes
    bare = "".join(letter for letter in bare if letter.isprintable()).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    return bare if len(bare) <= _NAME_AT_MOST else stem[: _NAME_AT_MOST - len(ending) - 1] + dot + ending
