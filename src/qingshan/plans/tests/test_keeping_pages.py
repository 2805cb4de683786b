"""The smaller doors: own entries, milestones, letters, what the text lacks, the head of the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qingshan.plans import actions
from qingshan.plans.models import ExclusionLetter, KnownConflict, PlanVersion, ProjectIndicator, Value
from qingshan.plans.states import MilestoneState, ReviewState, WorkState

PLAN = "qingchuan-2021"
DAY = "2026-11-20"
FACTS = {"year": 2025, "kind": "notified", "number": "93.1", "unit": "%", "source": "省通报"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def chen(cast: Any, ledger: Any, client: Any) -> Any:
    client.force_login(cast.chen)
    return client


def page(name: str, *args: Any) -> str:
    return reverse(f"plans:{name}", args=[PLAN, *args])


@pytest.fixture
def returned(cast: Any, ledger: Any, at: Any) -> Value:
    value = actions.enter_value(indicator=ledger.air, facts=FACTS, by=cast.chen, at=at)
    actions.submit_value(value=value, by=cast.chen, at=at)
    return actions.send_back_value(value=value, by=cast.lin, at=at, note="附上通报原件")


class TestAValueThatCameBack:
    def test_it_is_changed_and_handed_in_again(self, chen: Any, returned: Value) -> None:
        shown = chen.get(page("value", "A1", returned.pk)).content.decode()
        assert page("change_value", "A1", returned.pk) in shown
        form = chen.get(page("change_value", "A1", returned.pk))
        assert "附上通报原件" in form.content.decode()
        data = {**FACTS, "number": "93.2", "note": "", "known_on": DAY, "as_of": "2025-12-31"}
        assert chen.post(page("change_value", "A1", returned.pk), data).status_code == 302
        returned.refresh_from_db()
        assert (str(returned.number), returned.state) == ("93.2", ReviewState.SUBMITTED)
        assert chen.get(page("change_value", "A1", returned.pk)).status_code == 404

    def test_it_is_taken_back(self, chen: Any, returned: Value) -> None:
        chen.post(page("withdraw_value", "A1", returned.pk))
        returned.refresh_from_db()
        assert returned.state == ReviewState.WITHDRAWN

    def test_it_is_nobody_elses_to_change(self, cast: Any, client: Any, returned: Value) -> None:
        for other in (cast.lin, cast.wu, cast.zhou):
            client.force_login(other)
            assert client.get(page("change_value", "A1", returned.pk)).status_code in (403, 404)
            assert client.post(page("withdraw_value", "A1", returned.pk)).status_code in (403, 404)


class TestAReportThatCameBack:
    def test_it_is_changed_and_handed_in_again(self, cast: Any, ledger: Any, at: Any, client: Any) -> None:
        report = actions.enter_report(
            subject=ledger.sewage, on=date(2026, 11, 1), work_state=WorkState.UNDER_WAY, text="开工",
            percent=20, by=cast.wu, at=at,
        )  # fmt: skip
        actions.submit_report(report=report, by=cast.wu, at=at)
        actions.send_back_report(report=report, by=cast.chen, at=at, note="写明里程")
        client.force_login(cast.wu)
        assert page("change_report", report.pk) in client.get(page("report", report.pk)).content.decode()
        data = {"on": "2026-11-01", "work_state": "under_way", "percent": 25, "text": "开工，已建3公里"}
        assert client.post(page("change_report", report.pk), data).status_code == 302
        report.refresh_from_db()
        assert (report.percent, report.state) == (25, ReviewState.SUBMITTED)


class TestAStatementThatCameBack:
    facts = {"year": 2023, "reason": "断流", "evidence": "〔2024〕3号"}

    @pytest.fixture
    def statement(self, cast: Any, ledger: Any, at: Any) -> Any:
        given = {"indicator": ledger.air, "by": cast.chen, "at": at}
        made = actions.declare_not_evaluable(**self.facts, **given)
        actions.submit_not_evaluable(statement=made, by=cast.chen, at=at)
        return actions.send_back_not_evaluable(statement=made, by=cast.lin, at=at, note="附上水文资料")

    def test_it_is_changed_and_handed_in_again(self, chen: Any, statement: Any) -> None:
        address = page("change_not_evaluable", "A1", statement.pk)
        assert address in chen.get(page("indicator", "A1")).content.decode()
        assert "附上水文资料" in chen.get(address).content.decode()
        assert chen.post(address, {**self.facts, "evidence": "〔2024〕5号"}).status_code == 302
        statement.refresh_from_db()
        assert (statement.evidence, statement.state) == ("〔2024〕5号", ReviewState.SUBMITTED)
        assert chen.get(address).status_code == 404  # it is under review now

    def test_without_evidence_it_is_refused_and_stays(self, chen: Any, statement: Any) -> None:
        address = page("change_not_evaluable", "A1", statement.pk)
        assert chen.post(address, {**self.facts, "evidence": " "}).status_code == 422
        statement.refresh_from_db()
        assert statement.state == ReviewState.SENT_BACK

    def test_it_is_nobody_elses_to_change(self, cast: Any, client: Any, statement: Any) -> None:
        for other in (cast.lin, cast.wu, cast.zhou):
            client.force_login(other)
            assert client.post(page("change_not_evaluable", "A1", statement.pk), self.facts).status_code in (
                403,
                404,
            )


class TestAReBaseliningThatCameBack:
    @pytest.fixture
    def proposal(self, cast: Any, ledger: Any, at: Any) -> Any:
        made = actions.propose_rebaselining(
            project=ledger.plant, changes={"end_year": 2026}, seen=1, reason="用地", by=cast.wu, at=at
        )
        actions.submit_rebaselining(proposal=made, by=cast.wu, at=at)
        return actions.send_back_rebaselining(proposal=made, by=cast.lin, at=at, note="写明批文")

    @pytest.fixture
    def wu(self, cast: Any, client: Any) -> Any:
        client.force_login(cast.wu)
        return client

    def as_shown(self, client: Any, proposal: Any) -> dict[str, Any]:
        form = client.get(page("change_rebaselining", "P1", proposal.pk)).context["form"]
        return {name: form[name].value() for name in form.fields}

    def test_it_shows_what_was_proposed_and_is_handed_in_again(self, wu: Any, proposal: Any) -> None:
        address = page("change_rebaselining", "P1", proposal.pk)
        assert address in wu.get(page("project", "P1")).content.decode()
        assert "写明批文" in wu.get(address).content.decode()
        shown = self.as_shown(wu, proposal)
        assert (shown["start_year"], shown["end_year"], shown["investment_yuan"]) == (2022, 2026, "1200")
        assert wu.post(address, shown | {"end_year": 2025, "investment_yuan": "1500"}).status_code == 302
        proposal.refresh_from_db()
        assert (proposal.end_year, proposal.investment_yuan) == (None, 15_000_000)  # 2025 is what holds
        assert proposal.state == ReviewState.SUBMITTED

    def test_that_changes_nothing_it_is_refused(self, wu: Any, proposal: Any) -> None:
        sent = self.as_shown(wu, proposal) | {"end_year": 2025}
        answer = wu.post(page("change_rebaselining", "P1", proposal.pk), sent)
        assert answer.status_code == 422
        assert "与现行内容相同" in answer.content.decode()

    def test_on_a_project_that_changed_meanwhile_both_are_shown(
        self, wu: Any, cast: Any, ledger: Any, proposal: Any, at: Any
    ) -> None:
        sent = self.as_shown(wu, proposal)
        actions.revise_project(
            project=ledger.plant, changes={"name": "污水厂扩容"}, seen=1, by=cast.chen, at=at, reason="更名"
        )
        answer = wu.post(page("change_rebaselining", "P1", proposal.pk), sent)
        assert answer.status_code == 409
        assert "污水厂扩容" in answer.content.decode()

    def test_it_is_nobody_elses_to_change(self, cast: Any, client: Any, proposal: Any) -> None:
        for other in (cast.lin, cast.chen, cast.zhou):
            client.force_login(other)
            assert client.get(page("change_rebaselining", "P1", proposal.pk)).status_code in (403, 404)


class TestAMilestone:
    @pytest.fixture
    def milestone(self, cast: Any, ledger: Any, at: Any) -> Any:
        return actions.add_milestone(
            project=ledger.plant, code="S1", name="主体完工", due_on=date(2026, 10, 1), by=cast.chen, at=at
        )

    def test_it_is_reached_on_its_day(self, cast: Any, client: Any, milestone: Any) -> None:
        client.force_login(cast.wu)
        assert (
            page("move_milestone", "P1", milestone.pk) in client.get(page("project", "P1")).content.decode()
        )
        data = {"move": "reach", "on": "2026-10-09", "reason": "验收单", "seen_version": 1}
        assert client.post(page("move_milestone", "P1", milestone.pk), data).status_code == 302
        held = milestone.versions.get(number=2)
        assert (held.state, held.reached_on) == (MilestoneState.REACHED, date(2026, 10, 9))

    def test_its_day_is_changed_with_a_reason(self, chen: Any, milestone: Any) -> None:
        data = {"name": "主体完工", "due_on": "2026-12-01", "reason": "汛期停工", "seen_version": 1}
        assert chen.post(page("revise_milestone", "P1", milestone.pk), data).status_code == 302
        assert milestone.versions.get(number=2).due_on == date(2026, 12, 1)

    def test_one_of_another_project_is_not_there(self, chen: Any, milestone: Any) -> None:
        assert chen.get(page("move_milestone", "P1", milestone.pk + 1)).status_code == 404


class TestALetterThatLeavesDaysOut:
    facts = {
        "number": "云环函〔2026〕3号", "title": "关于沙尘天气剔除的复函", "authority": "云岭市生态环境局",
        "issued_on": "2026-04-01", "period_start": "2026-03-10", "period_end": "2026-03-12",
        "cause": "沙尘天气",
    }  # fmt: skip

    def sent(self, client: Any, **changed: str) -> Any:
        file = SimpleUploadedFile("letter.pdf", PDF, content_type="application/pdf")
        return client.post(page("add_exclusion"), {**self.facts, **changed, "document": file})

    def test_it_is_entered_and_a_value_rests_on_it(self, chen: Any, ledger: Any) -> None:
        assert self.sent(chen).status_code == 302
        letter = ExclusionLetter.objects.get()
        assert letter.number in chen.get(page("making")).content.decode()
        assert letter.number in chen.get(page("enter_value", "A1")).content.decode()
        data = {**FACTS, "exclusions": [letter.pk]}
        assert chen.post(page("enter_value", "A1"), data).status_code == 302
        assert list(Value.objects.get(indicator=ledger.air).exclusions.all()) == [letter]

    @pytest.mark.parametrize(
        ("field", "day"),
        [("period_end", "2026-03-01"), ("issued_on", "2999-01-01"), ("issued_on", "2026-02-30")],
    )
    def test_an_impossible_day_is_named(self, chen: Any, field: str, day: str) -> None:
        response = self.sent(chen, **{field: day})
        assert response.status_code == 422
        assert not ExclusionLetter.objects.exists()

    def test_without_letters_nobody_is_asked(self, chen: Any) -> None:
        assert "exclusions" not in chen.get(page("enter_value", "A1")).context["form"].fields


class TestThePlansHead:
    def test_it_is_changed_from_a_day_on(self, chen: Any, ledger: Any) -> None:
        form = chen.get(page("revise_plan")).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        data = {**typed, "valid_from": DAY, "document_number": "青川府〔2021〕9号", "reason": "补登文号"}
        assert chen.post(page("revise_plan"), data).status_code == 302
        held = PlanVersion.objects.current().get(subject=ledger.plan)
        assert (held.number, held.document_number, held.reason) == (2, "青川府〔2021〕9号", "补登文号")
        assert not chen.get(page("revise_plan")).context["form"]["reason"].value()

    def test_what_the_text_lacks_is_named_and_supplied(self, chen: Any, ledger: Any) -> None:
        chen.post(page("report_missing"), {"what": "附表2", "note": "正文提到，未附"})
        part = ledger.plan.missing_parts.get()
        assert "附表2" in chen.get(page("making")).content.decode()
        chen.post(page("supply_missing", part.pk))
        part.refresh_from_db()
        assert part.supplied_on is not None

    def test_a_conflict_is_settled_with_a_reason(self, chen: Any, cast: Any, ledger: Any, at: Any) -> None:
        facts = {"type": "数值", "rule": "两处不同", "description": "正文92，表93", "value": "92"}
        conflict = actions.add_conflict(plan=ledger.plan, code="X1", facts=facts, by=cast.chen, at=at)
        assert chen.post(page("settle_conflict", conflict.pk), {"settlement": ""}).status_code == 422
        chen.post(page("settle_conflict", conflict.pk), {"settlement": "以表为准"})
        assert KnownConflict.objects.get().settlement == "以表为准"
        assert "以表为准" in chen.get(page("making")).content.decode()


class TestLinkedIndicators:
    def test_they_are_exactly_those_ticked(self, chen: Any, ledger: Any) -> None:
        chen.post(page("link_indicators", "P1"), {"indicators": [ledger.air.pk, ledger.water.pk]})
        assert ProjectIndicator.objects.filter(project=ledger.plant).count() == 2
        without = chen.post(page("link_indicators", "P1"), {"indicators": [ledger.air.pk]})
        assert without.status_code == 422  # taking one back needs a reason
        chen.post(page("link_indicators", "P1"), {"indicators": [ledger.air.pk], "reason": "不相关"})
        assert ProjectIndicator.objects.get(project=ledger.plant).indicator == ledger.air


class TestADutyThatEnds:
    @pytest.mark.parametrize(("kind", "code"), [("indicator", "A2"), ("measure", "M1-1"), ("project", "P1")])
    def test_it_stays_for_the_days_before(self, chen: Any, cast: Any, kind: str, code: str) -> None:
        assert page("end_duty", kind, code) in chen.get(page(kind, code)).content.decode()
        form = chen.get(page("end_duty", kind, code)).context["form"]
        key = form.fields["duty"].choices[0][0]
        data = {"duty": key, "on": DAY, "reason": "职责调整"}
        assert chen.post(page("end_duty", kind, code), data).status_code == 302
        assert cast.water.name not in chen.get(page(kind, code) + f"?as_of={DAY}").content.decode()
        assert cast.water.name in chen.get(page(kind, code) + "?as_of=2026-11-19").content.decode()

    def test_there_is_no_such_door_for_other_kinds(self, chen: Any) -> None:
        assert chen.get(page("end_duty", "plan", "A2")).status_code == 404


class TestEnteringAConflict:
    facts = {
        "code": "C01", "type": "count_mismatch", "description": "正文说36项，表中39行", "value": "36",
        "other_value": "39", "rule": "项数应与行数相同", "certain": "on",
    }  # fmt: skip

    def test_it_is_entered_shown_and_settled(self, chen: Any) -> None:
        assert page("add_conflict") in chen.get(page("making")).content.decode()
        form = chen.get(page("add_conflict")).context["form"]
        assert form["code"].value() == "C01"
        assert chen.post(page("add_conflict"), self.facts).status_code == 302
        conflict = KnownConflict.objects.get()
        shown = chen.get(page("making")).content.decode()
        assert "正文说36项，表中39行" in shown
        assert "“36” ≠ “39”" in shown
        assert page("settle_conflict", conflict.pk) in shown
        chen.post(page("settle_conflict", conflict.pk), {"settlement": "以表为准"})
        conflict.refresh_from_db()
        assert conflict.settlement == "以表为准"
        assert chen.get(page("add_conflict")).context["form"]["code"].value() == "C02"

    @pytest.mark.parametrize("lacking", ["code", "type", "description", "value", "rule"])
    def test_what_is_needed_is_asked_for(self, chen: Any, lacking: str) -> None:
        assert chen.post(page("add_conflict"), {**self.facts, lacking: ""}).status_code == 422
        assert not KnownConflict.objects.exists()

    def test_a_code_is_used_once(self, chen: Any) -> None:
        chen.post(page("add_conflict"), self.facts)
        assert chen.post(page("add_conflict"), self.facts).status_code == 422

    def test_nobody_else_may(self, cast: Any, ledger: Any, client: Any) -> None:
        for person, answer in ((cast.lin, 403), (cast.wu, 403), (cast.zhou, 404)):
            client.force_login(person)
            assert client.post(page("add_conflict"), self.facts).status_code == answer
