"""The files of a paper: laid out by the standard, opened by LibreOffice, with the ledger's numbers."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tools.paper_template import KEPT, made

from qingshan.documents.public import BadTemplate, MissingFonts
from qingshan.papers.models import Paper
from qingshan.papers.printing import files, pdf
from qingshan.papers.printing.docx import STYLES, docx_of, figures_in
from qingshan.papers.printing.pdf import pdf_of
from qingshan.papers.printing.sheet import Sheet, sheet_of
from qingshan.papers.public import Heading, Paragraph, PrintedFigure, Table, mark
from qingshan.papers.tests.conftest import AT, BODY, LATE, SHARE, TODAY

LINE = "各乡镇人民政府、县直各有关单位要对照年度任务清单逐项倒排工期，确保按时完成各项目标任务。"
SHARES = tuple(PrintedFigure(f"rate_{number}", "完成率", f"{number * 3}", "%") for number in range(30))
ROWS = tuple(
    (str(number + 1), "县农业农村局", "修复河岸带并完成沿线排口整治工程第一标段", mark(one.key))
    for number, one in enumerate(SHARES)
)
LONG = Sheet(
    sign="青川县生态环境局文件",
    number="青环〔2026〕5号",
    title="青川县生态环境局关于加快推进生态文明建设规划年度重点任务的通知",
    recipients="县水利局，青石镇人民政府",
    blocks=(
        *BODY[:2],
        *(Paragraph(LINE * 3),) * 4,
        Table("表1 重点任务进展情况", ("序号", "责任单位", "任务", "完成率"), ROWS),
        Heading("（一）要求", 2),
        *(Paragraph(LINE * 4),) * 3,
        Table("表2 逾期任务", ("单位", "逾期"), (("县水利局", mark("late")), ("县住建局", "无"))),
        Paragraph("特此通知。"),
    ),
    figures={one.key: one for one in (SHARE, LATE, *SHARES)},
    organ="青川县生态环境局",
    written_on=date(2026, 11, 20),
    remark="联系人：方某，电话：0000-0000000",
    copies="县政府办公室",
    warning="",
)


@pytest.fixture(scope="module")
def word() -> Any:
    return docx.Document(io.BytesIO(docx_of(LONG)))


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The DOCX as LibreOffice prints it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice must be there in CI: ./qs --apt test brings it")
        pytest.skip("LibreOffice is not installed: ./qs --apt test brings it")
    folder = tmp_path_factory.mktemp("paper")
    path = folder / "paper.docx"
    path.write_bytes(docx_of(LONG))
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return path.with_suffix(".pdf").read_bytes()


class TestLayout:
    """GB/T 9704-2012, clause by clause."""

    def test_the_page_is_a4_with_the_margins_of_the_standard(self, word: Any) -> None:
        page = word.sections[0]
        found = [page.page_width, page.page_height, page.top_margin, page.left_margin]
        for value, wanted in zip(found, (210, 297, 37, 28), strict=True):
            assert abs(value - Mm(wanted)) < Mm(0.1)
        text = (
            page.page_width - page.left_margin - page.right_margin,
            page.page_height - page.top_margin - page.bottom_margin,
        )
        for value, wanted in zip(text, (156, 225), strict=True):
            assert abs(value - Mm(wanted)) < Mm(0.1)

    @pytest.mark.parametrize(
        ("style", "face", "points"),
        [
            ("公文标志", "方正小标宋简体", 42),
            ("公文标题", "方正小标宋简体", 22),
            ("公文正文", "仿宋_GB2312", 16),
            ("公文一级标题", "黑体", 16),
            ("公文二级标题", "楷体_GB2312", 16),
            ("公文三级标题", "仿宋_GB2312", 16),
            ("公文版记", "仿宋_GB2312", 14),
            ("公文页码", "宋体", 14),
        ],
    )
    def test_faces_are_named_with_their_sizes(self, word: Any, style: str, face: str, points: int) -> None:
        found = word.styles[style]
        fonts = found.element.rPr.rFonts
        assert {fonts.get(qn(script)) for script in ("w:eastAsia", "w:ascii")} == {face}
        assert found.font.size == Pt(points)

    def test_each_face_has_another_where_it_is_not_installed(self, word: Any) -> None:
        parts = word.part.package.iter_parts()
        table = next(one.blob for one in parts if one.partname == "/word/fontTable.xml").decode()
        found = dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', table))
        assert found.keys() == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}

    def test_the_head_is_red_and_the_line_below_the_number(self, word: Any) -> None:
        sign, number = word.paragraphs[0], word.paragraphs[1]
        assert (sign.text, str(sign.runs[0].font.color.rgb)) == ("青川县生态环境局文件", "FF0000")
        assert number.text == "青环〔2026〕5号"
        assert number._p.pPr.find(qn("w:pBdr"))[0].get(qn("w:color")) == "FF0000"

    def test_a_long_sign_is_set_smaller_so_that_it_keeps_to_its_line(self) -> None:
        sheet = replace(LONG, sign="青川县生态文明建设示范区创建工作领导小组办公室文件")
        sign = docx.Document(io.BytesIO(docx_of(sheet))).paragraphs[0]
        assert sign.runs[0].font.size <= Mm(156) / len(sheet.sign)

    def test_tables_repeat_their_heads_and_do_not_split_rows(self, word: Any) -> None:
        for table in word.tables:
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
            heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
            assert heads == [True] + [False] * (len(heads) - 1)

    def test_a_title_stays_with_its_table_and_a_heading_with_its_text(self, word: Any) -> None:
        stays = {STYLES["caption"], STYLES["heading1"], STYLES["heading2"]}
        found = [one for one in word.paragraphs if one.style.name in stays]
        assert len(found) == 4
        assert all(one.paragraph_format.keep_with_next for one in found)

    def test_a_table_at_the_end_stays_with_the_signature_and_touches_nothing_after_it(
        self, word: Any
    ) -> None:
        ends = docx.Document(io.BytesIO(docx_of(replace(LONG, blocks=LONG.blocks[:-1]))))
        last = ends.tables[-1].rows[-1]
        assert all(one.paragraph_format.keep_with_next for cell in last.cells for one in cell.paragraphs)
        after = next(one for one in word.paragraphs if one.text == "特此通知。")
        assert after.paragraph_format.space_before > 0

    def test_a_number_is_not_broken_in_a_table_of_eight_columns(self) -> None:
        """Three characters or ``≥66%`` at 10.5 pt fit into the narrowest column of a report's table."""
        heads = ("序号", "指标", "单位", "属性", "基准值", "目标值", "完成值", "是否完成/不予评估及原因")
        row = ("1", "县城生活污水集中收集率", "%", "约束性", "62", "≥66%", "66.4", "上级未下达年度任务" * 4)
        sheet = replace(LONG, blocks=(Table("表", heads, (row,)),))
        (table,) = docx.Document(io.BytesIO(docx_of(sheet))).tables
        margins = 2 * int(table._tbl.tblPr.find(qn("w:tblCellMar"))[0].get(qn("w:w"))) * Pt(1) // 20
        assert min(cell.width for cell in table.rows[1].cells) - margins >= 3 * Pt(10.5)

    def test_the_shipped_file_is_what_its_maker_makes(self) -> None:
        def parts(path: Any) -> dict[str, bytes]:
            paper = docx.Document(path)
            return {
                str(one.partname): one.blob
                for one in paper.part.package.iter_parts()
                if "core" not in one.partname
            }

        kept = io.BytesIO()
        made().save(kept)
        assert parts(io.BytesIO(KEPT.read_bytes())) == parts(kept)


