"""DOCX: paragraphs with their automatic numbers, tables with merged cells, footnotes, text boxes.

Read with the standard library alone: what a plan needs of the format is little, and a package
less to install is a plan more that a bureau can read.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from qingshan.reading.errors import Unreadable
from qingshan.reading.formats.numbering import Numbering
from qingshan.reading.formats.package import Package
from qingshan.reading.formats.rows import raised, spread_row, table_lines

__all__ = ["read_docx"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes) -> str:
    """Return the text of a DOCX file, tables as tabbed lines, footnotes after the text."""
    package = Package(data)
    if not package.has("word/document.xml"):
        raise Unreadable("unknown_kind", "压缩包")
    body = package.xml("word/document.xml").find(f"{W}body")
    if body is None:
        raise Unreadable("corrupt", "word/document.xml")
    reader = _Reader(Numbering.of(package))
    lines = list(reader.blocks(body))
    lines += _notes(package, reader, "footnotes") + _notes(package, reader, "endnotes")
    return "\n".join(lines).strip("\n") + "\n"


def _notes(package: Package, reader: _Reader, kind: str) -> list[str]:
    if not package.has(f"word/{kind}.xml"):
        return []
    found = []
    for note in package.xml(f"word/{kind}.xml"):
        number = reader.notes.get((kind, note.get(f"{W}id", "")))
        if number:
            words = " ".join(reader.words(paragraph)[0].strip() for paragraph in note.iter(f"{W}p"))
            found += ["", raised(number) + " " + words.strip()]
    return found


class _Reader:
    """Walks a document body; numbers footnotes in the order of their marks."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.notes: dict[tuple[str, str], int] = {}

    def blocks(self, parent: Element) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{W}p":
                text, boxes = self.words(child)
                yield from (self.numbering.number(child) + text).split("\n")
                for box in boxes:
                    yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
                yield from self.blocks(child)

    def _table(self, table: Element) -> Iterator[str]:
        rows = []
        for row in table.iter(f"{W}tr"):
            if any(
                row in list(inner.iter(f"{W}tr")) for inner in table.iter(f"{W}tbl") if inner is not table
            ):
                continue  # rows of a table inside a cell are read as the cell's words
            rows.append(spread_row(self._cell(cell) for cell in _cells(row)))
        yield from table_lines(rows)

    def _cell(self, cell: Element) -> tuple[str, int, bool]:
        properties = cell.find(f"{W}tcPr")
        width, merged = 1, False
        if properties is not None:
            span = properties.find(f"{W}gridSpan")
            width = (
                int(span.get(f"{W}val", "1"))
                if span is not None and span.get(f"{W}val", "1").isdigit()
                else 1
            )
            down = properties.find(f"{W}vMerge")
            merged = down is not None and down.get(f"{W}val", "continue") != "restart"
        words = [
            self.numbering.number(paragraph) + self.words(paragraph)[0] for paragraph in cell.iter(f"{W}p")
        ]
        return " ".join(words), min(width, 60), merged

    def words(self, paragraph: Element) -> tuple[str, list[Element]]:
        """Return a paragraph's text and the text boxes anchored in it."""
        pieces: list[str] = []
        boxes: list[Element] = []
        self._collect(paragraph, pieces, boxes, raise_digits=False)
        return "".join(pieces), boxes

    def _collect(
        self, parent: Element, pieces: list[str], boxes: list[Element], *, raise_digits: bool
    ) -> None:
        for child in parent:
            tag = child.tag.removeprefix(W)
            if tag == "t":
                pieces.append(raised(child.text or "") if raise_digits else child.text or "")
            elif tag in ("tab", "ptab"):
                pieces.append("    ")
            elif tag in ("br", "cr"):
                pieces.append("\n")
            elif tag == "noBreakHyphen":
                pieces.append("-")
            elif tag in ("footnoteReference", "endnoteReference"):
                kind = "footnotes" if tag.startswith("foot") else "endnotes"
                number = self.notes.setdefault((kind, child.get(f"{W}id", "")), len(self.notes) + 1)
                pieces.append(raised(number))
            elif tag == "txbxContent":
                boxes.append(child)
            elif child.tag != _FALLBACK and tag not in ("del", "moveFrom", "pPr", "rPr", "instrText"):
                self._collect(child, pieces, boxes, raise_digits=raise_digits or _is_raised(child))


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _is_raised(run: Element) -> bool:
    align = run.find(f"{W}rPr/{W}vertAlign")
    return align is not None and align.get(f"{W}val") == "superscript"
