"""The files of an issued paper: set once from what is frozen, and kept among its documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.files.base import ContentFile

from qingshan.documents.public import Document, DocumentKind, attach, documents_for
from qingshan.kernel.spans import beijing_day
from qingshan.papers.models import Paper
from qingshan.papers.printing.docx import docx_of
from qingshan.papers.printing.pdf import pdf_of
from qingshan.papers.printing.sheet import Sheet, sheet_of

__all__ = ["FORMS", "files_of", "keep_files"]

#: File ending -> how a sheet is set in it.
FORMS: Mapping[str, Callable[[Sheet], bytes]] = {"docx": docx_of, "pdf": pdf_of}


def files_of(paper: Paper) -> dict[str, Document]:
    """Return the kept files of an issued paper by ending; the caller has asked whether it may be seen."""
    found = [one for one in documents_for(None, paper.ref) if one.kind == DocumentKind.PAPER]
    return {one.newest.file_name.rpartition(".")[2]: one for one in found}


def keep_files(paper: Paper, *, at: datetime) -> dict[str, Document]:
    """Set and keep what is not kept yet; run twice, it sets nothing anew.

    Raises
    ------
    MissingFonts, BadTemplate
        Of the PDF or the DOCX; what came before it is kept.
    """
    sheet = sheet_of(paper, beijing_day(at))
    for ending, setter in FORMS.items():
        if ending not in files_of(paper):
            content = ContentFile(setter(sheet), f"{sheet.number}.{ending}")
            title = f"{sheet.title}（{ending.upper()}）"
            attach(content, to=paper.ref, by=None, at=at, title=title, kind=DocumentKind.PAPER)
    return files_of(paper)
