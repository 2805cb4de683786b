"""The same plan in every kind of file, and the files that are refused."""

from __future__ import annotations

import importlib.util
import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qingshan.reading.errors import Unreadable
from qingshan.reading.public import Findings, extract, read_document


def rows_of(found: Findings) -> list[object]:
    """What of a plan must not depend on the file it came in."""
    indicators = []
    for row in found.indicators:
        targets = [(target.year, target.raw) for target in row.targets]
        indicators.append((row.order, row.category, row.name, row.unit, row.attribute, targets))
    projects = [
        (r.name, r.group, r.departments, r.start_year, r.end_year, r.investment_wan) for r in found.projects
    ]
    return [
        indicators,
        projects,
        [(c.value, c.operator, c.deadline) for c in found.commitments],
        {d.code for d in found.duties},
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_text_reads_the_same_in_every_encoding(small: str, encoding: str) -> None:
    text = small.replace("³", "3").replace("μ", "u") if encoding == "gbk" else small
    assert rows_of(extract(read_document(text.encode(encoding)).text)) == rows_of(extract(text))


def test_line_ends_of_another_system_change_nothing(small: str) -> None:
    assert read_document(small.replace("\n", "\r\n").encode()).text == small


def test_traditional_characters_are_read_by_the_same_rules() -> None:
    text = "第一章 主要任務\n到2025年，農村生活污水治理率達到80%以上，環境保護規劃目標落實，建設設施。\n"
    found = extract(read_document(text.encode("big5")).text).commitments
    assert [(one.value, one.operator, one.deadline) for one in found][:1] == [(80, ">=", "2025")]


def test_docx_with_merged_cells_reads_like_the_text(small: str, make_docx: Callable[[str], bytes]) -> None:
    document = read_document(make_docx(small))
    assert document.kind == "docx"
    assert rows_of(extract(document.text)) == rows_of(extract(small))


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(body: str, **parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", text)
    return data.getvalue()


def paragraph(text: str, inside: str = "") -> str:
    return f"<w:p>{inside}<w:r><w:t>{text}</w:t></w:r></w:p>"


PLAN = "环境保护规划目标：到2025年，污染治理率达到90%，建设生态县。"


def test_a_footnote_in_a_sentence_does_not_cut_it() -> None:
    before, after = f"<w:r><w:t>{PLAN}落实“一河一策</w:t></w:r>", "<w:r><w:t>”要求。</w:t></w:r>"
    body = f'<w:p>{before}<w:r><w:footnoteReference w:id="2"/></w:r>{after}</w:p>'
    note = f'<w:footnote w:id="2">{paragraph("一河一策：每条河一个方案。")}</w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    text = read_document(docx_of(body, footnotes=notes)).text
    assert "落实“一河一策¹”要求。" in text
    assert text.rstrip().endswith("¹ 一河一策：每条河一个方案。")


def test_words_in_a_text_box_are_read_once() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('专栏一 重点任务')}</w:txbxContent></w:pict></w:r>"
    text = read_document(docx_of(paragraph(PLAN, box))).text
    assert text.count("专栏一 重点任务") == 1


def test_automatic_chapter_numbers_are_written_out() -> None:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章 "/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = paragraph("总体要求", number) + paragraph(PLAN) + paragraph("主要任务", number)
    text = read_document(docx_of(body, numbering=f"<w:numbering {W}>{lists}</w:numbering>")).text
    assert [section.title for section in extract(text).sections] == ["第一章总体要求", "第二章主要任务"]


def test_html_with_spanning_cells_reads_like_the_text(small: str) -> None:
    lines, table = [], False
    for line in small.split("\n"):
        if "\t" in line:
            cells = "".join(f"<td>{cell}</td>" for cell in line.split("\t"))
            lines.append(("" if table else "<table>") + f"<tr>{cells}</tr>")
            table = True
        else:
            lines.append(("</table>" if table else "") + f"<p>{line}</p>")
            table = False
    page = (
        '<!DOCTYPE html><html><head><meta charset="gb18030"><script>var a="第一章";</script></head><body>'
        + "\n".join(lines)
    )
    document = read_document(page.encode("gb18030"))
    assert document.kind == "html"
    assert rows_of(extract(document.text)) == rows_of(extract(small))


def test_html_cells_over_several_rows_are_marked() -> None:
    rows = "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr>"
    page = f"<html><p>{PLAN}</p><table>{rows}</table>"
    assert "甲\t乙\t←\n↑\t丙\t丁" in read_document(page.encode()).text


def pdf_of(pages: list[list[str]]) -> bytes:
    """Write a PDF by hand: text in a font with a Unicode map, one line below the other."""
    code = {
        sign: i + 1 for i, sign in enumerate(sorted({s for page in pages for line in page for s in line}))
    }
    mapping = "\n".join(f"<{n:04X}> <{s.encode('utf-16-be').hex().upper()}>" for s, n in code.items())
    cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF>"
    cmap += f" endcodespacerange {len(code)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    font = "/Type /Font /Subtype /Type0 /BaseFont /Plan /Encoding /Identity-H"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append(f"<< {font} /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>")
    objects.append(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plan {system} /DW 1000 >>")
    objects.append(_stream(cmap))
    kids = []
    for page in pages:
        shown = [
            f"BT /F1 10 Tf 50 {780 - 16 * n} Td <{_codes(code, line)}> Tj ET" for n, line in enumerate(page)
        ]
        objects.append(_stream("\n".join(shown)))
        use = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {use} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _pdf_file(objects)


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _codes(code: dict[str, int], line: str) -> str:
    return "".join(f"{code[sign]:04X}" for sign in line)


def _pdf_file(objects: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


needs_pdf = pytest.mark.skipif(
    importlib.util.find_spec("pdfplumber") is None, reason="pdfplumber is not installed"
)


@needs_pdf
def test_a_pdf_loses_its_running_heads_and_keeps_its_sentences() -> None:
    head = "青河县生态环境保护规划"
    pages = [[head, "第一章主要任务", "到2025年，森林覆", "盖率达到45.1%，污染治", "1"]]
    pages += [[head, "理目标全面落实，环境", "质量持续改善。", "2"]]
    pages += [[head, "第二章保障措施", "建设生态县。", "3"]]
    text = read_document(pdf_of(pages)).text
    assert head not in text
    assert extract(text).commitments[0].deadline == "2025"


@needs_pdf
def test_a_scan_is_sent_back_for_its_original() -> None:
    with pytest.raises(Unreadable, match="没有文字层"):
        read_document(pdf_of([["1"], ["2"]]))


@needs_pdf
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_docx_and_its_pdf_read_like_the_text(
    small: str, make_docx: Callable[[str], bytes], tmp_path: Path
) -> None:
    (tmp_path / "plan.docx").write_bytes(make_docx(small))
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "plan.docx"),
    ]
    subprocess.run(command, check=True, timeout=120)
    assert rows_of(extract(read_document((tmp_path / "plan.pdf").read_bytes()).text)) == rows_of(
        extract(small)
    )


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (60 * 1024 * 1024))
    return data.getvalue()


