"""The DOCX of a paper: the bureau's template, and in the place of its body the blocks.

The template is laid out in a word processor. It names its places as `render_docx` fills them in
(``{{ sign }}``, ``{{ number }}``, ``{{ title }}`` ...), holds one paragraph ``{{ body }}``, and brings the
styles named in `STYLES`; a style it does not have falls back to its ``Normal``.

A figure is printed under a bookmark, ``fig_key``: the number in the file keeps its name, and whoever reads
the file by program finds it (`figures_in`).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from qingshan.documents.public import BadTemplate, find_template, render_docx
from qingshan.papers.printing.sheet import Sheet, printed_text
from qingshan.papers.shapes import MARK, Block, Heading, PrintedFigure, Table

__all__ = ["STYLES", "TEMPLATE", "docx_of", "figures_in"]

TEMPLATE = "official_paper.docx"
#: The styles of the template by which the text is set.
STYLES = {
    "sign": "公文标志",
    "heading1": "公文一级标题",
    "heading2": "公文二级标题",
    "heading3": "公文三级标题",
    "heading4": "公文四级标题",
    "paragraph": "公文正文",
    "caption": "公文表题",
    "head": "公文表头",
    "cell": "公文表格",
    "signer": "公文署名",
    "day": "公文日期",
}
_BODY = "{{ body }}"
_PLACE = "\u2060body\u2060"  # stands in the filled template where the blocks come; nobody types it
_BOOKMARK = "fig_"
_SIGN_AT_MOST = Pt(42)
#: The seal leaves four characters free at the right of the day (GB/T 9704-2012 7.3.5.1).
_DAY_INDENT = 4
_SMALL_TABLE = 12
#: A table and what follows do not touch.
_BELOW_TABLE = Pt(8)
_CELL_MARGIN_TWIPS = 57  # 1 mm


def docx_of(sheet: Sheet) -> bytes:
    """Return a sheet as DOCX.

    Raises
    ------
    BadTemplate
        The template has no place for the body, or cannot be filled in.
    """
    template = find_template(TEMPLATE)
    filled = render_docx(
        template,
        {
            "sign": sheet.sign,
            "number": sheet.number,
            "title": sheet.title,
            "recipients": sheet.recipients,
            "organ": sheet.organ,
            "written_on": sheet.written_on,
            "remark": sheet.remark,
            "copies": sheet.copies,
            "warning": sheet.warning,
            "body": _PLACE,
        },
    )
    paper = docx.Document(io.BytesIO(filled))
    place = next((one for one in paper.paragraphs if _PLACE in one.text), None)
    if place is None:
        text = _("模板“%(name)s”没有放正文的段落；请在正文处单独写一段 %(body)s")
        raise BadTemplate(text % {"name": template.name, "body": _BODY})
    _Setter(paper, sheet).fill(place)
    _fit(paper, sheet)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def figures_in(data: bytes) -> list[tuple[str, str]]:
    """Return every figure a DOCX of ours prints, by key, in reading order: what stands under its bookmark."""
    paper = docx.Document(io.BytesIO(data))
    found = []
    for start in paper.element.body.iter(qn("w:bookmarkStart")):
        name = start.get(qn("w:name"), "")
        if name.startswith(_BOOKMARK):
            run = start.getnext()
            text = "".join(one.text or "" for one in run.iter(qn("w:t")))
            found.append((name.removeprefix(_BOOKMARK).partition("__")[0], text))
    return found


@dataclass
class _Setter:
    """Sets blocks before one paragraph of a document, and counts the bookmarks."""

    paper: Any
    sheet: Sheet
    _used: Counter[str] = field(default_factory=Counter)

    def fill(self, place: WordParagraph) -> None:
        """Put the blocks where the place is."""
        elements = list(self._elements())
        if elements:  # the signature never stands alone on a page (GB/T 9704-2012 7.3.5.5)
            for last in _last_paragraphs(elements[-1]):
                WordParagraph(last, place._parent).paragraph_format.keep_with_next = True
        for element in elements:
            place._p.addprevious(element)
        place._p.getparent().remove(place._p)

    def _elements(self) -> Iterator[Any]:
        after_table = False
        for block in self.sheet.blocks:
            for element in self._set(block):
                if after_table:
                    WordParagraph(element, self.paper).paragraph_format.space_before = _BELOW_TABLE
                after_table = False
                yield element
            after_table = isinstance(block, Table)

    def _set(self, block: Block) -> Iterator[Any]:
        if isinstance(block, Heading):
            made = self._paragraph(block.text, f"heading{block.level}")
            made.paragraph_format.keep_with_next = True
            yield made._p
        elif isinstance(block, Table):
            caption = self._paragraph(block.caption, "caption")
            caption.paragraph_format.keep_with_next = True
            yield caption._p
            yield self._table(block)
        else:
            yield self._paragraph(block.text, "paragraph")._p

    def _paragraph(self, text: str, style: str) -> WordParagraph:
        made: WordParagraph = self.paper.add_paragraph()
        self._write(made, text, style)
        return made

    def _write(self, paragraph: WordParagraph, text: str, style: str) -> None:
        if STYLES[style] in [one.name for one in self.paper.styles]:
            paragraph.style = self.paper.styles[STYLES[style]]
        at = 0
        for found in MARK.finditer(text):
            if text[at : found.start()]:
                paragraph.add_run(text[at : found.start()])
            self._figure(paragraph, self.sheet.figures[found[1]])
            at = found.end()
        if text[at:]:
            paragraph.add_run(text[at:])

    def _figure(self, paragraph: WordParagraph, figure: PrintedFigure) -> None:
        """A run under a bookmark; printed a second time, the bookmark gets a number, for names are once."""
        self._used[figure.key] += 1
        times = self._used[figure.key]
        name = f"{_BOOKMARK}{figure.key}" + (f"__{times}" if times > 1 else "")
        number = str(sum(self._used.values()))
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), number)
        paragraph._p.append(start)
        paragraph.add_run(figure.printed)
        paragraph._p.append(end)

    def _table(self, block: Table) -> Any:
        """A table whose heads come again on every page, whose rows are not split, and whose title stays."""
        table = self.paper.add_table(rows=0, cols=len(block.columns))
        table.style = self.paper.styles["Table Grid"]
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _narrow_margins(table)
        longest = _longest(block, self.sheet)
        widths = _widths(longest, self._width())
        for number, row in enumerate((block.columns, *block.rows)):
            made = table.add_row()
            _flag(made, "w:cantSplit")
            if number == 0:
                _flag(made, "w:tblHeader")
            # The heads stay with the first row; a small table stays whole, its last row is free.
            stays = number == 0 or (number < len(block.rows) <= _SMALL_TABLE)
            for cell, text, width, most in zip(made.cells, row, widths, longest, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                self._write(paragraph, text, "head" if number == 0 else "cell")
                paragraph.paragraph_format.keep_with_next = stays
                if number and most <= _SHORT:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table._tbl

    def _width(self) -> Length:
        section = self.paper.sections[0]
        return Length(section.page_width - section.left_margin - section.right_margin)


#: A column of cells of so many characters is centred, a longer one stands at the left.
_SHORT = 8
_NARROWEST, _WIDEST, _AIR = 4, 14, 3


def _longest(block: Table, sheet: Sheet) -> list[int]:
    """How many characters the longest cell of each column has."""
    columns = zip(block.columns, *block.rows, strict=True)
    return [max(len(printed_text(text, sheet.figures)) for text in column) for column in columns]


def _widths(longest: list[int], whole: Length) -> list[Length]:
    """The columns' widths, by their longest text within bounds; together the width of the text."""
    parts = [min(max(one, _NARROWEST), _WIDEST) + _AIR for one in longest]
    return [Length(whole * part // sum(parts)) for part in parts]


def _last_paragraphs(element: Any) -> list[Any]:
    """The paragraph itself, or those of a table's last row."""
    if element.tag == qn("w:p"):
        return [element]
    return list(element.findall(qn("w:tr"))[-1].iter(qn("w:p")))


def _narrow_margins(table: Any) -> None:
    """Half the usual air left and right in cells, so that a number is not broken over two lines."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(_CELL_MARGIN_TWIPS))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # the schema wants it last
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _flag(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))


def _fit(paper: Any, sheet: Sheet) -> None:
    """The sign in one line; the signature centred over its day."""
    for paragraph in paper.paragraphs:
        style = paragraph.style.name
        if style == STYLES["sign"]:
            section = paper.sections[0]
            width = section.page_width - section.left_margin - section.right_margin
            size = min(_SIGN_AT_MOST, Length(width // max(len(sheet.sign), 1)))
            for run in paragraph.runs:
                run.font.size = Pt(size.pt // 1)
        elif style == STYLES["signer"] and sheet.written_on:
            # In the width of a Chinese character; the digits of the day are half of it.
            day = 3 + len(f"{sheet.written_on.year}{sheet.written_on.month}{sheet.written_on.day}") / 2
            indent = max(_DAY_INDENT + (day - len(sheet.organ)) / 2, 1)
            _indent_right(paragraph, indent)


def _indent_right(paragraph: WordParagraph, characters: float) -> None:
    """In hundredths of a character for word processors that count so, in points for the others."""
    size = 16
    paragraph.paragraph_format.right_indent = Pt(size * characters)
    found = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    if found is not None:
        found.set(qn("w:rightChars"), str(int(characters * 100)))
