"""The pages of a review: what they show, and that each answers with and without scripts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qingshan.intake import public as intake
from qingshan.intake.models import Finding, Intake
from qingshan.intake.states import FindingState
from qingshan.intake.views.words import confidence_badge

HTMX = {"HX-Request": "true"}


@pytest.fixture
def chen(cast: Any, client: Any) -> Any:
    client.force_login(cast.chen)
    return client


def finding(review: Any, kind: str, **facts: str) -> Finding:
    found = Finding.objects.filter(intake=review, kind=kind)
    return next(one for one in found if all(one.facts[name] == value for name, value in facts.items()))


def page(client: Any, name: str, *args: Any, query: str = "", **headers: str) -> Any:
    return client.get(f"{reverse(f'intake:{name}', args=args)}{query}", headers=headers)


def typed(client: Any, one: Finding) -> dict[str, Any]:
    """The fields of a finding's form as the page shows them."""
    form = page(client, "edit", one.pk).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {"seen_version": one.version}


class TestTakingIn:
    def test_a_plan_leads_to_its_review(self, chen: Any, cast: Any, text: str) -> None:
        file = SimpleUploadedFile("青川规划.txt", text.encode())
        answer = chen.post(reverse("intake:incoming"), {"file": file, "district": cast.county.pk})
        assert answer.status_code == 302
        assert answer["Location"] == reverse("intake:review", args=[Intake.objects.get().pk])

    def test_what_cannot_be_read_is_answered_with_one_sentence_and_not_kept(
        self, chen: Any, cast: Any
    ) -> None:
        file = SimpleUploadedFile("会议.txt", "各位同事，明天开会。".encode())
        answer = chen.post(reverse("intake:incoming"), {"file": file, "district": cast.county.pk})
        assert answer.status_code == 422
        assert answer.content.decode().count('role="alert"') == 2  # the bar for a lost line, and this
        assert "没有找到规划文本应有的内容" in answer.content.decode()
        assert not Intake.objects.exists()

    def test_the_same_file_leads_to_the_review_that_is_there(
        self, chen: Any, cast: Any, review: Any, text: str
    ) -> None:
        file = SimpleUploadedFile("又一次.txt", text.encode())
        answer = chen.post(reverse("intake:incoming"), {"file": file, "district": cast.county.pk})
        assert answer.status_code == 422
        assert reverse("intake:review", args=[review.pk]) in answer.content.decode()

    def test_who_only_looks_on_sees_the_list_and_no_field(self, client: Any, cast: Any, review: Any) -> None:
        client.force_login(cast.lin)
        shown = page(client, "incoming").content.decode()
        assert "青川县生态环境保护" in shown
        assert 'type="file"' not in shown


class TestTheReview:
    def test_it_begins_with_the_first_kind_that_has_something_open(self, chen: Any, review: Any) -> None:
        shown = page(chen, "review", review.pk)
        assert shown.context["sift"].kind == "indicator"
        assert shown.content.decode().count('class="card k-indicator"') == 5
        last = finding(review, "indicator", name="危险废物利用处置率")
        intake.accept_above(finding=last, by=review.started_by, at=timezone.now())
        assert page(chen, "review", review.pk).context["sift"].kind == "commitment"

    def test_the_right_half_comes_alone_without_the_text(self, chen: Any, review: Any) -> None:
        part = page(chen, "review", review.pk, query="?kind=duty", **HTMX).content.decode()
        assert 'id="results"' in part
        assert 'class="paper"' not in part

    def test_the_least_certain_come_first_when_asked_for(self, chen: Any, review: Any) -> None:
        cards = page(chen, "review", review.pk, query="?kind=commitment&order=doubt").context["cards"]
        sure = [card.finding.confidence for card in cards]
        assert len(sure) > 1
        assert sure == sorted(sure)

    def test_a_card_that_is_sought_is_shown_though_it_is_decided(self, chen: Any, review: Any) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        intake.reject(finding=one, expected_version=1, by=review.started_by, at=timezone.now())
        keys = [
            card.key for card in page(chen, "review", review.pk, query="?kind=indicator").context["cards"]
        ]
        assert str(one.pk) not in keys
        sought = page(chen, "review", review.pk, query=f"?kind=indicator&at={one.pk}").context["cards"]
        assert str(one.pk) in [card.key for card in sought]

    def test_one_comes_back_to_where_one_left_off(self, chen: Any, review: Any) -> None:
        first = finding(review, "indicator", name="PM2.5年均浓度")
        intake.accept(finding=first, expected_version=1, by=review.started_by, at=timezone.now())
        following = finding(review, "indicator", name="森林覆盖率")
        assert page(chen, "resume", review.pk)["Location"].endswith(f"at={following.pk}#f{following.pk}")

    def test_as_many_questions_are_asked_of_the_database_for_few_findings_as_for_many(
        self, chen: Any, review: Any, django_assert_max_num_queries: Any
    ) -> None:
        page(chen, "review", review.pk)
        with django_assert_max_num_queries(30):
            page(chen, "review", review.pk)


