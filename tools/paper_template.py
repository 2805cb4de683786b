"""Make the template of official papers that comes with the house, in the layout of GB/T 9704-2012.

    python tools/paper_template.py [FILE]

The file is kept in ``src/qingshan/papers/sheets``; a bureau opens it in its word processor, changes what it
likes, and puts it into ``paper-templates/``. Clause numbers below are those of the standard.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

KEPT = Path(__file__).resolve().parents[1] / "src/qingshan/papers/sheets/official_paper.docx"

#: 5.2.3: 22 lines of 28 characters fill a page; 225 mm and 156 mm, in twentieths of a point.
LINES, CHARACTERS = 22, 28
PITCH = 12756 // LINES  # 579
SIZE = Pt(16)  # size 3 (3号)
TITLE_SIZE = Pt(22)  # size 2 (2号)
IMPRINT_SIZE = Pt(14)  # size 4 (4号)
LINE = Pt(PITCH / 20)
#: 28 faces of 16 pt are wider than 156 mm: each stands a quarter of a point closer, in twentieths.
CLOSER = -5

SONG, FANGSONG, KAI, HEI, PLAIN = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
#: Where the named face is not installed, the word processor takes the one named here.
FALLBACKS = {SONG: "小标宋", FANGSONG: "仿宋", KAI: "楷体", HEI: "SimHei", PLAIN: "SimSun"}
RED = RGBColor(0xFF, 0x00, 0x00)


def made() -> Document:
    """Return the template."""
    paper = docx.Document()
    _page(paper)
    _styles(paper)
    _fallbacks(paper)
    _head(paper)
    _text(paper)
    _imprint(paper)
    _page_numbers(paper)
    _warning(paper)
    paper.core_properties.author = ""
    paper.core_properties.title = "公文模板（GB/T 9704-2012）"
    paper.core_properties.comments = ""
    return paper


def _page(paper: Document) -> None:
    """A4; the type area 156 mm x 225 mm, under 37 mm of top, beside 28 mm of binding margin (5.2.1)."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # 7.5: the page number 7 mm below the type area; it is some 5 mm high.
    section.footer_distance, section.header_distance = Mm(23), Mm(22)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # Lines only: on a grid narrower than the face, LibreOffice gives every character two places.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH))
    settings = paper.settings.element
    settings.append(OxmlElement("w:evenAndOddHeaders"))


def _styles(paper: Document) -> None:
    normal = paper.styles["Normal"]
    _face(normal, FANGSONG, SIZE)
    shape = normal.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.widow_control = True
    _style(paper, "公文标志", SONG, Pt(42), align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(50))
    _style(paper, "公文文号", FANGSONG, SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(paper, "公文标题", SONG, TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(36))
    _style(paper, "公文主送", FANGSONG, SIZE)
    _style(paper, "公文正文", FANGSONG, SIZE, indent=2, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    # 7.3.3: the levels in 黑体, 楷体, and 仿宋 twice.
    for level, face in enumerate((HEI, KAI, FANGSONG, FANGSONG), start=1):
        _style(paper, f"公文{'一二三四'[level - 1]}级标题", face, SIZE, indent=2)
    _style(paper, "公文表题", HEI, IMPRINT_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(paper, "公文表头", HEI, Pt(12), align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(18))
    _style(paper, "公文表格", FANGSONG, Pt(12), line=Pt(18))
    _style(paper, "公文署名", FANGSONG, SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _style(paper, "公文日期", FANGSONG, SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _style(paper, "公文附注", FANGSONG, SIZE, indent=2)
    _style(paper, "公文版记", FANGSONG, IMPRINT_SIZE, line=Pt(24))
    _style(paper, "公文页码", PLAIN, IMPRINT_SIZE, line=Pt(16))
    _style(paper, "公文提示", HEI, Pt(12), align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(16))


def _style(
    paper: Document,
    name: str,
    face: str,
    size: Pt,
    *,
    align: Any = None,
    indent: int = 0,
    line: Pt | None = None,
) -> None:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = paper.styles["Normal"]
    style.quick_style = True
    _face(style, face, size)
    if align is not None:
        style.paragraph_format.alignment = align
    if line is not None:
        style.paragraph_format.line_spacing = line
        # A line of its own height keeps off the grid, or it would take two lines of it.
        style.element.get_or_add_pPr().append(_flag("w:snapToGrid", "0"))
    if size == SIZE:
        style.element.get_or_add_rPr().append(_flag("w:spacing", str(CLOSER)))
    if indent:
        style.paragraph_format.first_line_indent = Pt(size.pt * indent)
        style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))


def _face(style: Any, face: str, size: Pt) -> None:
    style.font.size = size
    style.font.bold = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), face)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(theme)) is not None:
            del fonts.attrib[qn(theme)]


