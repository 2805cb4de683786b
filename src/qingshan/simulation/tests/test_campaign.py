"""The two-year campaign played to its end; every figure is compared with those worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import override_settings

from qingshan.accounts.models import User
from qingshan.assessment import public as assessment
from qingshan.assessment.models import Evaluation
from qingshan.dispatch import public as dispatch
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans
from qingshan.plans.models import Indicator, Measure, Plan, Project
from qingshan.simulation.public import load_county
from qingshan.simulation.tests.conftest import AT, taken_back
from qingshan.succession.public import carried_from
from qingshan.tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("campaign")]

BY_HAND = yaml.safe_load(Path(__file__).with_name("campaign_by_hand.yaml").read_text(encoding="utf-8"))
END = date(2027, 6, 30)
KINDS: dict[str, Any] = {"indicator": Indicator, "measure": Measure, "project": Project}


@pytest.fixture(scope="module")
def campaign(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    documents = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=documents), taken_back():
        load_county(at=AT, until=END)
        yield Plan.objects.get(code="qingluan-campaign-2025")


@pytest.fixture
def chen(campaign: Any) -> User:
    return User.objects.get(username="chen")


def _rounds(campaign: Any, user: User) -> dict[str, Any]:
    own = [one for one in dispatch.rounds_for(user=user) if one.plan_id == campaign.pk]
    return {f"{one.starts_on.year}-Q{one.starts_on.month // 3 + 1}": one for one in own}


def _percent(campaign: Any, code: str, on: date) -> int | None:
    work = Project if "-P" in code else Measure
    return work.objects.get(plan=campaign, code=code).versions.on(on).get().percent


class TestRounds:
    @pytest.mark.parametrize("quarter", BY_HAND["rounds"])
    def test_departments_were_on_time_late_or_silent_as_told(
        self, campaign: Any, chen: User, quarter: str
    ) -> None:
        figures = dispatch.figures_of(_rounds(campaign, chen)[quarter], END)
        states = Counter(one.state for one in figures.departments)
        assert {state: states[state] for state in ("on_time", "late", "silent")} == BY_HAND["rounds"][quarter]

    @pytest.mark.parametrize("quarter", BY_HAND["rounds"])
    def test_as_many_rows_came_back_as_told(self, campaign: Any, chen: User, quarter: str) -> None:
        figures = dispatch.figures_of(_rounds(campaign, chen)[quarter], END)
        assert sum(one.sent_back for one in figures.departments) == BY_HAND["sent_back"].get(quarter, 0)

    @pytest.mark.parametrize("year", BY_HAND["conduct"])
    def test_what_counts_in_the_assessment_is_what_was_counted_by_hand(
        self, campaign: Any, year: int
    ) -> None:
        found = {
            (one.kind.value, one.name, one.count) for one in dispatch.conduct_of(plan=campaign, year=year)
        }
        assert found == {tuple(row) for row in BY_HAND["conduct"][year]}

    @pytest.mark.parametrize("code", BY_HAND["ledger"])
    def test_what_was_accepted_stands_in_the_ledger(self, campaign: Any, code: str) -> None:
        assert _percent(campaign, code, END) == BY_HAND["ledger"][code]

    def test_a_false_report_was_put_right_in_the_ledger(self, campaign: Any) -> None:
        told = BY_HAND["false_report"]
        assert _percent(campaign, told["code"], date(2026, 4, 10)) == told["said"]
        assert _percent(campaign, told["code"], told["ledger_on"]) == told["found"]


class TestTasks:
    def test_they_ended_as_told(self, campaign: Any) -> None:
        states = Counter(Task.objects.filter(district=campaign.district).values_list("state", flat=True))
        assert states == {state: BY_HAND["tasks"][state] for state in ("closed", "under_way")}

    def test_one_was_opened_again_with_its_history(self, campaign: Any) -> None:
        code = BY_HAND["tasks"]["reopened_once"]
        again = Task.objects.filter(moves__move="reopen")
        measure = Measure.objects.get(plan=campaign, code=code)
        assert [one.source_ref for one in again] == [str(measure.ref)]
        moves = list(again.get().moves.order_by("pk").values_list("move", flat=True))
        assert moves == [
            "assign", "accept", "submit", "send_back", "submit", "close", "reopen", "submit", "close",
        ]  # fmt: skip


class TestEvaluations:
    @pytest.fixture
    def held(self, campaign: Any) -> dict[str, Evaluation]:
        return {one.purpose: one for one in Evaluation.objects.filter(plan=campaign)}

    @pytest.mark.parametrize("purpose", ["mid_term", "final"])
    def test_the_score_is_the_one_worked_out_by_hand(self, held: dict[str, Evaluation], purpose: str) -> None:
        versions = list(held[purpose].versions.order_by("number").values_list("total", "grade"))
        wanted = [BY_HAND[purpose][name] for name in ("first", "after_appeal") if name in BY_HAND[purpose]]
        assert versions == [(one["total"], one["grade"]) for one in wanted]

    @pytest.mark.parametrize("purpose", ["mid_term", "final"])
    def test_each_indicator_ended_as_worked_out_by_hand(
        self, campaign: Any, held: dict[str, Evaluation], purpose: str
    ) -> None:
        made = held[purpose]
        rows = plans.assessed_rows(plan=campaign, year=made.year, on=made.on).indicators
        assert {row.code: row.status for row in rows} == BY_HAND[purpose]["completion"]

    def test_only_the_upheld_appeal_changed_the_score(self, held: dict[str, Evaluation]) -> None:
        appeals = held["mid_term"].appeals.order_by("pk").values_list("code", "state")
        assert list(appeals) == [("QX-I05", "upheld"), ("QX-M02.02.02", "rejected")]

    def test_the_recommended_target_went_to_the_ledger_and_was_sent_back(
        self, campaign: Any, held: dict[str, Evaluation]
    ) -> None:
        (recommended,) = held["mid_term"].recommendations.all()
        assert recommended.proposal
        target = campaign.indicators.get(code="QX-I03").targets.get(year=2026)
        assert target.versions.count() == 1
        (proposal,) = target.adjustments.all()
        assert (proposal.state, proposal.review_note) == ("sent_back", "目标不降，按原目标推进")


class TestSuccession:
    @pytest.fixture
    def following(self, campaign: Any) -> Any:
        return Plan.objects.get(code=BY_HAND["next_plan"]["code"])

    @pytest.fixture
    def carried(self, campaign: Any, chen: User) -> dict[str, Any]:
        """Code of a record of the old plan -> the record of the next plan that it became."""
        codes = {
            str(one.ref): one.code
            for kind in (campaign.indicators, campaign.measures, campaign.projects)
            for one in kind.all()
        }
        links = carried_from(plan=campaign, user=chen, on=END)
        return {
            codes[link.carried.origin]: KINDS[Ref.read(link.carried.result).kind].objects.get(
                pk=Ref.read(link.carried.result).key
            )
            for link in links
            if link.carried.origin in codes
        }

    def test_the_next_plan_begins_with_the_last_values(self, carried: dict[str, Any]) -> None:
        held = {
            code: one.versions.on(END).get().baseline.value
            for code, one in carried.items()
            if code.startswith("QX-I")
        }
        assert held == {code: Decimal(told) for code, told in BY_HAND["next_plan"]["baselines"].items()}

    def test_only_unfinished_work_goes_on_in_it(self, carried: dict[str, Any]) -> None:
        work = {code for code in carried if code.count(".") == 2 or code.startswith("QX-P")}
        assert work == {*BY_HAND["next_plan"]["measures"], *BY_HAND["next_plan"]["projects"]}

    def test_the_old_plan_is_over_and_the_new_one_is_drafted(self, campaign: Any, following: Any) -> None:
        states = [one.versions.current().get().state for one in (campaign, following)]
        assert states == ["closed", "drafting"]

    def test_the_final_evaluation_and_the_draft_went_on_side_by_side(self, campaign: Any) -> None:
        final = assessment.latest_evaluation(plan=campaign, purpose=assessment.Purpose.FINAL, on=END)
        assert final is not None
        assert final.published_on == date(2027, 2, 22)