def with_macro() -> bytes:
    data = io.BytesIO(docx_of(paragraph(PLAN)))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/vbaProject.bin", b"\0")
    return data.getvalue()


def with_entities() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>')
    return data.getvalue()


ODD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "only white space": (lambda: b" \n\t\r\n", "empty"),
    "a long text": (lambda: ("环境保护规划目标污染治理" * 400_000).encode(), "too_long"),
    "a huge file": (lambda: b"x" * (61 * 1024 * 1024), "too_long"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_kind"),
    "bytes": (lambda: struct.pack("<100I", *range(100)) + b"\xff\xfe", "unknown_kind"),
    "a spreadsheet": (lambda: docx_of("").replace(b"word/document", b"xlxx/document"), "unknown_kind"),
    "a novel": (lambda: ("她推开门，看见院子里的海棠开了。" * 200).encode(), "not_a_plan"),
    "a zip bomb": (bomb, "archive_bomb"),
    "a macro": (with_macro, "macro"),
    "a torn package": (lambda: docx_of(paragraph(PLAN))[:200], "corrupt"),
    "a package with bad XML": (lambda: docx_of("<w:p>"), "corrupt"),
    "an entity attack": (lambda: with_entities(), "corrupt"),
    "a protected office file": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
}


@pytest.mark.parametrize("name", ODD_FILES)
def test_a_file_that_cannot_be_read_gets_one_sentence(name: str) -> None:
    make, code = ODD_FILES[name]
    with pytest.raises(Unreadable) as caught:
        read_document(make())
    assert caught.value.code == code
    assert str(caught.value).endswith("。")
    assert "\n" not in str(caught.value)


@needs_pdf
def test_a_torn_pdf_is_called_damaged() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(b"%PDF-1.7\n" + bytes(range(256)) * 4)
    assert caught.value.code == "corrupt"


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is installed")
def test_an_old_word_file_names_the_helper_it_needs() -> None:
    with pytest.raises(Unreadable, match="LibreOffice"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
