"""Letters of the fictional upper levels, as Word files that say in every part that they are invented."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.core.files.base import ContentFile
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

__all__ = ["letter"]

_EPOCH = (1980, 1, 1, 0, 0, 0)


def letter(*, number: str, title: str, sender: str, written_on: date, lines: list[str]) -> ContentFile[bytes]:
    """Return a letter as an uploaded file; the same words give the same bytes."""
    paper = Document()
    paper.add_heading(title, level=1)
    paper.add_paragraph(number).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in lines:
        paper.add_paragraph(line)
    paper.add_paragraph("（本文件为模拟，所涉地名、单位、文号和数据均系虚构）")
    signed = paper.add_paragraph(f"{sender}\n{written_on.year}年{written_on.month}月{written_on.day}日")
    signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made = io.BytesIO()
    paper.save(made)
    return ContentFile(_without_clock(made.getvalue()), f"{number}.docx")


def _without_clock(package: bytes) -> bytes:
    """A package notes when it was packed; without that, two loadings make the same file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _EPOCH), before.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
