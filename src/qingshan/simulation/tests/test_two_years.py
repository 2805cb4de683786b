"""The fictional county as of 21 November 2026: what a leader, an officer and a stranger see of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.areas.public import Department, District, find_department
from qingshan.audit.public import actions_known, trail
from qingshan.documents.models import Document
from qingshan.documents.public import documents_for
from qingshan.jobs.models import OutboxEvent
from qingshan.plans import models, queries
from qingshan.plans.states import MilestoneState
from qingshan.simulation.public import LAST_DAY, AlreadyThere, load_county

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("county")]

ON = date(2026, 11, 21)
EXPECTED = yaml.safe_load(Path(__file__).with_name("expected_standing.yaml").read_text(encoding="utf-8"))


class TestNothingSimulatedTouchesAnythingReal:
    def test_a_plan_is_simulated_exactly_when_its_district_is(self, county: Any) -> None:
        worlds = set(models.Plan.objects.values_list("simulated", "district__simulated"))
        assert worlds == {(True, True), (False, False)}

    def test_every_department_that_answers_for_something_is_of_the_plan_s_world(self, county: Any) -> None:
        for duties in (
            models.IndicatorResponsibility,
            models.MeasureResponsibility,
            models.ProjectResponsibility,
            models.CommitmentResponsibility,
        ):
            worlds = duties.objects.values_list("subject__plan__simulated", "department__district__simulated")
            assert set(worlds) <= {(True, True), (False, False)}

    def test_the_people_belong_to_fictional_places_and_hold_roles_only_there(self, county: Any) -> None:
        for one in county.loaded.residents:
            assert one.user.is_simulated
            assert one.user.department.district.simulated
            assert all(grant.district.simulated for grant in one.user.grants.all())

    def test_district_codes_are_none_that_any_real_place_has(self, county: Any) -> None:
        codes = District.objects.filter(simulated=True).values_list("code", flat=True)
        assert all(code.startswith("99") for code in codes)

    def test_every_value_says_that_it_is_simulated(self, county: Any) -> None:
        values = models.Value.objects.filter(indicator__plan__simulated=True)
        assert [value.source for value in values if "模拟" not in value.source] == []

    def test_every_report_and_every_letter_says_so_too(self, county: Any) -> None:
        reports = models.ProgressReport.objects.all()
        assert [report.text for report in reports if "模拟" not in report.text] == []
        assert [one.title for one in Document.objects.all() if "模拟" not in one.title] == []


class TestHowItStands:
    @pytest.mark.parametrize("code", EXPECTED)
    def test_the_verdict_is_the_one_worked_out_by_hand(self, county: Any, code: str) -> None:
        row = county.indicators()[code]
        assert row.status == EXPECTED[code]["status"]
        wanted = EXPECTED[code].get("caution")
        assert wanted is None or wanted in row.cautions

    def test_what_is_behind_names_whose_it_is(self, county: Any) -> None:
        seen = queries.plan_overview(user=county.person("lin"), plan=county.as_of(), on=ON)
        whose = {row.what: row.whose[0].name for row in seen.behind}
        assert whose == {
            "规模养殖场粪污处理设施装备配套率": "青峦县农业农村局",
            "PM2.5年均浓度": "青峦县生态环境局",
            "农村生活污水治理率": "青峦县农业农村局",
            "公众对生态文明建设的满意度": "青峦县生态环境局",
        }

    def test_some_work_is_overdue_and_some_due_this_month(self, county: Any) -> None:
        seen = queries.plan_overview(user=county.person("lin"), plan=county.as_of(), on=ON)
        days = {row.what: (str(row.due_on), row.overdue) for row in seen.due}
        assert days["完成三次油气回收改造的加油站"] == ("2026-09-30", True)
        assert days["石桥岭转运站投运"] == ("2026-11-20", True)
        assert days["园区燃煤小锅炉淘汰台数"] == ("2026-11-30", False)
        assert days["乡镇卫生院暂存间规范化改造"] == ("2026-11-25", False)
        assert "秋冬季应急演练" not in days  # done on 12 November

    def test_planned_money_is_the_printed_investment_of_every_project(self, county: Any) -> None:
        for project in county.plan.projects.all():
            planned = models.MoneyVersion.objects.current().filter(subject__project=project)
            total = sum(planned.values_list("planned_yuan", flat=True))
            assert total == project.versions.current().get().investment_yuan, project.code

    def test_two_things_wait_for_the_planner(self, county: Any) -> None:
        waiting = models.Value.objects.filter(state="submitted").count()
        waiting += models.ProgressReport.objects.filter(state="submitted").count()
        assert waiting == 2


class TestWhatHappened:
    def test_the_notified_figure_takes_the_place_of_our_own(self, county: Any) -> None:
        counted = county.indicators(date(2026, 3, 1))["QL-I01"].standing.values[2025][0]
        assert (counted.kind, counted.number) == ("own_computation", Decimal("92.9"))
        counted = county.indicators(date(2026, 4, 1))["QL-I01"].standing.values[2025][0]
        assert (counted.kind, counted.number) == ("notified", Decimal("93.7"))
        assert [letter.number for letter in counted.exclusions.all()] == ["栖环函〔2026〕9号"]

    def test_a_corrected_value_still_counts_for_the_days_before(self, county: Any) -> None:
        numbers = [
            county.indicators(day)["QL-I11"].standing.values[2025][0].number
            for day in (date(2026, 3, 1), date(2026, 4, 1))
        ]
        assert numbers == [Decimal("42.6"), Decimal("41.5")]

    def test_what_was_sent_back_was_mended_and_then_approved(self, county: Any) -> None:
        value = models.Value.objects.get(indicator__code="QL-I10", year=2025)
        done = [entry.action for entry in trail(value.ref)][::-1]
        assert done == [
            "plans.enter_value", "plans.submit_value", "plans.send_back_value",
            "plans.change_value", "plans.submit_value", "plans.approve_value",
        ]  # fmt: skip
        assert value.number == Decimal("3.2")

    def test_an_assigned_target_has_its_letter_attached(self, county: Any) -> None:
        target = models.Target.objects.get(indicator__code="QL-I08", year=2027)
        version = target.versions.current().get()
        (letter,) = documents_for(county.person("lin"), target.ref)
        assert (version.letter_number, version.letter) == ("栖环发〔2025〕21号", str(letter.ref))
        assert documents_for(county.person("zhou"), target.ref) == []

    def test_the_merged_department_s_duties_follow(self, county: Any) -> None:
        project = county.plan.projects.get(code="QL-P09")

        def lead(on: date) -> tuple[str, str]:
            share = queries.shares_of(models.ProjectResponsibility, [project.pk], on)[project.pk][0]
            return share.name, share.was

        assert lead(date(2026, 2, 28)) == ("青峦县城市管理局", "")
        assert lead(ON) == ("青峦县住房和城乡建设局", "青峦县城市管理局")

    def test_the_officer_who_moved_with_them_still_sees_them(self, county: Any) -> None:
        sun = county.person("sun")
        seen = queries.projects_for(user=sun, plan=county.as_of(user="sun"), on=ON)
        assert {"QL-P09", "QL-P01"} <= {version.subject.code for version in seen}

    def test_the_renamed_department_is_found_by_both_names(self, county: Any) -> None:
        where = District.objects.get(code="990121")
        before = find_department("青峦县工业和信息化局", where, date(2025, 8, 1))
        assert before == find_department("青峦县工业信息化和商务局", where, ON)
        assert before == Department.objects.get(name="青峦县工业信息化和商务局")

    def test_the_rebaselined_project_keeps_who_approved(self, county: Any) -> None:
        project = county.plan.projects.get(code="QL-P05")
        assert project.versions.on(date(2026, 5, 1)).get().end_year == 2026
        assert project.versions.on(ON).get().end_year == 2027
        assert project.rebaselinings.get().reviewed_by == county.person("lin")

    def test_a_milestone_was_reached_late(self, county: Any) -> None:
        late = models.MilestoneVersion.objects.current().get(name="选址确定")
        assert late.state == MilestoneState.REACHED
        assert late.reached_on > late.due_on

    def test_nothing_was_entered_after_the_last_day(self, county: Any) -> None:
        last = max(models.Value.objects.filter(entered_by__isnull=False).values_list("entered_at", flat=True))
        assert last.date() <= LAST_DAY

    def test_every_kind_of_step_is_in_the_audit(self, county: Any) -> None:
        assert {
            "plans.send_back_report", "plans.send_back_rebaselining", "plans.approve_rebaselining",
            "plans.approve_not_evaluable", "plans.add_exclusion_letter", "plans.assign_target",
            "areas.merged_department", "simulation.load_county",
        } <= set(actions_known())  # fmt: skip

    def test_no_news_of_it_goes_out(self, county: Any) -> None:
        assert not OutboxEvent.objects.exists()


class TestWhoSeesIt:
    def test_周_from_the_next_county_sees_nothing(self, county: Any) -> None:
        assert queries.visible_plans(user=county.person("zhou"), on=ON) == []

    def test_林_sees_her_county_s_two_plans_and_no_real_one(self, county: Any) -> None:
        cards = {
            one.version.subject.code: one for one in queries.visible_plans(user=county.person("lin"), on=ON)
        }
        counts = {
            code: (one.indicator_count, one.measure_count, one.project_count) for code, one in cards.items()
        }
        assert counts == {"qingluan-2025": (20, 50, 12), "qingluan-campaign-2025": (6, 6, 3)}

    def test_it_is_not_loaded_twice(self, county: Any) -> None:
        with pytest.raises(AlreadyThere, match="qingshan demo remove"):
            load_county(at=county.loaded.residents[0].user.date_joined)
