"""The PDF of a paper: the same sheet, set by typst."""

from __future__ import annotations

from typing import Any

from qingshan.documents.public import find_template, render_pdf
from qingshan.papers.printing.sheet import Sheet, printed_text
from qingshan.papers.shapes import Block, Heading, Table

__all__ = ["TEMPLATE", "pdf_of"]

TEMPLATE = "official_paper.typ"


def pdf_of(sheet: Sheet) -> bytes:
    """Return a sheet as PDF.

    Raises
    ------
    MissingFonts, BadTemplate
    """
    context = {
        "sign": sheet.sign,
        "number": sheet.number,
        "title": sheet.title,
        "recipients": sheet.recipients,
        "organ": sheet.organ,
        "written_on": sheet.written_on or "",
        "remark": sheet.remark,
        "copies": sheet.copies,
        "warning": sheet.warning,
        "blocks": [_plain(block, sheet) for block in sheet.blocks],
    }
    return render_pdf(find_template(TEMPLATE), context)


def _plain(block: Block, sheet: Sheet) -> dict[str, Any]:
    def said(text: str) -> str:
        return printed_text(text, sheet.figures)

    if isinstance(block, Heading):
        return {"block": "heading", "level": block.level, "text": said(block.text)}
    if isinstance(block, Table):
        return {
            "block": "table",
            "caption": said(block.caption),
            "columns": [said(head) for head in block.columns],
            "rows": [[said(cell) for cell in row] for row in block.rows],
        }
    return {"block": "paragraph", "text": said(block.text)}
