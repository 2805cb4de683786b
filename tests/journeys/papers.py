"""The fictional plan as files that people drop on a page."""

from __future__ import annotations

import io

from docx import Document
from tests.journeys.files import Upload
from tools.fictional_plan import plan_text

__all__ = ["plan_docx", "plan_txt"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def plan_txt(area: str = "青峦县", *, corrected: bool = False, name: str = "十五五规划.txt") -> Upload:
    """Return the plan as a text file."""
    return Upload(name=name, mimeType="text/plain", buffer=plan_text(area, corrected=corrected).encode())


def plan_docx(area: str = "青峦县", *, corrected: bool = False, name: str = "十五五规划.docx") -> Upload:
    """Return the plan as a Word document whose tables are real ones."""
    paper = Document()
    rows: list[list[str]] = []
    for line in [*plan_text(area, corrected=corrected).splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = paper.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
            rows = []
        if line:
            paper.add_paragraph(line)
    file = io.BytesIO()
    paper.save(file)
    return Upload(name=name, mimeType=DOCX, buffer=file.getvalue())
