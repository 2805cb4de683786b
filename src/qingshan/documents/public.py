"""Documents of records.

Callers may `attach` files to a record of theirs, list and open them for a person, `cite` a place in
one, and render templates. Whose rights a document follows is said once, with
`register_owner_policy`, in ``portal/wiring.py``. Callers may not touch the store of files.
"""

from qingshan.documents.actions import (
    WithdrawnDocument,
    add_version,
    attach,
    cite,
    discard_unheld,
    withdraw,
)
from qingshan.documents.media import RefusedFile, allowed_endings
from qingshan.documents.models import Citation, Document, DocumentKind, DocumentVersion
from qingshan.documents.policies import UnknownOwner, may_change, may_see, register_owner_policy
from qingshan.documents.queries import (
    OpenDocument,
    citations_of,
    document_for,
    documents_for,
    open_document,
    version_for,
)
from qingshan.documents.rendering.docx import render_docx
from qingshan.documents.rendering.pdf import MissingFonts, render_pdf
from qingshan.documents.rendering.templates import BadTemplate, find_template, register_templates

__all__ = [
    "BadTemplate",
    "Citation",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "MissingFonts",
    "OpenDocument",
    "RefusedFile",
    "UnknownOwner",
    "WithdrawnDocument",
    "add_version",
    "allowed_endings",
    "attach",
    "citations_of",
    "cite",
    "discard_unheld",
    "document_for",
    "documents_for",
    "find_template",
    "may_change",
    "may_see",
    "open_document",
    "register_owner_policy",
    "register_templates",
    "render_docx",
    "render_pdf",
    "version_for",
    "withdraw",
]
