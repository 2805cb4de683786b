"""Papers: DOCX by template, PDF by typst."""

import io
from datetime import date
from decimal import Decimal

import docx
import pdfplumber
import pytest

from qingshan.documents.public import (
    BadTemplate,
    MissingFonts,
    find_template,
    render_docx,
    render_pdf,
)
from qingshan.documents.rendering import pdf
from qingshan.kernel.figure import Figure


@pytest.fixture
def template(tmp_path):
    """A template as a bureau makes it in its word processor."""

    def made(*paragraphs: str):
        paper = docx.Document()
        for text in paragraphs:
            paper.add_paragraph(text)
        path = tmp_path / "通知.docx"
        paper.save(path)
        return path

    return made


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


class TestRenderDocx:
    def test_places_are_filled_and_figures_keep_their_unit(self, template):
        path = template("{{ title }}", "优良率{{ share | figure }}，{{ on | day }}。")
        share = Figure(Decimal("95.40"), "%", simulated=True)
        made = render_docx(path, {"title": "关于A&B<县>的通知", "share": share, "on": date(2026, 11, 20)})
        assert text_of(made) == "关于A&B<县>的通知\n优良率95.40%（模拟），2026年11月20日。"

    def test_a_missing_figure_prints_its_reason(self, template):
        made = render_docx(template("{{ x | figure }}"), {"x": Figure(None, missing="印刷本缺表")})
        assert text_of(made) == "—（印刷本缺表）"

    def test_a_place_the_context_does_not_have_is_named(self, template):
        with pytest.raises(BadTemplate, match="titel"):
            render_docx(template("{{ titel }}"), {"title": "x"})

    def test_a_template_reaches_for_values_only(self, template):
        with pytest.raises(BadTemplate):
            render_docx(template("{{ title.__class__.__mro__ }}"), {"title": "x"})

    def test_a_file_that_is_no_docx_is_refused(self, tmp_path):
        path = tmp_path / "通知.docx"
        path.write_text("<html></html>")
        with pytest.raises(BadTemplate, match=r"通知\.docx"):
            render_docx(path, {})


PLAIN = {"title": "关于下达目标的函", "sender": "台山市生态环境局", "written_on": date(2026, 11, 20)}


class TestRenderPdf:
    def test_chinese_is_set_with_its_fonts_embedded(self):
        made = render_pdf(find_template("plain.typ"), {**PLAIN, "paragraphs": ["空气质量优良率不低于目标。"]})
        with pdfplumber.open(io.BytesIO(made)) as paper:
            assert "关于下达目标的函" in paper.pages[0].extract_text()
            assert "空气质量优良率" in paper.pages[0].extract_text()
            assert "2026年11月20日" in paper.pages[0].extract_text().replace(" ", "")
            assert all(
                "NotoS" in char["fontname"] for char in paper.pages[0].chars if char["text"] > "\u4e00"
            )

    def test_without_fonts_it_names_the_package_that_brings_them(self, monkeypatch):
        monkeypatch.setattr(pdf, "known_fonts", lambda: frozenset({"DejaVu Sans Mono"}))
        with pytest.raises(MissingFonts, match="fonts-noto-cjk"):
            render_pdf(find_template("plain.typ"), {**PLAIN, "paragraphs": []})

    def test_a_template_sees_no_other_file(self, tmp_path):
        path = tmp_path / "bad.typ"
        path.write_text('#read("/etc/hostname")')
        with pytest.raises(BadTemplate, match=r"bad\.typ"):
            render_pdf(path, {})

    def test_a_binary_float_is_refused(self):
        with pytest.raises(TypeError):
            render_pdf(find_template("plain.typ"), {**PLAIN, "paragraphs": [0.1]})


class TestFindTemplate:
    def test_the_bureaus_own_takes_the_place_of_ours(self, settings):
        own = settings.PAPER_TEMPLATES / "plain.typ"
        own.parent.mkdir()
        own.write_text("x")
        assert find_template("plain.typ") == own

    def test_a_name_nobody_has_is_told_with_the_folder_to_put_it_in(self, settings):
        with pytest.raises(BadTemplate, match="paper-templates"):
            find_template("没有.docx")
