"""The calendar page."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qingshan.accounts.public import grant_role
from qingshan.workflow.queries import working_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(cast, at):
    """林, who keeps the calendar."""
    grant_role(user=cast.lin, role="system_admin", by=None, at=at, from_on=date(2026, 1, 1))
    return cast.lin


class TestCalendar:
    def test_everybody_sees_a_year_with_its_notice(self, client, cast):
        client.force_login(cast.zhou)
        page = client.get(reverse("workflow:calendar"), {"year": "2026"}).text
        assert "国办发明电〔2025〕7号" in page
        assert page.count('class="holiday') == 33
        assert page.count('class="make_up') == 6
        assert page.count("<small>休") == 33
        assert "载入年度安排" not in page

    def test_a_year_not_loaded_says_so(self, client, cast):
        client.force_login(cast.zhou)
        page = client.get(reverse("workflow:calendar"), {"year": "2027"}).text
        assert "2027年放假安排尚未载入" in page

    @pytest.mark.parametrize("year", ["x", "0", "99999", "二〇二六", "²"])
    def test_a_year_that_is_none_shows_this_one(self, client, cast, year):
        client.force_login(cast.zhou)
        assert client.get(reverse("workflow:calendar"), {"year": year}).status_code == 200


class TestLoading:
    def test_it_is_for_whoever_keeps_the_calendar(self, client, cast, next_year):
        client.force_login(cast.zhou)
        assert client.post(reverse("workflow:load"), {"text": next_year}).status_code == 403

    def test_a_file_is_loaded_and_shown(self, client, keeper, next_year):
        client.force_login(keeper)
        file = SimpleUploadedFile("2027.yaml", next_year.encode())
        answer = client.post(reverse("workflow:load"), {"file": file}, follow=True)
        assert answer.redirect_chain[-1][0].endswith("?year=2027")
        assert "测〔2026〕1号" in answer.text
        assert 2027 in working_calendar().years

    def test_every_fault_comes_back_and_what_was_pasted_is_kept(self, client, keeper, next_year):
        client.force_login(keeper)
        bad = next_year.replace("2027-02-20", "2027-02-22").replace("from: 2027-01-01", "from: x")
        answer = client.post(reverse("workflow:load"), {"text": bad})
        assert answer.status_code == 422
        assert "2027-02-22 是周一" in answer.text
        assert "应为 2026-10-01 这样的日期" in answer.text
        assert "测试用的安排" in answer.text
        assert 2027 not in working_calendar().years

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("节日".encode("gbk"), "不是 UTF-8"),
            (b"x" * 70_000, "文件太大"),
            (b"\x50\x4b\x03\x04", "YAML"),
        ],
    )
    def test_a_file_that_is_none_is_refused_in_words(self, client, keeper, content, words):
        client.force_login(keeper)
        answer = client.post(reverse("workflow:load"), {"file": SimpleUploadedFile("x.yaml", content)})
        assert answer.status_code == 422
        assert words in answer.text

    def test_nothing_at_all_is_refused(self, client, keeper):
        client.force_login(keeper)
        assert "请选择文件" in client.post(reverse("workflow:load"), {"text": " "}).text
