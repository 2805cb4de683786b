"""Taking a document in: what cannot be read as a plan leaves no trace, whoever brings it."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from docx import Document

from qingshan.accounts.public import Forbidden
from qingshan.documents import public as documents
from qingshan.intake import background
from qingshan.intake import public as intake
from qingshan.jobs.public import GiveUp, Progress

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def package(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def word(text: str = "") -> bytes:
    made = io.BytesIO()
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def with_macros() -> bytes:
    whole = io.BytesIO(word("规划"))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return whole.getvalue()


def pdf(encrypted: bool) -> bytes:
    """A page without a word on it; or one that asks for a password."""
    lock = b"/Encrypt 4 0 R" if encrypted else b""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/O(" + b"x" * 32 + b")/U(" + b"y" * 32 + b")/P -4>>endobj\n"
        b"trailer<</Root 1 0 R" + lock + b"/Size 5/ID[(1)(1)]>>\n%%EOF\n"
    )


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an encrypted PDF": ("a.pdf", lambda: pdf(encrypted=True), "密码"),
    "a scan without text": ("a.pdf", lambda: pdf(encrypted=False), "文字层"),
    "a zip bomb": ("a.docx", lambda: package({"word/document.xml": b"0" * 300_000_000}), "膨胀"),
    "a file with macros": ("a.docx", with_macros, "宏"),
    "a corrupt DOCX": ("a.docx", lambda: word("规划")[:900], "损坏"),
    "fifty megabytes of text": ("a.txt", lambda: "规划目标环境生态".encode() * 2_200_000, "太大"),
    "an empty file": ("a.txt", lambda: b"", "空"),
    "a file that is no plan": ("a.txt", lambda: "今天天气很好，我们去爬山。".encode() * 20, "规划文本"),
    "a picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 64, "不认识"),
}


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


class TestWhatIsRefused:
    @pytest.mark.parametrize("kind", BAD)
    def test_it_is_told_in_one_sentence_and_nothing_is_kept(
        self, cast: Any, kind: str, settings: Any, tmp_path: Path
    ) -> None:
        name, make, told = BAD[kind]
        before = rows()
        with pytest.raises(intake.UnreadableFile) as refused:
            intake.start(data=make(), file_name=name, district=cast.county, by=cast.chen, at=AT)
        assert told in str(refused.value)
        assert len(str(refused.value).splitlines()) == 1
        assert rows() == before
        assert files(Path(settings.MEDIA_ROOT)) == set()

    def test_a_name_that_does_not_fit_the_content_leaves_nothing_either(
        self, cast: Any, text: str, settings: Any
    ) -> None:
        before = rows()
        for name in ("规划.exe", "规划.pdf", "规划"):
            with pytest.raises(intake.UnreadableFile):
                intake.start(data=text.encode(), file_name=name, district=cast.county, by=cast.chen, at=AT)
        assert rows() == before
        assert files(Path(settings.MEDIA_ROOT)) == set()

    def test_the_same_file_is_not_taken_in_twice(self, review: Any, cast: Any, text: str) -> None:
        with pytest.raises(intake.SameDocument) as same:
            intake.start(data=text.encode(), file_name="再来.txt", district=cast.county, by=cast.hu, at=AT)
        assert same.value.pk == review.pk
        intake.withdraw(intake=review, reason="重来", by=cast.chen, at=AT)
        assert intake.start(
            data=text.encode(), file_name="再来.txt", district=cast.county, by=cast.hu, at=AT
        ).pk


class TestWhatIsTakenIn:
    def test_the_original_is_kept_byte_for_byte(self, review: Any, cast: Any, text: str) -> None:
        kept = documents.documents_for(user=cast.chen, owner=review.ref)
        assert [one.title for one in kept] == ["规划原件"]
        opened = documents.open_document(user=cast.chen, document_id=kept[0].pk)
        with opened.file as file:
            assert file.read() == text.encode()

    def test_a_word_document_and_a_web_page_say_the_same(self, cast: Any, text: str) -> None:
        page = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines()) + "</body></html>"
        for name, data in (("规划.docx", word(text)), ("规划.html", page.encode())):
            made = intake.start(data=data, file_name=name, district=cast.county, by=cast.chen, at=AT)
            assert made.head["name"] == "青川县生态环境保护“十四五”规划"
            assert made.findings.filter(kind="measure").count() == 3
            assert documents.documents_for(user=cast.chen, owner=made.ref)

    def test_every_finding_has_its_passage_confidence_and_raw_words(self, review: Any) -> None:
        for one in review.findings.all():
            assert one.passage.strip()
            assert 0 < one.confidence <= 1
            assert one.found["span"] == [one.start, one.end]
            assert one.state == intake.FindingState.OPEN

    def test_a_long_text_is_read_by_a_job(
        self, cast: Any, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.modules["qingshan.intake.actions.start"], "LONGEST_AT_ONCE", 10)
        made = intake.start(data=text.encode(), file_name="长.txt", district=cast.county, by=cast.chen, at=AT)
        assert (made.state, made.findings.count()) == (intake.IntakeState.READING, 0)
        told = background.read({"intake": made.pk}, Progress())
        made.refresh_from_db()
        assert made.state == intake.IntakeState.REVIEWING
        assert made.findings.count() == told["findings"] == 17
        assert background.read({"intake": made.pk}, Progress())["findings"] == 17  # twice does no harm
        with pytest.raises(GiveUp):
            background.read({"intake": 0}, Progress())


class TestRights:
    def test_who_may_not_edit_plans_takes_nothing_in_and_decides_nothing(
        self, review: Any, cast: Any, text: str
    ) -> None:
        row = review.findings.first()
        conflict = review.conflicts.first()
        for person in (cast.zhou, cast.wu, cast.lin):
            acting = {"by": person, "at": AT}
            for refused in (
                lambda a=acting: intake.start(
                    data=text.encode() + b" ", file_name="a.txt", district=cast.county, **a
                ),
                lambda a=acting: intake.accept(finding=row, expected_version=1, **a),
                lambda a=acting: intake.edit(finding=row, facts=row.facts, expected_version=1, **a),
                lambda a=acting: intake.undo(intake=review, **a),
                lambda a=acting: intake.edit_head(intake=review, facts={}, expected_version=1, **a),
                lambda a=acting: intake.enter(intake=review, **a),
                lambda a=acting: intake.withdraw(intake=review, reason="x", **a),
                lambda a=acting: intake.settle(
                    conflict=conflict, outcome="confirmed", reason="x", seen=conflict.values_key, **a
                ),
            ):
                with pytest.raises(Forbidden):
                    refused()
        assert not intake.Decision.objects.exists()

    def test_the_original_is_seen_by_keepers_and_approvers_alone(self, review: Any, cast: Any) -> None:
        seen = {
            person.username: intake.may_see_ref(person, review.ref)
            for person in (cast.chen, cast.lin, cast.wu, cast.zhou)
        }
        assert seen == {"陈": True, "林": True, "吴": False, "周": False}
        assert documents.documents_for(user=cast.zhou, owner=review.ref) == []
        assert intake.may_change_ref(cast.chen, review.ref)
        assert not intake.may_change_ref(cast.lin, review.ref)
        strange = type(review.ref)("plans", "plan", str(review.pk))
        assert not intake.may_see_ref(cast.chen, strange)