class TestFigures:
    def test_every_number_in_the_file_is_the_ledgers(self, cast: Any, issued: Any) -> None:
        paper = Paper.objects.get(pk=issued.pk)
        found = figures_in(docx_of(sheet_of(paper, TODAY)))
        assert found == [("share", SHARE.printed), ("late", LATE.printed)]
        text = "\n".join(
            one.text for one in docx.Document(io.BytesIO(docx_of(sheet_of(paper, TODAY)))).paragraphs
        )
        assert "优良天数比例为95.4%。" in text

    def test_a_figure_printed_twice_is_found_twice(self) -> None:
        sheet = replace(LONG, blocks=(Paragraph(f"{mark('late')}，{mark('late')}"),))
        assert figures_in(docx_of(sheet)) == [("late", "3项"), ("late", "3项")]

    def test_docx_and_pdf_say_the_same(self) -> None:
        with pdfplumber.open(io.BytesIO(pdf_of(LONG))) as paper:
            printed = _bare("".join(page.extract_text() for page in paper.pages))
        for figure in (SHARE, LATE, *SHARES):
            assert _bare(figure.printed) in printed
        for text in (LONG.sign, LONG.number, LONG.title, LONG.organ, LONG.remark, "2026年11月20日印发"):
            assert _bare(text) in printed


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.xdist_group("libreoffice")
class TestThroughLibreOffice:
    def test_it_opens_and_its_pages_are_numbered(self, paged: bytes) -> None:
        with pdfplumber.open(io.BytesIO(paged)) as paper:
            assert len(paper.pages) > 3
            for number, page in enumerate(paper.pages, start=1):
                assert _bare(page.extract_text()).endswith(f"—{number}—")
                words = [one for one in page.extract_words() if one["text"] == "—"]
                outer = words[-1]["x1"] > page.width / 2
                assert outer == (number % 2 == 1), (
                    "odd pages are numbered at the right, even ones at the left"
                )

    def test_a_full_page_has_22_lines_of_28_characters(self, paged: bytes) -> None:
        with pdfplumber.open(io.BytesIO(paged)) as paper:
            lines = [line for line in paper.pages[1].extract_text_lines() if "—" not in line["text"]]
        assert max(len(_bare(line["text"])) for line in lines) in (28, 29)  # a comma may hang beyond the edge
        first, second = lines[0]["top"], lines[1]["top"]
        assert abs((second - first) - Mm(225).pt / 22) < 0.2

    def test_no_title_stands_apart_from_its_table(self, paged: bytes) -> None:
        with pdfplumber.open(io.BytesIO(paged)) as paper:
            pages = [page.extract_text().splitlines() for page in paper.pages]
        for title, head in (("表1", "序号"), ("表2", "单位")):
            [(page, at)] = [
                (page, at) for page in pages for at, line in enumerate(page) if _bare(line).startswith(title)
            ]
            assert page[at + 1].startswith(head)
            assert not page[at + 2].startswith("—"), "the first row stands under its head"

    def test_a_table_over_pages_has_its_heads_on_each(self, paged: bytes) -> None:
        with pdfplumber.open(io.BytesIO(paged)) as paper:
            pages = [page.extract_text() for page in paper.pages]
        with_rows = [text for text in pages if "修复河岸带" in _bare(text)]
        assert len(with_rows) > 1
        assert all(re.search(r"序号\s*责任单位", text) for text in with_rows)

    def test_the_signature_stands_with_text_and_the_imprint_at_the_foot(self, paged: bytes) -> None:
        with pdfplumber.open(io.BytesIO(paged)) as paper:
            last = paper.pages[-1]
            text = _bare(last.extract_text())
            imprint = next(line for line in last.extract_text_lines() if "印发" in line["text"])
        assert "特此通知。青川县生态环境局2026年11月20日（联系人" in text
        foot = (297 - 35) / 25.4 * 72
        assert foot - 24 < imprint["bottom"] < foot

    def test_it_prints_every_number(self, paged: bytes) -> None:
        with pdfplumber.open(io.BytesIO(paged)) as paper:
            printed = _bare("".join(page.extract_text() for page in paper.pages))
        assert all(_bare(one.printed) in printed for one in (SHARE, LATE, *SHARES))