class TestDeciding:
    def test_a_press_answers_with_the_card_and_the_progress(self, chen: Any, review: Any) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        answer = chen.post(
            reverse("intake:decide", args=[one.pk, "accept"]) + "?seen=1", {"back": "kind=indicator"},
            headers=HTMX,
        ).content.decode()  # fmt: skip
        assert 'data-decided="now"' in answer
        assert 'id="done-bar" hx-swap-oob="true"' in answer
        one.refresh_from_db()
        assert one.state == FindingState.ACCEPTED

    def test_without_scripts_it_leads_to_the_next_card_that_waits(self, chen: Any, review: Any) -> None:
        one, following = (finding(review, "indicator", name=name) for name in ("PM2.5年均浓度", "森林覆盖率"))
        answer = chen.post(
            reverse("intake:decide", args=[one.pk, "reject"]) + "?seen=1", {"back": "kind=indicator"}
        )
        assert answer["Location"].endswith(f"#f{following.pk}")

    def test_who_comes_second_gets_both_versions_and_changes_nothing(
        self, chen: Any, cast: Any, review: Any
    ) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        intake.reject(finding=one, expected_version=1, by=cast.hu, at=timezone.now())
        answer = chen.post(reverse("intake:decide", args=[one.pk, "accept"]) + "?seen=1", headers=HTMX)
        assert answer.status_code == 409
        assert "胡已先处理了这一条" in answer.content.decode()
        one.refresh_from_db()
        assert one.state == FindingState.REJECTED

    def test_accepting_above_takes_what_is_shown_above_and_is_undone_at_once(
        self, chen: Any, review: Any
    ) -> None:
        shown = page(chen, "review", review.pk, query="?kind=commitment&order=doubt").context["cards"]
        second = shown[1].finding
        assert shown[1].above == 2
        chen.post(
            reverse("intake:accept_above", args=[second.pk]),
            {"back": "kind=commitment&order=doubt"},
            headers=HTMX,
        )
        accepted = Finding.objects.filter(intake=review, state=FindingState.ACCEPTED)
        assert set(accepted) == {shown[0].finding, second}
        undone = chen.post(reverse("intake:undo", args=[review.pk]), headers=HTMX)
        assert undone["HX-Retarget"] == "#results"
        assert "已撤销：以上其余全部接受" in undone.content.decode()
        assert not accepted.all().exists()

    @pytest.mark.parametrize(
        ("share", "words"),
        [("0.97", "把握大 97%"), ("0.8", "较有把握 80%"), ("0.6", "请核对 60%"), ("0.25", "把握小 25%")],
    )
    def test_confidence_is_words_that_ask_for_more_or_less_care(self, share: str, words: str) -> None:
        assert confidence_badge(Decimal(share)).label == words


