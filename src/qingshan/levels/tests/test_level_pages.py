"""The pages of submissions, calls and trust, as each of the cast opens them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingshan.audit.ports import Ed25519Signer
from qingshan.levels import actions
from qingshan.levels.fingerprints import fingerprint_of
from qingshan.levels.models import Partner, Submission
from qingshan.levels.states import SubmissionState as State
from qingshan.levels.tests.conftest import AS_OF, AT, TODAY, partner_of

LATER = AT + timedelta(hours=2)


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


def page(submission: Submission, name: str = "submission", *more: Any) -> str:
    return reverse(f"levels:{name}", args=[submission.pk, *more])


def shown(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


class TestLists:
    def test_what_goes_up_and_what_comes_in(self, cast: Any, handed_up: Submission, as_: Any) -> None:
        assert "“十五五”规划" in shown(as_(cast.chen), reverse("levels:list"))
        assert "还没有下级报送" in shown(as_(cast.chen), reverse("levels:incoming"))
        assert "“十五五”规划" in shown(as_(cast.gao), reverse("levels:incoming"))
        assert "还没有报送" in shown(as_(cast.zhou), reverse("levels:list"))

    def test_a_draft_is_no_news_to_who_only_reads(self, cast: Any, draft: Submission, as_: Any) -> None:
        assert "“十五五”规划" not in shown(as_(cast.he), reverse("levels:list"))
        assert as_(cast.he).get(page(draft)).status_code == 404

    def test_what_was_accepted_is_summed_up_for_the_upper_level(
        self, cast: Any, handed_up: Submission, as_: Any
    ) -> None:
        assert "下级规划最近受理的进展" not in shown(as_(cast.gao), reverse("levels:incoming"))
        actions.accept_submission(submission=handed_up, by=cast.meng, at=LATER)
        assert "下级规划最近受理的进展" in shown(as_(cast.gao), reverse("levels:incoming"))

    def test_a_list_is_sifted_and_exported(self, cast: Any, handed_up: Submission, as_: Any) -> None:
        browser, address = as_(cast.gao), reverse("levels:incoming")
        found = {
            query: f'href="{page(handed_up)}"' in shown(browser, f"{address}?{query}")
            for query in ("q=青川", "q=白石", "state=submitted", "state=locked", "year=2026")
        }
        assert list(found.values()) == [True, False, True, False, True]
        assert browser.get(f"{address}?export=xlsx").status_code == 200


class TestDrawingUp:
    def test_a_planner_reports_a_quarter(self, cast: Any, plan: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        answer = browser.post(
            reverse("levels:new"),
            {"plan": plan.code, "to": f"district:{cast.city.pk}", "as_of": AS_OF, "words": "平稳。"},
        )
        made = Submission.objects.get()
        assert answer["Location"] == page(made)
        text = shown(browser, page(made, "step", "submit"))
        digest = text.split('name="seen" value="', 1)[1].split('"', 1)[0]
        browser.post(page(made, "step", "submit"), {"seen": digest, "note": ""})
        made.refresh_from_db()
        assert made.phase is State.SUBMITTED

    def test_a_ledger_that_changed_meanwhile_is_shown_again(
        self, cast: Any, draft: Submission, as_: Any
    ) -> None:
        answer = as_(cast.chen).post(page(draft, "step", "submit"), {"seen": "0" * 64})
        assert answer.status_code == 422
        assert "台账又有变动" in answer.content.decode()

    def test_bad_input_is_answered_in_words(self, cast: Any, plan: Any, as_: Any) -> None:
        browser, address = as_(cast.chen), reverse("levels:new")
        good = {"plan": plan.code, "to": f"district:{cast.city.pk}", "as_of": AS_OF}
        for changes in ({"plan": "x"}, {"to": "district:0"}, {"as_of": "soon"}, {"as_of": "2099-01-01"}):
            answer = browser.post(address, {**good, **changes})
            assert answer.status_code == 422
        assert not Submission.objects.exists()
        assert browser.get(f"{address}?call=99").status_code == 404

    def test_who_has_no_plan_is_told_so(self, cast: Any, as_: Any) -> None:
        assert "还没有规划可以报送" in shown(as_(cast.zhou), reverse("levels:new"))

    def test_the_words_are_changed_before_it_goes(self, cast: Any, draft: Submission, as_: Any) -> None:
        as_(cast.chen).post(page(draft, "edit"), {"words": "另有说明。"})
        draft.refresh_from_db()
        assert draft.words == "另有说明。"


class TestOneSubmission:
    def test_the_buttons_are_what_the_table_and_the_right_allow(
        self, cast: Any, handed_up: Submission, as_: Any
    ) -> None:
        def doors(who: Any) -> set[str]:
            text = shown(as_(who), page(handed_up))
            return {move for move in ("accept", "send_back", "lock") if f"/do/{move}" in text}

        assert doors(cast.gao) == {"accept", "send_back"}
        assert doors(cast.chen) == set()

    def test_its_tables_show_figures_verdicts_and_money(
        self, cast: Any, handed_up: Submission, as_: Any
    ) -> None:
        text = shown(as_(cast.gao), page(handed_up))
        for words in ("优良天数比例", "91.2%", "尚不能判定", "营造水源涵养林", "1,200", "新建管网长度"):
            assert words in text, words

    def test_it_goes_back_with_remarks_beside_the_rows(
        self, cast: Any, handed_up: Submission, as_: Any
    ) -> None:
        browser = as_(cast.gao)
        assert "县城污水处理厂扩建" in shown(browser, page(handed_up, "step", "send_back"))
        nothing = browser.post(page(handed_up, "step", "send_back"), {"note": ""})
        assert nothing.status_code == 422
        browser.post(page(handed_up, "step", "send_back"), {"note": "", "projects-0": "支付偏慢"})
        handed_up.refresh_from_db()
        assert handed_up.phase is State.SENT_BACK
        assert "支付偏慢" in shown(as_(cast.chen), page(handed_up))

    def test_it_is_compared_with_what_was_handed_up_before(
        self, cast: Any, plan: Any, handed_up: Submission, as_: Any
    ) -> None:
        newer = actions.draft_submission(plan=plan, to_district=cast.city, as_of=TODAY, by=cast.chen, at=AT)
        text = shown(as_(cast.chen), page(newer))
        assert "与此前报送相比" in text
        assert "与所选版本没有差异" in text or "由 → 到" in text

    def test_a_version_or_a_step_that_is_not_there_is_not_found(
        self, cast: Any, handed_up: Submission, as_: Any
    ) -> None:
        browser = as_(cast.gao)
        for address in (
            f"{page(handed_up)}?edition=7", page(handed_up, "step", "fly"), page(handed_up, "step", "unlock"),
            page(handed_up, "export"),
        ):  # fmt: skip
            assert browser.get(address).status_code == 404
        assert browser.post(page(handed_up, "step", "unlock"), {"note": "x"}).status_code == 422


class TestCarrying:
    @pytest.fixture
    def sent(self, cast: Any, plan: Any, keys: Ed25519Signer, other: Ed25519Signer) -> Submission:
        above = partner_of(other, cast.city, "云岭市系统")
        made = actions.draft_submission(
            plan=plan, to_district=cast.city, as_of=AS_OF, partner=above, by=cast.chen, at=AT
        )
        actions.submit_submission(submission=made, by=cast.chen, at=AT)
        return made

    def test_a_package_is_made_by_a_form_and_not_by_looking(
        self, cast: Any, sent: Submission, as_: Any
    ) -> None:
        browser = as_(cast.chen)
        assert "签名并下载报送包" in shown(browser, page(sent, "export"))
        assert not sent.packages.exists()
        answer = browser.post(page(sent, "export"))
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        assert sent.packages.get().sequence == 1

    def test_what_cannot_be_made_is_said_on_the_page(self, cast: Any, sent: Submission, as_: Any) -> None:
        actions.revoke_partner(partner=Partner.objects.get(), reason="x", by=cast.ping, at=AT)
        answer = as_(cast.chen).post(page(sent, "export"), follow=True)
        assert "已不在互信名单中" in answer.content.decode()

    def test_a_foreign_file_is_refused_in_one_sentence(
        self, cast: Any, keys: Ed25519Signer, as_: Any
    ) -> None:
        upload = SimpleUploadedFile("x.qsl", b"PK\x03\x04 nothing")
        answer = as_(cast.gao).post(reverse("levels:receive"), {"file": upload})
        assert answer.status_code == 422
        assert "这不是报送包，或文件已损坏、被截断" in answer.content.decode()


class TestTrust:
    def test_the_key_and_its_digits_are_shown_and_another_is_registered(
        self, cast: Any, keys: Ed25519Signer, other: Ed25519Signer, as_: Any
    ) -> None:
        browser = as_(cast.ping)
        assert fingerprint_of(keys.public_key) in shown(browser, reverse("levels:partners"))
        given = {
            "name": "青川县系统", "district_code": "990121", "public_key": other.public_key.hex(),
            "fingerprint": "1" * 30,
        }  # fmt: skip
        refused = browser.post(reverse("levels:new_partner"), given)
        assert refused.status_code == 422
        assert "切勿登记" in refused.content.decode()
        elsewhere = {**given, "district_code": "000000"}
        assert browser.post(reverse("levels:new_partner"), elsewhere).status_code == 422
        heard = {**given, "fingerprint": fingerprint_of(other.public_key)}
        assert browser.post(reverse("levels:new_partner"), heard).status_code == 302
        made = Partner.objects.get()
        browser.post(reverse("levels:revoke", args=[made.pk]), {"note": "密钥遗失"})
        assert "密钥遗失" in shown(browser, reverse("levels:partners"))
        assert browser.get(reverse("levels:revoke", args=[made.pk])).status_code == 404

    def test_planners_do_not_open_it(self, cast: Any, keys: Ed25519Signer, as_: Any) -> None:
        assert as_(cast.chen).get(reverse("levels:partners")).status_code == 403

    def test_the_administration_leads_there_whom_it_is_open_to(self, cast: Any, as_: Any) -> None:
        assert f'href="{reverse("levels:partners")}"' in shown(as_(cast.ping), reverse("administration"))
        assert as_(cast.chen).get(reverse("administration")).status_code == 403

    def test_its_form_leads_nowhere_that_is_shut_to_who_fills_it_in(self, cast: Any, as_: Any) -> None:
        form = shown(as_(cast.ping), reverse("levels:new_partner"))
        assert f'href="{reverse("levels:partners")}"' in form
        assert f'href="{reverse("levels:list")}"' not in form


class TestCalls:
    def test_one_is_made_urged_and_closed(self, cast: Any, plan: Any, as_: Any) -> None:
        browser = as_(cast.meng)
        assert "还没有报送要求" in shown(browser, reverse("levels:calls"))
        given = {
            "title": "三季度进展", "as_of": AS_OF, "due_on": "2099-01-01", "called": [cast.county.pk],
        }  # fmt: skip
        made = browser.post(reverse("levels:new_call"), given)["Location"]
        assert "未报" in shown(browser, made)
        assert "三季度进展" in shown(browser, reverse("levels:calls"))
        assert "已催报 1 个辖区" in browser.post(f"{made}urge", follow=True).content.decode()
        asked = shown(as_(cast.chen), made)
        assert "拟报" in asked
        assert "截止</button>" not in asked
        assert as_(cast.chen).post(f"{made}close").status_code == 403
        assert "已截止" in as_(cast.meng).post(f"{made}close", follow=True).content.decode()

    def test_the_call_fills_the_form_in(self, cast: Any, plan: Any, as_: Any) -> None:
        call = actions.make_call(
            district=cast.city, title="三季度", as_of=AS_OF, due_on=TODAY, called=[cast.county],
            by=cast.meng, at=AT,
        )  # fmt: skip
        browser = as_(cast.chen)
        assert f'value="{AS_OF}"' in shown(browser, f"{reverse('levels:new')}?call={call.pk}")
        browser.post(
            f"{reverse('levels:new')}?call={call.pk}",
            {"plan": plan.code, "to": f"district:{cast.city.pk}", "as_of": AS_OF},
        )
        made = Submission.objects.get()
        assert made.call == call
        actions.submit_submission(submission=made, by=cast.chen, at=AT)
        page, link = reverse("levels:submission", args=[made.pk]), reverse("levels:call", args=[call.pk])
        assert link in shown(as_(cast.chen), page)
        assert link not in shown(as_(cast.he), page)  # an evaluator reads what was handed up, no call
        made.call.called.all().delete()  # no longer asked for it, though he still reports
        assert link not in shown(as_(cast.chen), page)
        assert link in shown(as_(cast.meng), page)

    def test_bad_input_is_answered_in_words(self, cast: Any, as_: Any) -> None:
        answer = as_(cast.meng).post(
            reverse("levels:new_call"),
            {"title": "x", "as_of": AS_OF, "due_on": "2020-01-01", "called": [cast.county.pk]},
        )
        assert answer.status_code == 422
        assert "早于" in answer.content.decode()

    def test_who_has_nobody_below_is_told_so(self, cast: Any, as_: Any) -> None:
        assert "没有可以要求报送的辖区" in shown(as_(cast.chen), reverse("levels:new_call"))