class TestTemplates:
    def test_the_bureaus_own_takes_the_place_of_ours(self, settings: Any, tmp_path: Path) -> None:
        settings.PAPER_TEMPLATES = tmp_path
        own = docx.Document()
        for text in ("{{ title }}", "{{ body }}", "{{ organ }}{{ written_on | day }}"):
            own.add_paragraph(text)
        own.save(str(tmp_path / "official_paper.docx"))
        made = docx.Document(io.BytesIO(docx_of(LONG)))
        assert made.paragraphs[0].text == LONG.title
        assert made.paragraphs[-1].text == "青川县生态环境局2026年11月20日"
        assert len(made.tables) == 2

    def test_one_without_a_place_for_the_body_is_refused(self, settings: Any, tmp_path: Path) -> None:
        settings.PAPER_TEMPLATES = tmp_path
        own = docx.Document()
        own.add_paragraph("{{ title }}")
        own.save(str(tmp_path / "official_paper.docx"))
        with pytest.raises(BadTemplate, match=r"\{\{ body \}\}"):
            docx_of(LONG)


class TestKeeping:
    def test_a_draft_says_on_every_page_that_it_is_one(self, cast: Any, draft: Any) -> None:
        sheet = sheet_of(draft, TODAY)
        assert (sheet.number, sheet.written_on, sheet.warning) == ("", None, "第 1 稿，未印发")
        header = docx.Document(io.BytesIO(docx_of(sheet))).sections[0].header
        assert header.paragraphs[0].text == "第 1 稿，未印发"

    def test_both_files_are_kept_once(self, cast: Any, issued: Any) -> None:
        kept = files.keep_files(issued, at=AT)
        assert {ending: one.newest.file_name for ending, one in kept.items()} == {
            "docx": "青环〔2026〕1号.docx",
            "pdf": "青环〔2026〕1号.pdf",
        }
        again = files.keep_files(issued, at=AT)
        assert {one.pk for one in again.values()} == {one.pk for one in kept.values()}

    def test_without_fonts_the_docx_is_kept_all_the_same(
        self, cast: Any, issued: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def no_fonts(*_given: Any) -> bytes:
            raise MissingFonts("fonts-noto-cjk")

        monkeypatch.setattr(pdf, "render_pdf", no_fonts)
        with pytest.raises(MissingFonts):
            files.keep_files(issued, at=AT)
        assert set(files.files_of(issued)) == {"docx"}
