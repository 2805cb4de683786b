"""The interface for programs: the same rights, history and review as the pages, errors in one form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override
from ninja.testing import TestClient

from qingshan.accounts.public import issue_token
from qingshan.plans.api.shapes import allowed, place_of
from qingshan.plans.models import ProgressReport, Value
from qingshan.plans.states import ReviewState

PLAN = "/plans/qingchuan-2021"
VALUE = {"year": 2025, "kind": "notified", "number": "93.40", "source": "省厅通报"}
REPORT = {"on": "2026-10-31", "work_state": "under_way", "percent": 40, "text": "已建12公里"}


@pytest.fixture
def caller(cast: Any, ledger: Any) -> Any:
    from qingshan.portal.api import api  # the room's routes hang in the one API of the house

    client = TestClient(api)

    def call(person: Any, method: str, path: str, *, may_write: bool = True, **options: Any) -> Any:
        at = timezone.now()
        issued = issue_token(
            user=person, name="测试", expires_at=at + timedelta(days=1), may_write=may_write, at=at
        )
        headers = {"Authorization": f"Bearer {issued.text}"}
        return getattr(client, method)(path, headers=headers, **options)

    return call


class TestReading:
    def test_a_plan_is_read_as_of_any_day(self, cast: Any, caller: Any) -> None:
        found = caller(cast.lin, "get", "/plans").json()
        assert [(one["code"], one["simulated"]) for one in found] == [("qingchuan-2021", True)]
        assert caller(cast.lin, "get", "/plans?as_of=2020-12-31").json() == []

    def test_somebody_from_another_district_finds_nothing(self, cast: Any, caller: Any) -> None:
        assert caller(cast.zhou, "get", "/plans").json() == []
        answer = caller(cast.zhou, "get", f"{PLAN}/indicators")
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")

    def test_numbers_keep_their_digits(self, cast: Any, ledger: Any, caller: Any, book: Any) -> None:
        book.approved(cast, ledger.air, year=2025, number="93.40")
        found = caller(cast.lin, "get", f"{PLAN}/indicators/A1").json()
        assert (found["latest"]["value"], found["status"]) == ("93.40", "met")
        assert found["values"][0]["counts"] is True
        assert found["path"][1] == {"year": 2021, "value": "88.90", "printed": False}
        assert found["target_details"][0]["words"] == "≥92.5%"

    def test_an_officer_reads_her_own_measures(self, cast: Any, caller: Any) -> None:
        found = caller(cast.wu, "get", f"{PLAN}/measures").json()
        assert (found["total"], found["items"][0]["title"]) == (1, "建设污水管网")
        assert found["items"][0]["responsible"][0]["name"] == "青川县水利局"

    def test_lists_are_paged_and_sifted(self, cast: Any, caller: Any) -> None:
        page = caller(cast.lin, "get", f"{PLAN}/measures?limit=1&offset=1").json()
        assert (page["total"], [one["code"] for one in page["items"]]) == (2, ["M1-2"])
        assert caller(cast.lin, "get", f"{PLAN}/projects?state=done").json()["total"] == 0

    @pytest.mark.parametrize(
        "path",
        [
            PLAN,
            f"{PLAN}/overview",
            f"{PLAN}/indicators",
            f"{PLAN}/commitments",
            f"{PLAN}/projects",
            f"{PLAN}/projects/P1/history",
            "/search?q=污水",
            "/catalogue",
        ],
    )
    def test_every_reading_answers(self, cast: Any, caller: Any, path: str) -> None:
        assert caller(cast.lin, "get", path).status_code == 200

    def test_without_a_token_nothing_is_said(self, cast: Any, caller: Any) -> None:
        from qingshan.portal.api import api

        answer = TestClient(api).get("/plans")
        assert (answer.status_code, answer.json()["error"]) == (401, "no_token")


class TestWriting:
    def test_a_value_waits_for_a_second_person(self, cast: Any, caller: Any) -> None:
        answer = caller(cast.chen, "post", f"{PLAN}/indicators/A1/values", json=VALUE)
        assert (answer.status_code, answer.json()["state"]) == (201, "submitted")
        value = Value.objects.get()
        assert (str(value.number), value.unit, value.entered_by) == ("93.40", "%", cast.chen)

    def test_progress_waits_for_a_second_person(self, cast: Any, caller: Any) -> None:
        answer = caller(cast.wu, "post", f"{PLAN}/measures/M1-1/reports", json=REPORT)
        assert (answer.status_code, answer.json()["state"]) == (201, "submitted")
        assert ProgressReport.objects.get().state is ReviewState.SUBMITTED

    def test_a_token_for_reading_writes_nothing(self, cast: Any, caller: Any) -> None:
        answer = caller(cast.chen, "post", f"{PLAN}/indicators/A1/values", json=VALUE, may_write=False)
        assert (answer.status_code, answer.json()["error"]) == (403, "read_only_token")
        assert not Value.objects.exists()

    def test_the_rights_are_those_of_the_pages(self, cast: Any, caller: Any) -> None:
        answer = caller(cast.wu, "post", f"{PLAN}/indicators/A1/values", json=VALUE)
        assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")

    @pytest.mark.parametrize(
        ("change", "field", "found"),
        [
            ({"year": "去年"}, "year", "去年"),
            ({"kind": "rumour"}, "kind", "rumour"),
            ({"number": "约93"}, "number", "约93"),
            ({"source": ""}, "source", ""),
            ({"as_of": "2025-02-30"}, "as_of", "2025-02-30"),
            ({"as_of": "2024-12-31"}, "as_of", "2024-12-31"),
            ({"number": None}, "number", ""),
        ],
    )
    def test_a_refusal_names_field_found_and_allowed(
        self, cast: Any, caller: Any, change: dict[str, Any], field: str, found: str
    ) -> None:
        answer = caller(cast.chen, "post", f"{PLAN}/indicators/A1/values", json={**VALUE, **change})
        assert answer.status_code == 422
        (problem,) = answer.json()["problems"]
        assert (problem["field"], problem["found"]) == (field, found)
        assert problem["allowed"]
        assert not Value.objects.exists()

    @pytest.mark.parametrize(
        ("change", "chinese", "english"),
        [
            ({"year": "去年"}, "整数", "a whole number"),
            ({"year": 1800}, "不小于 1990", "not below 1990"),
            ({"kind": "rumour"}, "notified（上级通报）", "notified (Notified figure)"),
            ({"number": "约93"}, "写成文本以保留位数", "as text, so that no digit is lost"),
            ({"source": ""}, "至少 1 个字", "1 character at least"),
            ({"source": "长" * 201}, "最多 200 个字", "at most 200 characters"),
            ({"as_of": "2025-02-30"}, "日历上有的日期", "a day of the calendar"),
            ({"submit": "也许"}, "true 或 false", "true or false"),
            ({"source": None}, "文字", "Text"),
        ],
    )
    def test_what_is_allowed_is_said_in_the_language_of_the_caller(
        self, cast: Any, caller: Any, change: dict[str, Any], chinese: str, english: str
    ) -> None:
        for language, words in (("zh-hans", chinese), ("en", english)):
            with override(language):  # as the middleware does for a caller's Accept-Language
                answer = caller(cast.chen, "post", f"{PLAN}/indicators/A1/values", json={**VALUE, **change})
            (problem,) = answer.json()["problems"]
            assert words in problem["allowed"]
            assert problem["row"] is None

    def test_a_field_that_is_missing_is_named(self, cast: Any, caller: Any) -> None:
        answer = caller(cast.chen, "post", f"{PLAN}/indicators/A1/values", json={"year": 2025})
        told = {one["field"]: one["allowed"] for one in answer.json()["problems"]}
        assert told == {"kind": "必填", "source": "必填"}

    def test_of_a_query_too(self, cast: Any, caller: Any) -> None:
        answer = caller(cast.chen, "get", f"{PLAN}/measures?limit=9999&as_of=昨天")
        told = {one["field"]: (one["found"], one["allowed"]) for one in answer.json()["problems"]}
        assert told["limit"] == ("9999", "不大于 500")
        assert told["as_of"] == ("昨天", "日历上有的日期，如 2025-06-30")

    def test_a_correction_names_what_it_corrects(
        self, cast: Any, ledger: Any, caller: Any, book: Any
    ) -> None:
        old = book.approved(cast, ledger.air, year=2025, number="93.4", known_on=date(2026, 2, 1))
        body = {**VALUE, "number": "92.1", "corrects": old.pk}
        answer = caller(cast.chen, "post", f"{PLAN}/indicators/A1/values", json=body)
        assert answer.json()["corrects"] == old.pk
        strange = caller(cast.chen, "post", f"{PLAN}/indicators/A2/values", json={**body, "corrects": old.pk})
        assert strange.status_code == 404

    def test_what_would_go_backwards_is_refused(self, cast: Any, caller: Any) -> None:
        body = {**REPORT, "work_state": "done", "percent": 90}
        answer = caller(cast.wu, "post", f"{PLAN}/measures/M1-1/reports", json=body)
        assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "percent")


class TestPlaces:
    def test_a_row_is_counted_from_one(self) -> None:
        assert place_of({"loc": ("body", "payload", 2, "year")}) == (3, "year")
        assert place_of({"loc": ("query", "limit")}) == (None, "limit")

    def test_what_no_word_is_known_for_points_to_the_description(self) -> None:
        assert "/api/v1/docs" in allowed({"type": "uuid_parsing"})
