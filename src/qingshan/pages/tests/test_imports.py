"""A workbook taken in: tried, kept, carried out once; nothing is written while a cell is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from qingshan.pages.imports import WorkbookImport
from qingshan.pages.models import KeptUpload
from qingshan.pages.once import new_token
from qingshan.pages.public import UnreadableTable, Upload

pytestmark = pytest.mark.django_db


class Moved(ValueError):
    """Somebody was faster."""


@dataclass
class Found:
    """Lines of a file; a line “bad” is a wrong cell."""

    name: str
    lines: list[str]
    errors: list[Any] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.lines)


@dataclass
class Book:
    """A room that keeps lines, and one of its people at the page."""

    user: Any
    written: list[str] = field(default_factory=list)
    locked: bool = False

    def check(self, sent: Upload) -> Found:
        if sent.name.endswith(".doc"):
            raise UnreadableTable("这不是表格。")
        lines = sent.file.read().decode().split()
        wrong = [SimpleNamespace(address="A2", column="甲", found=one, allowed="好") for one in lines]
        return Found(sent.name, lines, [one for one in wrong if one.found == "bad"])

    def carry_out(self, found: Found) -> None:
        if self.locked:
            raise Moved("别人已经改过。")
        self.written += found.lines

    def post(self, *, content: str = "", name: str = "t.csv", **fields: str) -> Any:
        file = {"file": SimpleUploadedFile(name, content.encode())} if content else {}
        request: Any = RequestFactory().post("/table", {"once": new_token(), **fields, **file})
        request.user, request._messages = self.user, CookieStorage(request)
        request.htmx = SimpleNamespace(boosted=False, history_restore_request=False)
        taken = WorkbookImport(
            purpose="test/1", check=self.check, carry_out=self.carry_out, refusals=(Moved,),
            said=lambda found: f"写入 {found.count} 行。",
        )  # fmt: skip
        answer = taken.answer(request, "pages/import", context={}, done="/rows")
        answer.said = [str(one) for one in get_messages(request)]  # type: ignore[attr-defined]
        return answer


@pytest.fixture
def book() -> Book:
    return Book(get_user_model().objects.create_user("lin", password="not-used-here"))


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


class TestTrying:
    def test_a_good_file_is_shown_and_kept_but_not_written(self, book):
        answer = book.post(content="one two")
        assert (answer.status_code, book.written) == (200, [])
        assert "没有错误，可以导入：t.csv" in text(answer)
        assert KeptUpload.objects.get().key in text(answer)

    def test_a_wrong_cell_is_named_and_the_file_is_not_kept(self, book):
        book.post(content="one")
        answer = book.post(content="one bad", carry_out="1")
        assert (answer.status_code, book.written) == (422, [])
        assert "<td>A2</td><td>甲</td><td>bad</td><td>好</td>" in text(answer)
        assert not KeptUpload.objects.exists()

    def test_a_file_that_cannot_be_read_is_told_at_the_file(self, book):
        answer = book.post(content="one", name="t.doc")
        assert answer.status_code == 422
        assert '<div class="form-error" role="alert">这不是表格。</div>' in text(answer)

    def test_without_a_file_it_asks_for_one(self, book):
        answer = book.post()
        assert (answer.status_code, "请选择文件。" in text(answer)) == (422, True)


class TestCarryingOut:
    def test_the_kept_file_is_written_and_forgotten(self, book):
        book.post(content="one two")
        answer = book.post(kept=KeptUpload.objects.get().key, carry_out="1")
        assert (answer.status_code, answer["Location"], answer.said) == (302, "/rows", ["写入 2 行。"])
        assert (book.written, KeptUpload.objects.exists()) == (["one", "two"], False)

    def test_the_same_form_sent_again_writes_nothing_twice(self, book):
        token = new_token()
        book.post(content="one", carry_out="1", once=token)
        answer = book.post(content="one", carry_out="1", once=token)
        assert (answer.status_code, book.written) == (302, ["one"])
        assert answer.said == ["这份文件已经导入过，没有重复导入。"]

    def test_a_key_that_is_gone_is_told_and_writes_nothing(self, book):
        answer = book.post(kept="0" * 32, carry_out="1")
        assert (answer.status_code, book.written) == (422, [])
        assert "试算过的文件已过期或已导入" in text(answer)

    def test_a_refusal_is_told_with_that_nothing_was_written(self, book):
        book.locked = True
        answer = book.post(content="one", carry_out="1")
        assert (answer.status_code, book.written) == (422, [])
        assert "没有写入任何内容。别人已经改过。" in text(answer)
