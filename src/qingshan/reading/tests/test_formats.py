"""The same plan in every kind of file, and the files that are refused."""

from __future__ import annotations

import importlib.util
import io
import shutil
import struct
import zipfile
from collections.abc import Callable

import pytest

from qingshan.reading.errors import Unreadable
from qingshan.reading.public import Findings, extract, read_document
from qingshan.reading.tests.plan_files import html_of, pdf_of


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


WORD = "WordDocument".encode("utf-16-le")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a file of old Word, and of WPS Writer, begins
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
    document = read_document(html_of(small).encode("gb18030"))
    assert document.kind == "html"
    assert rows_of(extract(document.text)) == rows_of(extract(small))


def test_html_cells_over_several_rows_are_marked() -> None:
    rows = "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr>"
    page = f"<html><p>{PLAN}</p><table>{rows}</table>"
    assert "甲\t乙\t←\n↑\t丙\t丁" in read_document(page.encode()).text


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
def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"第{'一二三四五六七八九十'[n]}项任务写在左栏，句子很长，不得与" for n in range(10)]
    right = [f"右栏第{'一二三四五六七八九十'[n]}行同高的文字混在一起，各读各" for n in range(10)]
    text = read_document(pdf_of([[PLAN], left], beside={1: right})).text
    assert text.split("\n")[1:-1] == [*left, *right]


@needs_pdf
def test_a_pdf_with_a_password_is_sent_back_for_one_without() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(pdf_of([[PLAN]], locked=True))
    assert caught.value.code == "encrypted"
    assert str(caught.value) == "文件设有打开密码：请先解除密码再导入。"


@pytest.mark.xdist_group("libreoffice")
class TestThroughLibreOffice:
    @needs_pdf
    def test_a_docx_and_its_pdf_read_like_the_text(
        self, small: str, make_docx: Callable[[str], bytes], convert: Callable[..., dict[str, bytes]]
    ) -> None:
        printed = convert({"small": make_docx(small)}, source="docx", target="pdf")["small"]
        assert rows_of(extract(read_document(printed).text)) == rows_of(extract(small))

    def test_an_old_word_file_reads_like_the_text(
        self, small: str, make_docx: Callable[[str], bytes], convert: Callable[..., dict[str, bytes]]
    ) -> None:
        """A .wps of WPS Writer has the same form, and the name of a file is not asked: one test for both."""
        old = convert({"small": make_docx(small)}, source="docx", target="doc")["small"]
        document = read_document(old)
        assert document.kind == "office"
        assert rows_of(extract(document.text)) == rows_of(extract(small))

    def test_an_old_word_file_that_is_torn_gets_one_sentence(self, soffice: str) -> None:
        with pytest.raises(Unreadable) as caught:
            read_document(OLE + WORD + bytes(range(256)) * 8)
        assert caught.value.code in {"conversion_failed", "corrupt", "empty", "not_a_plan"}


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
    "a text of 50 MB": (lambda: ("环境保护规划目标污染治理" * 1_456_400).encode(), "too_long"),
    "a huge file": (lambda: b"x" * (61 * 1024 * 1024), "too_long"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_kind"),
    "bytes": (lambda: struct.pack("<100I", *range(100)) + b"\xff\xfe", "unknown_kind"),
    "a spreadsheet": (lambda: docx_of("").replace(b"word/document", b"xlxx/document"), "unknown_kind"),
    "a novel": (lambda: ("她推开门，看见院子里的海棠开了。" * 200).encode(), "not_a_plan"),
    "a zip bomb": (bomb, "archive_bomb"),
    "a macro": (with_macro, "macro"),
    "an old spreadsheet": (lambda: OLE + "Workbook".encode("utf-16-le"), "unknown_kind"),
    "a macro in an old Word file": (lambda: OLE + bytes(504) + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
    "a torn package": (lambda: docx_of(paragraph(PLAN))[:200], "corrupt"),
    "a package with bad XML": (lambda: docx_of("<w:p>"), "corrupt"),
    "an entity attack": (lambda: with_entities(), "corrupt"),
    "a protected office file": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
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
        read_document(OLE + WORD + bytes(600))
