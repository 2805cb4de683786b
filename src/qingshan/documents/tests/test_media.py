"""What may be uploaded: told by the content."""

import io

import pytest

from qingshan.documents.media import RefusedFile, recognise


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(RefusedFile) as caught:
        recognise(name, io.BytesIO(content))
    return str(caught.value)


class TestRecognise:
    @pytest.mark.parametrize(
        ("name", "kind", "expected"),
        [
            ("来文.pdf", "pdf", "application/pdf"),
            ("来文.PDF", "pdf", "application/pdf"),
            ("公文.ofd", "ofd", "application/ofd"),
            (
                "报告.docx",
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("表.xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("旧表.xls", "ole", "application/x-ole-storage"),
            ("数据.csv", "gbk", "text/plain"),
            ("照片.png", "png", "image/png"),
        ],
    )
    def test_it_tells_what_offices_send(self, made, name, kind, expected):
        content = io.BytesIO(made[kind])
        assert recognise(name, content).name == expected
        assert content.tell() == 0

    @pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "xls", "csv", "png"])
    def test_it_refuses_a_web_page_that_poses_as_something_else(self, made, ending):
        assert "HTML" in refusal(f"表.{ending}", made["html"])

    def test_it_keeps_a_web_page_without_a_type_where_one_is_asked_for(self, made):
        page = io.BytesIO(made["html"])
        assert recognise("规划.html", page, web_pages=True).name == "application/octet-stream"
        with pytest.raises(RefusedFile, match="不在允许之列"):
            recognise("规划.html", page)
        with pytest.raises(RefusedFile, match="内容却是"):
            recognise("规划.html", io.BytesIO(made["pdf"]), web_pages=True)

    def test_it_refuses_an_old_workbook_that_poses_as_a_new_one(self, made):
        assert "旧版或加密的办公文件" in refusal("表.xlsx", made["ole"])

    def test_it_refuses_a_document_that_poses_as_a_workbook_and_says_what_it_is(self, made):
        assert "Word 文档" in refusal("表.xlsx", made["docx"])

    def test_it_refuses_macros(self, made):
        assert "宏" in refusal("报告.docx", made["docm"])

    @pytest.mark.parametrize(
        "name", ["a.exe", "a.html", "a.svg", "a.docm", "a.zip", "a.php", "a", "a.pdf.js"]
    )
    def test_it_refuses_endings_that_are_not_accepted_and_lists_those_that_are(self, made, name):
        words = refusal(name, made["pdf"])
        assert "docx" in words
        assert name in words

    def test_it_refuses_a_program_under_an_accepted_name(self, made):
        assert "Windows 程序" in refusal("来文.pdf", made["exe"])

    def test_it_refuses_an_empty_file(self):
        assert "空文件" in refusal("来文.pdf", b"")

    def test_it_refuses_binary_data_as_text(self):
        assert "文本" in refusal("数据.csv", b"\x01\x02\xff\xfe" * 50)

    def test_a_long_text_whose_last_character_was_cut_is_still_text(self):
        for length in range(4094, 4099):
            assert (
                recognise("说明.txt", io.BytesIO(b"a" * length + "青山".encode() * 20)).name == "text/plain"
            )

    def test_a_broken_package_is_refused(self, made):
        assert "无法识别" in refusal("报告.docx", b"PK\x05\x06" + b"\x00" * 3)