def _flag(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made


def _fallbacks(paper: Document) -> None:
    """Name a second face for each, where the word processor looks for it."""
    part = next(one for one in paper.part.package.iter_parts() if one.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face, other in FALLBACKS.items()
    )
    part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def _add(paper: Any, text: str, style: str, *, before: float = 0) -> Paragraph:
    paragraph: Paragraph = paper.add_paragraph(text, style=style)
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _head(paper: Document) -> None:
    """The red head (版头): the sign, the number two lines below, the red line 4 mm under it (7.2)."""
    # 7.2.4: the sign's upper edge 35 mm below that of the type area; a line of 50 pt holds it in its middle.
    sign = _add(paper, "{{ sign }}", "公文标志", before=Mm(35).pt - 8)
    sign.runs[0].font.color.rgb = RED
    number = _add(paper, "{{ number }}", "公文文号", before=2 * LINE.pt)
    properties = number._p.get_or_add_pPr()
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="{round(Mm(4).pt)}" '
        'w:color="FF0000"/></w:pBdr>'
    )
    properties.insert_element_before(border, "w:spacing", "w:ind", "w:jc")


def _text(paper: Document) -> None:
    """The main part (主体): title, recipients, body, signature and day, remark (7.3)."""
    title = _add(paper, "{{ title }}", "公文标题", before=2 * LINE.pt)
    title.paragraph_format.keep_with_next = True
    _add(paper, "{%p if recipients %}", "公文主送")
    _add(paper, "{{ recipients }}：", "公文主送", before=LINE.pt)
    _add(paper, "{%p endif %}", "公文主送")
    _add(paper, "{{ body }}", "公文正文")
    # 7.3.5.1: room for the seal over the signature and its day, which stay on one page.
    signer = _add(paper, "{{ organ }}", "公文署名", before=2 * LINE.pt)
    signer.paragraph_format.keep_with_next = True
    _right_indent(signer, 4)
    _add(paper, "{%p if written_on %}", "公文日期")
    _right_indent(_add(paper, "{{ written_on | day }}", "公文日期"), 4)
    _add(paper, "{%p endif %}", "公文日期")
    _add(paper, "{%p if remark %}", "公文附注")
    _add(paper, "（{{ remark }}）", "公文附注")
    _add(paper, "{%p endif %}", "公文附注")


def _right_indent(paragraph: Paragraph, characters: int) -> None:
    paragraph.paragraph_format.right_indent = Pt(SIZE.pt * characters)
    paragraph._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:rightChars"), str(characters * 100))


def _imprint(paper: Document) -> None:
    """The imprint (版记), at the foot of the last page: copies, who printed it and when (7.4).

    A frame of paragraphs: every word processor keeps it at the foot, where a floating table as wide as the
    text is not kept by LibreOffice. For the same reason all its paragraphs have the same two lines, which
    then go round the whole, and the thin one between is the leader of a tab.
    """
    _add(paper, "{%p if copies %}", "公文版记")
    _framed(_add(paper, "抄送：{{ copies }}。", "公文版记"))
    between = _framed(_add(paper, "\t", "公文版记"), free=Pt(0))
    between.paragraph_format.line_spacing = Pt(5)
    between.runs[0].font.size = Pt(4)
    _add(paper, "{%p endif %}", "公文版记")
    _framed(_add(paper, "{{ organ }}{% if written_on %}\t{{ written_on | day }}印发{% endif %}", "公文版记"))
    # A frame stands on the page of the paragraph after it.
    tail = _add(paper, "", "公文版记")
    tail.paragraph_format.line_spacing = Pt(1)


def _framed(paragraph: Paragraph, *, free: Length = IMPRINT_SIZE) -> Paragraph:
    """Put a paragraph into the frame at the foot; one character is free at either side (7.4.2, 7.4.3)."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = free
    leader = WD_TAB_LEADER.SPACES if free else WD_TAB_LEADER.LINES
    shape.tab_stops.add_tab_stop(Length(Mm(156) - free), WD_TAB_ALIGNMENT.RIGHT, leader)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="3" w:color="000000"/>' for side in ("top", "bottom")
    )
    properties = paragraph._p.get_or_add_pPr()
    frame = parse_xml(
        f'<w:framePr {nsdecls("w")} w:w="{Mm(156).twips}" w:wrap="around" w:vAnchor="margin" '
        'w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
    )
    later = ("w:pBdr", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(frame, *later)
    properties.insert_element_before(parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>"), *later[1:])
    return paragraph


def _page_numbers(paper: Document) -> None:
    """The number between two dashes, outward: at the right of odd pages, at the left of even ones (7.5)."""
    section = paper.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.style = "公文页码"
        paragraph.alignment = side
        if side is WD_ALIGN_PARAGRAPH.RIGHT:
            paragraph.paragraph_format.right_indent = IMPRINT_SIZE
        else:
            paragraph.paragraph_format.left_indent = IMPRINT_SIZE
        paragraph.add_run("— ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def _warning(paper: Document) -> None:
    """What is a draft or simulated says so on top of every page."""
    section = paper.sections[0]
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        paragraph.style = "公文提示"
        paragraph.add_run("{{ warning }}")


def main() -> None:
    """Write the file."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else KEPT
    made().save(str(path))
    print(path)


if __name__ == "__main__":
    main()
