"""The pages of evaluations, as each of the cast opens them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from qingshan.assessment import public as assessment
from qingshan.assessment.models import Appeal, Evaluation
from qingshan.assessment.scoring.reading import shipped_texts
from qingshan.assessment.tests.conftest import AT, TODAY, frozen, published, set_up
from qingshan.papers.public import Paper, PaperState
from qingshan.plans.models import TargetAdjustment


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in."""

    def enter(user: Any) -> Client:
        client.force_login(user)
        return client

    return enter


def page(one: Any, name: str = "evaluation", *more: Any) -> str:
    return reverse(f"assessment:{name}", args=[one.pk, *more])


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestList:
    def test_an_empty_list_says_what_comes_next(self, cast: Any, plan: Any, as_: Any) -> None:
        shown = text(as_(cast.chen).get(reverse("assessment:list")))
        assert "由规划管理员组织" in shown
        assert reverse("assessment:new") in shown
        assert reverse("assessment:new") not in text(as_(cast.wu).get(reverse("assessment:list")))

    def test_what_is_not_published_is_seen_by_who_works_on_it_alone(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        def sees(user: Any) -> bool:
            listed = page(evaluation) in text(as_(user).get(f"{reverse('assessment:list')}?year=2025"))
            assert listed == (as_(user).get(page(evaluation)).status_code == 200)
            return listed

        names = ("lin", "chen", "xie", "luo", "wu", "zhou")
        assert [sees(getattr(cast, name)) for name in names] == [True, True, True, False, False, False]
        published(cast, evaluation)
        assert [sees(getattr(cast, name)) for name in names] == [True, True, True, True, True, False]

    def test_it_is_sifted_and_exported(self, cast: Any, evaluation: Any, as_: Any) -> None:
        published(cast, evaluation)
        browser, here = as_(cast.chen), reverse("assessment:list")
        found = [
            "71.15" in text(browser.get(f"{here}?{query}"))
            for query in ("purpose=final", "purpose=yearly", "state=published", "year=2024")
        ]
        assert found == [True, False, True, False]
        assert browser.get(f"{here}?export=xlsx").status_code == 200


class TestSheet:
    def test_it_shows_the_three_lists_with_links_to_the_ledger(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        shown = text(as_(cast.chen).get(page(evaluation)))
        for part in (
            "71.15",
            "47.65",
            "细颗粒物年均浓度",
            "上级未下达年度任务",
            "经批准终止",
            "水务局",
            "84.12",
        ):
            assert part in shown
        assert "/plans/qingchuan-2021/indicators/I1/" in shown
        assert "约束性指标未达标，等级最高为“合格”" in shown

    def test_it_leads_to_what_is_open_to_the_reader_and_nowhere_else(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        published(cast, evaluation)
        browser = as_(cast.zhao)  # of the forest bureau: not every record of the plan is theirs
        rows = [(one.kind, row.row.row.code) for one in browser.get(page(evaluation)).context["sheet"].lists
                for row in one.rows]  # fmt: skip
        pages = [page(evaluation), page(evaluation, "points"), page(evaluation, "trail")]
        pages += [page(evaluation, "row", kind, code) for kind, code in rows]
        door = re.compile(r'<a\b[^>]*href="(/[^"?#]+)"')
        links = {link for one in pages for link in door.findall(text(browser.get(one)))}
        links -= {page(evaluation, "workbook"), reverse("plans:my_department")}  # a file; it leads on
        assert [link for link in sorted(links) if browser.get(link).status_code != 200] == []
        ledgers = [browser.get(one).context["row"].row.url for one in pages[3:]]
        assert any(ledgers)
        assert not all(ledgers)

    def test_every_point_is_explained_for_the_plan_and_for_a_department(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        whole = text(as_(cast.chen).get(page(evaluation, "points")))
        assert "自基准值起的进度 (90.0 − 88.0) ÷ (92.0 − 88.0) = 50.0%" in whole
        assert "重点项目完成比例不足，本清单最多得 12.00 分" in whole
        assert "四舍六入五成双" in whole
        water = cast.departments["水务局"].pk
        own = text(as_(cast.chen).get(f"{page(evaluation, 'points')}?department={water}"))
        assert "84.12" in own
        assert "细颗粒物年均浓度" not in own
        assert as_(cast.chen).get(f"{page(evaluation, 'points')}?department=0").status_code == 404

    def test_a_scheme_that_cannot_score_says_why(self, cast: Any, plan: Any, as_: Any) -> None:
        text_of = shipped_texts()["strict-2026"].replace("strict-2026", "narrow-2026")
        text_of = text_of.replace('环境质量: "30", 环境治理: "15"', '环境质量: "45"')
        assessment.add_scheme(district=cast.county, text=text_of, by=cast.chen, at=AT)
        one = set_up(cast, plan, "narrow-2026")
        for name in ("evaluation", "points", "trail", "workbook"):
            assert "类别“环境治理”不在方案的分类中" in text(as_(cast.chen).get(page(one, name)))
        answered = as_(cast.chen).post(page(one, "step", "preview"), {})
        assert answered.status_code == 422

    def test_the_workbook_holds_the_sheet(self, cast: Any, evaluation: Any, as_: Any) -> None:
        answer = as_(cast.chen).get(page(evaluation, "workbook"))
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        rows = list(book["指标"].values)
        assert rows[0][:3] == ("编号", "名称", "单位")
        assert [str(row[14]) for row in rows[1:]] == ["14.12", "7.06", "14.12", "5.29", "0", "7.06", "0"]
        assert [(row[1], str(row[2])) for row in book["单位得分"].values][1:3] == [
            ("林业局", "95"), ("水务局", "84.12"),
        ]  # fmt: skip
        assert any("模拟数据" in str(row[1]) for row in book["说明"].values)


class TestAWholeLifeByThePages:
    def test_set_up_found_frozen_published_appealed_and_closed(self, cast: Any, plan: Any, as_: Any) -> None:
        def post(user: Any, address: str, data: dict[str, Any]) -> None:
            answered = as_(user).post(address, data)
            assert answered.status_code == 302, answered.content.decode()

        today = timezone.localdate()
        post(cast.chen, reverse("assessment:new"), {
            "plan": plan.code, "purpose": "final", "year": 2025, "on": TODAY, "scheme": "progress-2026",
            "evaluator_kind": "third_party", "evaluator_name": "云岭环境研究院", "evaluators": [cast.xie.pk],
        })  # fmt: skip
        one = Evaluation.objects.get()
        post(cast.chen, page(one, "evaluators"), {"user": cast.luo.pk})
        assert "罗" in text(as_(cast.chen).get(page(one, "evaluators")))
        post(cast.chen, page(one, "release", one.evaluators.get(user=cast.luo).pk), {})
        post(cast.chen, page(one, "zones"), {"zone": "优先保护区"})
        post(cast.xie, page(one, "row", "indicators", "I1"), {"opinion": "confirmed"})
        post(cast.xie, page(one, "row", "projects", "P4"),
             {"opinion": "doubted", "reason": "现场仅完成四成", "checked": "40"})  # fmt: skip
        post(cast.xie, page(one, "fact"), {
            "kind": "late_report", "department": cast.departments["水务局"].pk, "count": 1,
            "evidence": "三月调度",
        })  # fmt: skip
        post(cast.xie, page(one, "recommend"), {
            "target": "I4/2025", "operator": ">=", "value": "58", "reason": "工期顺延",
        })  # fmt: skip
        post(
            cast.xie,
            page(one, "conclusion"),
            {"narrative": "总体完成。", "problems": "", "lessons": "早开工"},
        )
        post(cast.xie, page(one, "step", "preview"), {})
        post(cast.chen, page(one, "step", "freeze"), {})
        post(cast.lin, page(one, "step", "publish"), {"appeal_until": today + timedelta(days=9)})
        post(cast.wu, page(one, "make_appeal"), {
            "department": cast.departments["水务局"].pk, "line": "indicators/I4", "reason": "漏计",
        })  # fmt: skip
        appeal = Appeal.objects.get()
        assert "漏计" in text(as_(cast.wu).get(page(one, "appeal", appeal.pk)))
        assert as_(cast.zhao).get(page(one, "appeal", appeal.pk)).status_code == 404
        bad = as_(cast.chen).post(page(one, "appeal", appeal.pk), {"upheld": "yes", "answer": "属实"})
        assert bad.status_code == 422
        assert "请填写更正内容" in bad.content.decode()
        post(cast.chen, page(one, "appeal", appeal.pk), {"upheld": "yes", "answer": "属实", "actual": "60"})
        trail = text(as_(cast.wu).get(page(one, "trail")))
        assert "采纳申诉：属实" in trail
        assert "农村生活污水治理率" in trail
        assert page(one, "appeal", appeal.pk) in trail
        others = text(as_(cast.zhao).get(page(one, "trail")))
        assert "采纳申诉：属实" in others  # the score is everybody's, the appeal its department's
        assert page(one, "appeal", appeal.pk) not in others
        post(cast.chen, page(one, "pass_on", one.recommendations.get().pk), {})
        assert TargetAdjustment.objects.get().source == str(one.ref)
        early = as_(cast.lin).post(page(one, "step", "close"), {})
        assert early.status_code == 422
        assert "期满后才能办结" in early.content.decode()
        Evaluation.objects.update(appeal_until=today - timedelta(days=1))  # the days pass
        post(cast.lin, page(one, "step", "close"), {})
        assert Evaluation.objects.get().phase is assessment.EvaluationState.CLOSED
        assert (
            as_(cast.xie).post(page(one, "row", "indicators", "I1"), {"opinion": "confirmed"}).status_code
            == 422
        )


class TestForms:
    def test_a_bad_evaluation_is_told_at_its_field(self, cast: Any, plan: Any, as_: Any) -> None:
        answered = as_(cast.chen).post(reverse("assessment:new"), {
            "plan": plan.code, "purpose": "final", "year": 2024, "on": TODAY, "scheme": "progress-2026",
            "evaluator_kind": "own",
        })  # fmt: skip
        assert answered.status_code == 422
        assert "终期评估的年度是规划期末年 2025" in answered.content.decode()

    def test_a_scheme_that_breaks_the_schema_names_the_place(self, cast: Any, as_: Any, plan: Any) -> None:
        browser = as_(cast.chen)
        begin = text(browser.get(f"{reverse('assessment:new_scheme')}?like=progress-2026"))
        assert "code: progress-2026" in begin
        broken = shipped_texts()["progress-2026"].replace('at_least: "0"}', 'at_least: "10"}')
        answered = browser.post(reverse("assessment:new_scheme"), {"text": broken})
        assert answered.status_code == 422
        assert "grades" in answered.content.decode()
        own = shipped_texts()["progress-2026"].replace("code: progress-2026", "code: own-2026")
        assert browser.post(reverse("assessment:new_scheme"), {"text": own}).status_code == 302
        assert "重点项目完成比例不足 80%" in text(
            browser.get(reverse("assessment:scheme", args=["own-2026"]))
        )
        assert browser.get(reverse("assessment:scheme", args=["none"])).status_code == 404

    def test_the_share_in_the_whole_assessment_is_said(self, cast: Any, plan: Any, as_: Any) -> None:
        shown = text(as_(cast.wu).get(reverse("assessment:scheme", args=["strict-2026"])))
        assert "占党政实绩考核 500 分的 20.0%；要求不低于 20.0%" in shown

    def test_a_row_that_is_not_there(self, cast: Any, evaluation: Any, as_: Any) -> None:
        for kind, code in (("indicators", "I99"), ("stars", "I1")):
            assert as_(cast.xie).get(page(evaluation, "row", kind, code)).status_code == 404


class TestCompletionPage:
    def test_it_shows_each_row_with_its_conclusion_or_why_not(self, cast: Any, plan: Any, as_: Any) -> None:
        here = reverse("assessment:completion", args=[plan.code])
        shown = text(as_(cast.wu).get(here))
        for part in ("细颗粒物年均浓度", "已达标", "未达标", "不予评估", "上级未下达年度任务", "〔2026〕3号"):
            assert part in shown
        assert as_(cast.zhou).get(here).status_code == 404
        assert "还没有到" not in text(as_(cast.wu).get(f"{here}?as_of=2026-11-19"))


class TestReport:
    def test_the_paper_says_the_numbers_of_the_sheet_and_links_each(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        assert as_(cast.chen).post(page(evaluation, "report"), {}).status_code == 422
        frozen(cast, evaluation)
        paper = assessment.draft_report(evaluation=evaluation, by=cast.chen, at=AT)
        told = paper.texts.order_by("-number").first()
        table = next(one for one in told.body if one.get("caption") == "规划指标完成情况")
        assert table["columns"] == [
            "序号", "指标", "单位", "属性", "基准值", "目标值", "完成值", "是否完成/不予评估及原因",
        ]  # fmt: skip
        figures = {one["key"]: one for one in told.figures}
        printed = [
            (row[0], row[1], figures[row[6][5:-1]]["value"] if row[6] != "—" else "—", row[7])
            for row in table["rows"]
        ]
        assert printed[:2] == [
            ("1", "细颗粒物年均浓度", "24", "完成"),
            ("2", "空气质量优良天数比例", "90.0", "未完成"),
        ]
        headings = [one["text"] for one in told.body if one["block"] == "heading"]
        assert headings[:3] == ["一、评估概况", "二、总体评价", "三、指标完成情况"]
        works = next(one for one in told.body if one.get("caption") == "规划措施实施情况")
        assert (works["columns"][-1], works["rows"][-1][-1] != "—") == ("不计原因", True)
        assert printed[4] == ("5", "受污染耕地安全利用率", "—", "不予评估：上级未下达年度任务")
        assert (figures["total"]["value"], figures["list_projects"]["value"]) == ("71.15", "12.00")
        assert figures["i1"]["url"] == "/plans/qingchuan-2021/indicators/I1/"
        assert all(one["simulated"] for one in told.figures)
        assert paper.simulated
        assert Evaluation.objects.get(pk=evaluation.pk).paper_ref == str(paper.ref)

    def test_a_second_press_leads_to_the_report_that_is_drafted_already(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        frozen(cast, evaluation)
        first, second = (as_(cast.chen).post(page(evaluation, "report"), {}) for _press in range(2))
        paper = Paper.objects.get()
        assert first.url == second.url == reverse("papers:paper", args=[paper.pk])
        shown = text(as_(cast.chen).get(page(evaluation)))
        assert first.url in shown
        assert page(evaluation, "report") not in shown
        Paper.objects.update(state=PaperState.WITHDRAWN)
        assert page(evaluation, "report") in text(as_(cast.chen).get(page(evaluation)))
        other = assessment.draft_report(evaluation=evaluation, by=cast.chen, at=AT)
        assert other != paper

    def test_a_figure_is_looked_up_again_after_an_appeal(self, cast: Any, evaluation: Any) -> None:
        published(cast, evaluation)
        paper = assessment.draft_report(evaluation=evaluation, by=cast.chen, at=AT)
        from qingshan.papers.shapes import figure_from

        total = figure_from(next(one for one in paper.texts.get().figures if one["key"] == "total"))
        appeal = assessment.make_appeal(
            evaluation=evaluation, department=cast.departments["水务局"], kind="indicators", code="I4",
            reason="漏计", by=cast.wu, at=AT,
        )  # fmt: skip
        assessment.answer_appeal(
            appeal=appeal, upheld=True, answer="属实", correction={"actual": "60"}, by=cast.gao, at=AT
        )
        assert (total.value, assessment.figure_now(total).value) == ("71.15", "72.91")

    def test_figures_stay_with_their_departments_when_an_appeal_reorders_them(
        self, cast: Any, evaluation: Any, as_: Any
    ) -> None:
        def ranked() -> list[str]:
            return [one.name for one in assessment.score_of(evaluation).departments]

        published(cast, evaluation)
        before = ranked()
        paper = assessment.draft_report(evaluation=evaluation, by=cast.chen, at=AT)
        for kind, code, correction in (
            ("indicators", "I4", {"actual": "60"}),
            ("", "false_report", {"count": "0"}),
        ):
            appeal = assessment.make_appeal(
                evaluation=evaluation, department=cast.departments["水务局"], kind=kind, code=code,
                reason="漏计", by=cast.wu, at=AT,
            )  # fmt: skip
            assessment.answer_appeal(
                appeal=appeal, upheld=True, answer="属实", correction=correction, by=cast.gao, at=AT
            )
        assert ranked().index("水务局") < before.index("水务局")
        as_(cast.chen).post(reverse("papers:figures", args=[paper.pk]))
        updated = paper.texts.order_by("number").last()
        marked = {f"{{fig:{one.key}}}": one for one in updated.printed_figures}
        table = next(one for one in updated.body if one.get("caption") == "部门和镇街得分")
        told = {name: (marked[cell].label, marked[cell].value) for _rank, name, cell, _grade in table["rows"]}
        now = assessment.score_of(evaluation).departments
        assert told == {one.name: (f"{one.name}得分", str(one.sheet.total)) for one in now}
        assert told["水务局"][1] == "98.50"  # 60 + 20 + 20 - 1.5
        gone = replace(marked[table["rows"][0][2]], key=f"d{cast.xie.department_id}")  # has no score
        assert assessment.figure_now(gone) is None