class TestEditing:
    def test_what_was_typed_is_kept_and_accepted_in_one_step(self, chen: Any, review: Any) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        sent = typed(chen, one) | {"targets-0-raw": "≥62.5", "targets-1-year": "2023", "targets-1-raw": "≥61"}
        answer = chen.post(reverse("intake:edit", args=[one.pk]), {**sent, "accept": "1"}, headers=HTMX)
        assert answer.status_code == 200
        one.refresh_from_db()
        assert one.state == FindingState.ACCEPTED
        assert one.facts["targets"] == [{"year": 2025, "raw": "≥62.5"}, {"year": 2023, "raw": "≥61"}]

    def test_an_error_names_the_field_and_what_was_found_and_nothing_typed_is_lost(
        self, chen: Any, review: Any
    ) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        sent = typed(chen, one) | {"order": "第三", "notes": "与林业局核对"}
        answer = chen.post(reverse("intake:edit", args=[one.pk]), sent, headers=HTMX)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "“第三”不是整数" in shown
        assert "与林业局核对" in shown

    def test_a_stale_form_shows_both_versions_and_counts_when_sent_again(
        self, chen: Any, cast: Any, review: Any
    ) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        sent = typed(chen, one) | {"notes": "我的说明"}
        intake.edit(
            finding=one, facts={**one.facts, "category": "林业"}, expected_version=1, by=cast.hu,
            at=timezone.now(),
        )  # fmt: skip
        answer = chen.post(reverse("intake:edit", args=[one.pk]), sent, headers=HTMX)
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "林业" in shown
        assert "我的说明" in shown
        version = re.search(r'name="seen_version" value="(\d+)"', shown)
        assert version is not None
        again = chen.post(
            reverse("intake:edit", args=[one.pk]), {**sent, "seen_version": version[1]}, headers=HTMX
        )
        assert again.status_code == 200

    def test_a_passage_is_cut_where_the_stroke_stands(self, chen: Any, review: Any, text: str) -> None:
        one = finding(review, "commitment", metric="农村生活污水治理率")
        words = text[one.start : one.end]
        half = len(words) // 2
        answer = chen.post(
            reverse("intake:split", args=[one.pk]),
            {"passage": f"{words[:half]}|{words[half:]}", "seen_version": 1}, headers=HTMX,
        )  # fmt: skip
        assert answer.status_code == 200
        made = Finding.objects.filter(made_from=one).order_by("start")
        assert [text[part.start : part.end] for part in made] == [words[:half], words[half:]]


class TestTheWayIn:
    def test_what_would_be_entered_is_counted_and_what_lacks_is_named(self, chen: Any, review: Any) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        intake.accept(finding=one, expected_version=1, by=review.started_by, at=timezone.now())
        shown = page(chen, "enter", review.pk)
        assert [(kind, count) for kind, _label, _sign, count in shown.context["kinds"]] == [("indicator", 1)]
        Intake.objects.filter(pk=review.pk).update(head={**review.head, "short_name": ""})
        lacking = page(chen, "enter", review.pk).content.decode()
        assert "写入前要先改正" in lacking
        assert "简称" in lacking

    def test_who_looks_on_sees_the_preview_and_no_button(self, client: Any, cast: Any, review: Any) -> None:
        one = finding(review, "indicator", name="森林覆盖率")
        intake.accept(finding=one, expected_version=1, by=cast.chen, at=timezone.now())
        client.force_login(cast.lin)
        shown = page(client, "enter", review.pk)
        assert shown.status_code == 200
        assert 'name="once"' not in shown.content.decode()
        assert client.post(reverse("intake:enter", args=[review.pk])).status_code == 403

    def test_to_another_district_nothing_of_it_is_there(self, client: Any, cast: Any, review: Any) -> None:
        client.force_login(cast.zhou)
        one = finding(review, "indicator", name="森林覆盖率")
        for name, key in (("review", review.pk), ("head", review.pk), ("enter", review.pk), ("card", one.pk)):
            assert page(client, name, key).status_code == 404
        assert "青川县生态环境保护" not in page(client, "incoming").content.decode()
