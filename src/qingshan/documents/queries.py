"""Reading documents, always for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO

from qingshan.documents import storage
from qingshan.documents.models import Citation, Document, DocumentVersion
from qingshan.documents.policies import may_see, require_change, require_see
from qingshan.kernel.refs import Ref

__all__ = ["OpenDocument", "citations_of", "document_for", "documents_for", "open_document", "version_for"]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A version and its open file; whoever asked for it closes it."""

    version: DocumentVersion
    file: BinaryIO


def documents_for(user: Any, owner: Ref, *, withdrawn: bool = False) -> list[Document]:
    """The documents of a record with their versions, oldest first; empty for who may not see them.

    Parameters
    ----------
    user : User or None
        None is the system itself.
    withdrawn : bool
        Also those that were withdrawn.
    """
    if user is not None and not may_see(user, owner):
        return []
    found = Document.objects.filter(family=owner.family, key=owner.key).order_by("id")
    if not withdrawn:
        found = found.filter(withdrawn_at__isnull=True)
    return list(found.prefetch_related("versions__uploaded_by"))


def document_for(user: Any, document_id: int) -> Document:
    """One document.

    Raises
    ------
    Document.DoesNotExist
    Forbidden
        The record it belongs to is not theirs to see; or the document was withdrawn, and the record is not
        theirs to keep: what was attached by mistake may be what nobody else should read.
    """
    document = Document.objects.prefetch_related("versions__uploaded_by").get(pk=document_id)
    require_see(user, document.owner)
    if document.withdrawn_at is not None:
        require_change(user, document.owner)
    return document


def version_for(user: Any, document_id: int, number: int | None = None) -> DocumentVersion:
    """One version of a document, the newest unless a number is given.

    Raises
    ------
    Document.DoesNotExist, DocumentVersion.DoesNotExist, Forbidden
    """
    document = document_for(user, document_id)
    if number is None:
        return document.newest
    return DocumentVersion.objects.select_related("document").get(document=document, number=number)


def open_document(user: Any, document_id: int, number: int | None = None) -> OpenDocument:
    """Open the file of a document; see `version_for` for what it raises."""
    version = version_for(user, document_id, number)
    return OpenDocument(version, storage.opened(version.sha256))


def citations_of(user: Any, subject: Ref) -> list[Citation]:
    """What a record rests on, as far as somebody may see the documents."""
    found = Citation.objects.filter(family=subject.family, key=subject.key).order_by("id")
    found = found.select_related("version__document")
    return [one for one in found if user is None or may_see(user, one.version.document.owner)]
