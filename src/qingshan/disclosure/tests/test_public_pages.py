"""What anybody gets: pages without scripts, open data, caching, forms; and what machines do not."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingshan.disclosure import actions
from qingshan.disclosure.exports import as_csv
from qingshan.disclosure.models import Attempt, Edition, Feedback
from qingshan.disclosure.sealing import code_for
from qingshan.disclosure.tests.conftest import KEY, LATER, everything, publish, send, value
from qingshan.disclosure.vocabulary import Part
from qingshan.documents.public import documents_for, open_document

#: A picture of one white point, with the place where it was taken (as text) before its data.
PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
PLACE = b"\x00\x00\x00\x0ftEXtPlace\x00Beijing 1\x00\x00\x00\x00"
PNG_TAIL = b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"


def at(name: str, *words: Any) -> str:
    return reverse(f"disclosure:{name}", args=words)


class TestPages:
    def test_figures_carry_unit_day_and_source_and_what_is_missing_says_so(
        self, client: Client, published: Any
    ) -> None:
        shown = client.get(at("plan", "qingchuan-2021")).content.decode()
        for words in (
            "91.7",
            "2025-12-31",
            "审核数据：省站审核数据",
            "尚无已审核的数值",
            "等待上级下达",
            "数据截至",
        ):
            assert words in shown
        assert "模拟数据：本页属于虚构的县" in shown

    def test_it_holds_no_script_and_sets_no_cookie(self, client: Client, published: Any) -> None:
        answered = client.get(at("plan", "qingchuan-2021"))
        assert "<script" not in answered.content.decode()
        assert not answered.cookies
        assert "script-src" not in answered["Content-Security-Policy"]
        assert answered["Content-Security-Policy"].startswith("default-src 'none'")

    def test_an_earlier_edition_keeps_its_address_and_says_it_is_earlier(
        self, client: Client, cast: Any, told: Any, page: Any
    ) -> None:
        publish(cast, page, everything())
        value(cast, told.water, "95")
        publish(cast, page, everything())
        earlier = client.get(at("edition", "qingchuan-2021", 1)).content.decode()
        assert ("这是较早的一版" in earlier, "尚无已审核的数值" in earlier) == (True, True)
        assert ">95<" in client.get(at("plan", "qingchuan-2021")).content.decode()
        listed = client.get(at("editions", "qingchuan-2021")).content.decode()
        assert ("第 1 版" in listed, "第 2 版" in listed) == (True, True)

    def test_the_overview_leads_to_every_open_plan(self, client: Client, cast: Any, published: Any) -> None:
        assert at("plan", "qingchuan-2021") in client.get(at("overview")).content.decode()
        actions.close_page(page=published.page, by=cast.lin, at=LATER, reason="核对")
        assert "还没有公开的规划" in client.get(at("overview")).content.decode()

    def test_answers_stand_there_without_who_asked(self, client: Client, answered: Any) -> None:
        for shown in (client.get(at("plan", "qingchuan-2021")), client.get(at("answers", "qingchuan-2021"))):
            text = shown.content.decode()
            assert ("河边垃圾何时清运？" in text, "垃圾已清运。" in text) == (True, True)
            for sealed_word in (answered.number, answered.text, "13900001234"):
                assert sealed_word not in text


class TestCaching:
    def test_what_did_not_change_is_not_sent_again(self, client: Client, published: Any) -> None:
        for address in (at("plan", "qingchuan-2021"), at("json", "qingchuan-2021"), at("overview")):
            first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
            since = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
            assert since.status_code == 304

    def test_a_new_edition_is_sent(self, client: Client, cast: Any, page: Any) -> None:
        publish(cast, page, everything())
        first = client.get(at("plan", "qingchuan-2021"))
        publish(cast, page, everything())
        again = client.get(at("plan", "qingchuan-2021"), headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 200

    @pytest.mark.parametrize("name", ["plan", "answers"])
    def test_counts_of_feedback_are_sent_as_they_change(
        self, client: Client, published: Any, name: str
    ) -> None:
        first = client.get(at(name, "qingchuan-2021"))
        send(published.page, at=LATER)
        for seen in (
            {"If-None-Match": first["ETag"]},
            {"If-Modified-Since": first["Last-Modified"]},
        ):
            again = client.get(at(name, "qingchuan-2021"), headers=seen)
            assert again.status_code == 200
            assert (first.context["counts"].received, again.context["counts"].received) == (0, 1)

    def test_shut_is_shut_at_once(self, client: Client, cast: Any, published: Any) -> None:
        first = client.get(at("plan", "qingchuan-2021"))
        assert first["Cache-Control"] == "no-cache"
        actions.close_page(page=published.page, by=cast.lin, at=LATER, reason="核对")
        again = client.get(at("plan", "qingchuan-2021"), headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 404


class TestOpenData:
    def test_json_holds_what_the_page_holds_and_figures_stay_exact(
        self, client: Client, published: Any
    ) -> None:
        answered = client.get(at("edition_json", "qingchuan-2021", 1))
        told = json.loads(answered.content)
        assert (told["edition"], told["as_of"], told["sha256"]) == (1, "2026-11-20", published.digest)
        assert (told["plan"]["simulated"], told["terms"]) == (True, "注明来源")
        cell = told["parts"][0]["rows"][0]["cells"]["latest"]
        assert (cell["number"], cell["unit"]) == ("91.7", "%")
        assert answered["Access-Control-Allow-Origin"] == "*"

    def test_csv_says_what_it_is_and_gives_each_figure_its_unit_and_day(
        self, client: Client, published: Any
    ) -> None:
        answered = client.get(at("csv", "qingchuan-2021", "indicators"))
        lines = answered.content.decode("utf-8-sig").splitlines()
        assert [line.strip('"') for line in lines[1:4]] == [
            "# 第 1 版，数据截至 2026-11-20", "# 使用条件：注明来源",
            "# 模拟数据：属于虚构的县，不是任何真实地区的规划、数据或人员。",
        ]  # fmt: skip
        rows = list(csv.DictReader(line for line in lines if not line.strip('"').startswith("#")))
        first = rows[0]
        assert (first["编号"], first["最新数值"], first["最新数值单位"], first["最新数值截至"]) == (
            "A1", "91.7", "%", "2025-12-31",
        )  # fmt: skip
        assert rows[1]["最新数值"] == "尚无已审核的数值"

    def test_no_cell_starts_a_formula(self, published: Any) -> None:
        content = json.loads(json.dumps(published.content))
        content["parts"][0]["rows"][0]["name"] = "=HYPERLINK(1)"
        content["parts"][0]["rows"][0]["cells"]["departments"]["text"] = "@SUM(1)"
        text = as_csv(Edition(page=published.page, number=1, content=content), Part.INDICATORS)
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert ("'=HYPERLINK(1)" in cells, "'@SUM(1)" in cells) == (True, True)
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]

    @pytest.mark.parametrize("part", ["evaluations", "secrets", "tasks"])
    def test_a_part_that_is_not_there_is_not_there(self, client: Client, published: Any, part: str) -> None:
        assert client.get(at("csv", "qingchuan-2021", part)).status_code == 404


def form(**changes: Any) -> dict[str, Any]:
    return {"about": "projects:P1", "text": "河边有人倒垃圾。", "key": KEY, **changes}


class TestForm:
    def test_it_gives_number_and_code_and_the_second_click_the_same(
        self, client: Client, published: Any
    ) -> None:
        answers = [client.post(at("send", "qingchuan-2021"), form(), follow=True) for _twice in "ab"]
        for answered in answers:
            shown = answered.content.decode()
            assert (code_for(KEY) in shown, Feedback.objects.get().number in shown) == (True, True)
            assert answered["Cache-Control"] == "no-store"

    def test_machines_that_fill_the_trap_are_refused(self, client: Client, published: Any) -> None:
        answered = client.post(at("send", "qingchuan-2021"), form(website="http://example.com"))
        assert (answered.status_code, Feedback.objects.count(), Attempt.objects.count()) == (422, 0, 0)

    @pytest.mark.parametrize(
        "wrong", [{"text": "短"}, {"text": "x" * 2001}, {"key": "abc"}, {"about": "projects:P9"}]
    )
    def test_bad_input_is_told_and_nothing_is_kept(
        self, client: Client, published: Any, wrong: dict[str, str]
    ) -> None:
        answered = client.post(at("send", "qingchuan-2021"), form(**wrong))
        assert (answered.status_code, Feedback.objects.count()) == (422, 0)

    def test_other_words_with_the_same_form_are_asked_about_once_more(
        self, client: Client, published: Any
    ) -> None:
        client.post(at("send", "qingchuan-2021"), form())
        second = client.post(at("send", "qingchuan-2021"), form(text="另一件事情。"))
        fresh = second.context["form"].data["key"]
        assert (second.status_code, fresh != KEY) == (409, True)
        assert (
            client.post(at("send", "qingchuan-2021"), form(text="另一件事情。", key=fresh)).status_code == 302
        )
        assert Feedback.objects.count() == 2

    def test_too_many_from_one_place_wait(self, client: Client, published: Any) -> None:
        codes = [
            client.post(at("send", "qingchuan-2021"), form(key=f"{number:032x}")).status_code
            for number in range(6)
        ]
        assert codes == [302] * 5 + [429]

    def test_a_form_from_another_site_is_refused(self, published: Any) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(at("send", "qingchuan-2021"), form()).status_code == 403
        assert strict.post(at("ask"), {"number": "F", "code": "x"}).status_code == 403

    def test_a_photo_is_kept_without_the_place_it_was_taken(self, client: Client, published: Any) -> None:
        photo = SimpleUploadedFile("河.png", PNG_HEAD + PLACE + PNG_TAIL + b"GPS")
        assert client.post(at("send", "qingchuan-2021"), form(photos=photo)).status_code == 302
        (kept,) = documents_for(None, Feedback.objects.get().ref)
        with open_document(None, kept.pk).file as file:
            assert file.read() == PNG_HEAD + PNG_TAIL

    @pytest.mark.parametrize(
        "content", [b"<html></html>", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]
    )
    def test_what_is_no_photo_is_refused_and_nothing_is_kept(
        self, client: Client, published: Any, content: bytes
    ) -> None:
        answered = client.post(
            at("send", "qingchuan-2021"), form(photos=SimpleUploadedFile("p.jpg", content))
        )
        assert (answered.status_code, Feedback.objects.count()) == (422, 0)
        assert "不是 JPG 或 PNG 照片" in answered.content.decode()


class TestAsking:
    def test_number_and_code_open_the_answer_and_stand_in_no_address(
        self, client: Client, answered: Any
    ) -> None:
        shown = client.post(at("ask"), {"number": answered.number, "code": code_for(KEY)})
        assert "垃圾已清运。" in shown.content.decode()
        by_address = client.get(f"{at('ask')}?number={answered.number}&code={code_for(KEY)}")
        assert "垃圾已清运。" not in by_address.content.decode()

    def test_a_wrong_code_opens_nothing_and_guessing_is_slowed(self, client: Client, answered: Any) -> None:
        codes = [
            client.post(at("ask"), {"number": answered.number, "code": "0000000000"}).status_code
            for _try in range(31)
        ]
        assert codes == [422] * 30 + [429]

    def test_an_unknown_key_thanks_nobody(self, client: Client, published: Any) -> None:
        assert client.get(at("received", "f" * 32)).status_code == 404
        assert client.get(at("received", "x")).status_code == 404
