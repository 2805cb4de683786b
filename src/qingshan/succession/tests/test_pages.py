"""The pages of succession, as each of the cast opens them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qingshan.assessment import public as assessment
from qingshan.plans import public as plans
from qingshan.succession import actions
from qingshan.succession.models import DefinitionChange, Opening
from qingshan.succession.states import OpeningState
from qingshan.succession.tests.conftest import HEAD, LATER, TODAY, choice_of, define
from qingshan.succession.vocabulary import Decision


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


def page(name: str, *words: Any) -> str:
    return reverse(f"succession:{name}", args=words)


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


@pytest.fixture
def carried(cast: Any, proposed: Opening) -> Opening:
    return actions.carry(opening=proposed, by=cast.lin, at=LATER)


class TestTheList:
    def test_it_offers_the_plans_that_may_be_opened(self, cast: Any, ledger: Any, as_: Any) -> None:
        assert page("new", ledger.plan.code) in text(as_(cast.chen).get(page("list")))
        assert page("new", ledger.plan.code) not in text(as_(cast.lin).get(page("list")))

    def test_an_opened_plan_is_listed_and_no_longer_offered(
        self, cast: Any, opening: Opening, as_: Any
    ) -> None:
        shown = text(as_(cast.chen).get(page("list")))
        assert opening.name in shown
        assert page("new", opening.plan.code) not in shown
        assert as_(cast.chen).get(page("list") + "?export=xlsx").status_code == 200

    def test_who_only_reports_or_is_elsewhere_sees_no_draft(
        self, cast: Any, opening: Opening, as_: Any
    ) -> None:
        for person in (cast.wu, cast.he, cast.zhou):
            assert opening.name not in text(as_(person).get(page("list")))


class TestOpening:
    def test_the_form_proposes_the_next_period_and_a_free_code(
        self, cast: Any, ledger: Any, as_: Any
    ) -> None:
        shown = as_(cast.chen).get(page("new", ledger.plan.code))
        begin = shown.context["form"].initial
        assert begin == {"code": "qingchuan-2026", "period_from": 2026, "period_to": 2030, "base_year": 2025}

    def test_it_leads_to_the_proposals(self, cast: Any, ledger: Any, as_: Any) -> None:
        sent = as_(cast.chen).post(page("new", ledger.plan.code), HEAD)
        opening = Opening.objects.get()
        assert sent.url == page("opening", opening.pk)
        shown = text(as_(cast.chen).get(sent.url))
        for words in (
            "优良天数比例",
            "已达标，可保留",
            "县城污水处理厂扩建",
            "结余 7,000,000 元",
            "尚未过目",
        ):
            assert words in shown

    def test_what_is_wrong_is_said_at_its_field(self, cast: Any, ledger: Any, as_: Any) -> None:
        sent = as_(cast.chen).post(page("new", ledger.plan.code), {**HEAD, "code": ledger.plan.code})
        assert sent.status_code == 422
        assert "已有规划使用" in sent.content.decode()

    def test_the_head_is_revised(self, cast: Any, opening: Opening, as_: Any) -> None:
        as_(cast.chen).post(page("head", opening.pk), {**HEAD, "name": "青川县美丽建设规划"})
        opening.refresh_from_db()
        assert opening.name == "青川县美丽建设规划"


class TestChoosing:
    def test_a_kind_is_decided_at_once_and_leads_to_the_next(
        self, cast: Any, opening: Opening, ledger: Any, as_: Any
    ) -> None:
        browser = as_(cast.chen)
        form = browser.get(page("choose", opening.pk, "indicator")).context["form"]
        data = {field.html_name: field.value() or "" for field in form}
        dropped = choice_of(opening, ledger.forest)
        data |= {f"decision-{dropped.pk}": "drop", f"reason-{dropped.pk}": "由林业规划考核"}
        sent = browser.post(page("choose", opening.pk, "indicator"), data)
        assert sent.url == page("choose", opening.pk, "project")
        dropped.refresh_from_db()
        assert (dropped.decision, dropped.decided_by) == (Decision.DROP, cast.chen)

    def test_a_decision_without_reason_comes_back(
        self, cast: Any, opening: Opening, ledger: Any, as_: Any
    ) -> None:
        browser = as_(cast.chen)
        form = browser.get(page("choose", opening.pk, "indicator")).context["form"]
        data = {field.html_name: field.value() or "" for field in form}
        data[f"decision-{choice_of(opening, ledger.air).pk}"] = "drop"
        sent = browser.post(page("choose", opening.pk, "indicator"), data)
        assert sent.status_code == 422
        assert "请填写理由" in sent.content.decode()

    def test_one_record_takes_a_definition_and_a_target(
        self, cast: Any, opening: Opening, ledger: Any, as_: Any
    ) -> None:
        choice = choice_of(opening, ledger.air)
        sent = as_(cast.chen).post(
            page("choice", opening.pk, choice.pk),
            {"decision": "keep", "operator": ">=", "value": "94", "year": "2030"},
        )
        assert sent.status_code == 302
        choice.refresh_from_db()
        assert (choice.sign, choice.target_value, choice.target_year) == ("≥", "94", 2030)
        assert "2030 ≥94" in text(as_(cast.chen).get(page("opening", opening.pk)))

    def test_lessons_are_written_and_dropped(self, cast: Any, opening: Opening, as_: Any) -> None:
        browser = as_(cast.chen)
        browser.post(page("lessons", opening.pk), {"text": "监测点位过少"})
        lesson = opening.lessons.get()
        assert "监测点位过少" in text(browser.get(page("lessons", opening.pk)))
        browser.post(page("drop_lesson", opening.pk, lesson.pk))
        assert not opening.lessons.exists()

    @pytest.mark.parametrize("kind", ["", "plan", "x" * 80])
    def test_an_unknown_kind_is_not_there(self, cast: Any, opening: Opening, as_: Any, kind: str) -> None:
        address = f"/succession/{opening.pk}/choose/{kind}"
        assert as_(cast.chen).get(address).status_code == 404


class TestSteps:
    def test_from_choosing_to_the_new_plan(self, cast: Any, opening: Opening, as_: Any) -> None:
        define(opening, cast.chen)
        as_(cast.chen).post(page("step", opening.pk, "propose"), {"note": "请审"})
        shown = text(as_(cast.lin).get(page("opening", opening.pk)))
        assert page("step", opening.pk, "carry") in shown
        as_(cast.lin).post(page("step", opening.pk, "carry"), {"note": "同意"})
        opening.refresh_from_db()
        assert opening.phase is OpeningState.CARRIED
        links = text(as_(cast.chen).get(page("plan", opening.successor.code)))
        assert "2025年 93.7%，审核数据，标况，截至 2025-12-31" in links
        assert plans.indicator_url("qingchuan-2021", "A1") in links
        assert "接续到下一轮" in text(as_(cast.chen).get(page("plan", "qingchuan-2021")))

    def test_who_handed_it_in_sees_no_button_to_approve(self, cast: Any, proposed: Opening, as_: Any) -> None:
        Opening.objects.filter(pk=proposed.pk).update(proposed_by=cast.fu)
        assert page("step", proposed.pk, "carry") not in text(as_(cast.fu).get(page("opening", proposed.pk)))
        sent = as_(cast.fu).post(page("step", proposed.pk, "carry"), {"note": ""})
        assert sent.status_code == 422

    def test_a_big_choice_goes_to_a_job(
        self, cast: Any, proposed: Opening, as_: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("qingshan.succession.actions.carrying.MOST_AT_ONCE", 3)
        as_(cast.lin).post(page("step", proposed.pk, "carry"), {"note": ""})
        proposed.refresh_from_db()
        assert proposed.phase is OpeningState.PROPOSED
        assert "正在后台写入新规划" in text(as_(cast.lin).get(page("opening", proposed.pk)))

    def test_others_do_not_find_it(self, cast: Any, opening: Opening, as_: Any) -> None:
        assert as_(cast.zhou).get(page("opening", opening.pk)).status_code == 404
        assert as_(cast.he).get(page("opening", opening.pk)).status_code == 403


class TestLinks:
    def test_somebody_sees_the_links_of_what_they_see(self, cast: Any, carried: Opening, as_: Any) -> None:
        address = page("plan", carried.successor.code)
        mine, all_of_it = text(as_(cast.wu).get(address)), text(as_(cast.chen).get(address))
        assert "县城污水处理厂扩建" in mine  # the water bureau's
        assert "700" in all_of_it  # 万元 left
        assert as_(cast.zhou).get(address).status_code == 404

    def test_an_undone_link_is_gone(self, cast: Any, carried: Opening, as_: Any) -> None:
        code = carried.successor.code
        actions.undo(opening=carried, by=cast.lin, at=LATER, note="另行研究")
        assert "由上一轮接续来的内容" in text(as_(cast.chen).get(page("plan", code)))


class TestSeriesPages:
    def test_the_series_of_an_indicator_shows_where_it_came_from(
        self, cast: Any, carried: Opening, as_: Any
    ) -> None:
        shown = as_(cast.chen).get(page("indicator", carried.successor.code, "A1"))
        assert "接续来源" in text(shown)
        assert [one["points"] for one in shown.context["chart"]["lines"]]
        sheet = as_(cast.chen).get(page("indicator", carried.successor.code, "A1") + "?export=xlsx")
        book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
        assert book.sheetnames == ["数值", "目标", "口径变化", "说明"]
        assert as_(cast.zhou).get(page("indicator", carried.successor.code, "A1")).status_code == 404

    def test_a_change_of_definition_is_entered_and_taken_back(self, cast: Any, ledger: Any, as_: Any) -> None:
        plans.add_catalogue_indicator(
            code="good-days", facts={"name": "优良天数比例", "direction": "higher_better", "unit": "%",
            "definition": "优良天数占全年天数的比例"}, valid_from=TODAY, by=cast.chen, at=LATER,
        )  # fmt: skip
        browser = as_(cast.chen)
        given = {
            "year": "2024",
            "kind": "condition",
            "before": "标况",
            "after": "实况",
            "reason": "标准修改单施行",
        }
        assert browser.post(page("enter_change", "good-days"), {**given, "reason": ""}).status_code == 422
        browser.post(page("enter_change", "good-days"), given)
        change = DefinitionChange.objects.get()
        assert "标准修改单施行" in text(browser.get(page("series", "good-days")))
        browser.post(page("withdraw_change", "good-days", change.pk), {"note": "登记有误"})
        assert "标准修改单施行" not in text(browser.get(page("series", "good-days")))
        assert as_(cast.wu).get(page("enter_change", "good-days")).status_code == 403

    def test_an_unknown_indicator_is_not_there(self, cast: Any, ledger: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        for address in (
            page("series", "no-such"), page("enter_change", "no-such"), page("withdraw_change", "no-such", 1),
            page("indicator", ledger.plan.code, "no-such"),
        ):  # fmt: skip
            assert browser.get(address).status_code == 404

    def test_the_list_of_series_is_sought_through(self, cast: Any, ledger: Any, as_: Any) -> None:
        assert "没有找到" in text(as_(cast.chen).get(page("all_series") + "?q=臭氧"))


class TestComparePage:
    def test_it_asks_first_and_survives_nonsense(self, cast: Any, ledger: Any, as_: Any) -> None:
        browser = as_(cast.chen)
        assert "青川县“十四五”规划" in text(browser.get(page("compare")))
        for query in (
            "?plans=no-such&year=2025",
            "?plans=qingchuan-2021&year=soon&level=moon",
            "?year=99999",
        ):
            text(browser.get(page("compare") + query))

    def test_it_is_exported(self, cast: Any, ledger: Any, as_: Any) -> None:
        sheet = as_(cast.chen).get(page("compare") + "?plans=qingchuan-2021&every=on&export=xlsx")
        book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
        assert book.sheetnames == ["并列比较", "县市合计", "说明"]


class TestLessonsOfEvaluations:
    def test_they_are_taken_once_from_what_was_published(self, cast: Any, opening: Opening, as_: Any) -> None:
        for state, words in (("published", "断面自动站建设滞后\n数据来得晚"), ("drafting", "尚未公布的话")):
            assessment.Evaluation.objects.create(
                plan=opening.plan, purpose="final", year=2025, on=TODAY, scheme_code="x", scheme_name="x",
                scheme_text="x", scheme_sha256="0" * 64, evaluator_name="第三方", lessons=words, state=state,
                created_at=LATER,
            )  # fmt: skip
        for _twice in range(2):
            as_(cast.chen).post(page("take_lessons", opening.pk))
        told = opening.lessons.values_list("text", "source")
        assert list(told) == [("断面自动站建设滞后", "evaluation"), ("数据来得晚", "evaluation")]
        assert opening.lessons.first().source_ref.startswith("assessment.evaluation/")
